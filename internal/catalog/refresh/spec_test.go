package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// specJSON is a small database in the npm package's form.
const specJSON = `{"schema": {
	"event": {"entities": [
		{"source": "aws.b", "detailType": "Second", "rootProperty": {"$ref": "2"}},
		{"source": "aws.a", "detailType": "First", "rootProperty": {"$ref": "1"}},
		{"source": "aws.b", "detailType": "Second", "rootProperty": {"$ref": "2"}}
	]},
	"eventTypeDefinition": {"entities": [
		{"$id": "1", "name": "First", "properties": {
			"items": {"type": {"type": "array", "element": {"type": "ref", "reference": {"$ref": "2"}}}, "required": true},
			"labels": {"type": {"type": "map", "element": {"type": "string"}}},
			"either": {"type": {"type": "union", "types": [{"type": "string"}, {"type": "ref", "reference": {"$ref": "2"}}]}},
			"hosts": {"type": {"type": "ref", "reference": {"$ref": "3"}}},
			"raw": {"type": {"type": "json"}}
		}},
		{"$id": "2", "name": "Second", "properties": {
			"count": {"type": {"type": "integer"}},
			"self": {"type": {"type": "ref", "reference": {"$ref": "2"}}}
		}},
		{"$id": "3", "name": "Hosts", "properties": {
			"192.0.2.1": {"type": {"type": "number"}},
			"2017-01-10T22:48:06": {"type": {"type": "number"}},
			"total": {"type": {"type": "number"}}
		}}
	]}
}}`

const wantSpec = `aws.a
	First
		either object|string
		hosts object
			total number
			...
		items []object
			count integer
			self object
		labels {string}
		raw any
aws.b
	Second
		count integer
		self object
`

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	packed, err := compress(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(packed)
}

func TestParseSpec(t *testing.T) {
	sources, err := parseSpec(gzipped(t, specJSON))
	if err != nil {
		t.Fatal(err)
	}
	if got := schema.Format(sources); got != wantSpec {
		t.Errorf("got\n%s\nwant\n%s", got, wantSpec)
	}
}

func TestParseSpecErrors(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"a type that is missing", `"$ref": "3"`, `"$ref": "9"`, `First.hosts: no type has the id "9"`},
		{"a kind of type that is new", `"type": "integer"`, `"type": "tuple"`, `unknown type "tuple"`},
		{"an array of nothing", `"array", "element": {"type": "ref", "reference": {"$ref": "2"}}`, `"array"`, `array without an element`},
		{"an event twice, with other fields", `"detailType": "First", "rootProperty": {"$ref": "1"}`,
			`"detailType": "First", "rootProperty": {"$ref": "1"}}, {"source": "aws.a", "detailType": "First", "rootProperty": {"$ref": "2"}`,
			`event aws.a "First" is there twice, with different fields`},
		{"no JSON", `{"schema"`, `{"schema`, ""}, // the text is of encoding/json
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(specJSON, tt.old, tt.new, 1)
			if text == specJSON {
				t.Fatal("the fault isn't planted")
			}
			if _, err := parseSpec(gzipped(t, text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v; want %s", err, tt.want)
			}
		})
	}
	if _, err := parseSpec([]byte("no gzip")); err == nil {
		t.Error("what isn't gzip is refused")
	}
}

func TestSpecBytesRefusesAnotherVersion(t *testing.T) {
	file := filepath.Join(t.TempDir(), "spec.tgz")
	write := func(name string) {
		var b bytes.Buffer
		zipped := gzip.NewWriter(&b)
		archive := tar.NewWriter(zipped)
		if err := archive.WriteHeader(&tar.Header{Name: name, Size: 4, Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		archive.Write([]byte("data"))
		archive.Close()
		zipped.Close()
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(specFile)
	if _, err := specBytes(file, ""); err == nil || !strings.Contains(err.Error(), "not that of the pinned version "+specVersion) {
		t.Errorf("err = %v; another content must be refused, with the pinned version named", err)
	}
	write("package/other")
	if _, err := specBytes(file, ""); err == nil || !strings.Contains(err.Error(), "the archive has no "+specFile) {
		t.Errorf("err = %v; an archive without the database must be refused", err)
	}
}
