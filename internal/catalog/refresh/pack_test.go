package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// TestPackedDataIsCurrent fails where a text was edited and not packed.
func TestPackedDataIsCurrent(t *testing.T) {
	dir := dataDir("../data")
	texts, err := dir.join()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range texts {
		packed, err := dir.read(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := gzip.NewReader(strings.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is not what its texts give; run: go run ./refresh -pack", name)
		}
	}
}

// TestPinnedCounts holds the committed texts to what is known of the pinned
// sources: a change here is a change of pins.go.
func TestPinnedCounts(t *testing.T) {
	sources, err := dataDir("../data").parse(specText)
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for _, s := range sources {
		pairs += len(s.Events)
	}
	if len(sources) != 87 || pairs != 378 {
		t.Errorf("%d sources with %d events; %s %s has 87 with 378", len(sources), pairs, specPackage, specVersion)
	}
	calls := parseCalls(string(contents(t, "../data", callsText)))
	names := 0
	for _, c := range calls {
		names += len(c)
	}
	if len(calls) != 362 || names != 17_970 {
		t.Errorf("%d event sources with %d calls; botocore %s has 362 with 17,970", len(calls), names, botocoreVersion)
	}
}

// TestRefreshIsDeterministic runs the whole refresh twice, from the sources that
// the environment names, and compares with each other and with the project's.
func TestRefreshIsDeterministic(t *testing.T) {
	spec, botocore, iam := os.Getenv("CATALOG_SPEC"), os.Getenv("CATALOG_BOTOCORE"), os.Getenv("CATALOG_IAM")
	if spec == "" || botocore == "" || iam == "" {
		t.Skip("CATALOG_SPEC and CATALOG_IAM don't name the .tgz files of the pinned npm packages, or CATALOG_BOTOCORE the pinned botocore, so the refresh isn't run.")
	}
	first, second := refreshed(t, spec, botocore, iam), refreshed(t, spec, botocore, iam)
	for _, name := range []string{specText, callsText, enumsText, actionsText, eventsPacked, callsPacked, actionsPacked} {
		a, b := contents(t, first, name), contents(t, second, name)
		if !bytes.Equal(a, b) {
			t.Errorf("two runs give different %s", name)
		}
		if filepath.Ext(name) == ".txt" && !bytes.Equal(a, contents(t, "../data", name)) {
			t.Errorf("%s differs from the project's; run: go generate ./internal/catalog", name)
		}
	}
}

func refreshed(t *testing.T, spec, botocore, iam string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{eventsOverlay, callsOverlay, samplesText, valuesText} {
		if err := os.WriteFile(filepath.Join(dir, name), contents(t, "../data", name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stderr strings.Builder
	if code := run([]string{"-spec", spec, "-botocore", botocore, "-iam", iam, "-data", dir}, &stderr); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	return dir
}

func contents(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRunTellsFaults(t *testing.T) {
	var stderr strings.Builder
	if code := run([]string{"-nothing"}, &stderr); code != 2 || !strings.Contains(stderr.String(), "-nothing") {
		t.Errorf("a flag that isn't known: exit %d, %s", code, stderr.String())
	}
	stderr.Reset()
	if code := run([]string{"-pack", "-data", t.TempDir()}, &stderr); code != 1 || !strings.Contains(stderr.String(), callsText) {
		t.Errorf("a directory without data: exit %d, %s", code, stderr.String())
	}
	stderr.Reset()
	if code := run([]string{"-spec", "missing.tgz"}, &stderr); code != 1 || !strings.Contains(stderr.String(), specPackage) {
		t.Errorf("a file that is missing: exit %d, %s", code, stderr.String())
	}
}

func TestMergeSources(t *testing.T) {
	base := `aws.a
	AWS API Call via CloudTrail
		eventName string
	Known
		list []object
			x string
		nested object
			kept string
		state string
		wrong object
			inner string
`
	overlay := `aws.a
	Known
		list []object
			y string
		nested object
			added boolean
			...
		state string = off on
		wrong []object
			inner string
	New
aws.new
	Event
`
	want := `aws.a cloudtrail
	AWS API Call via CloudTrail
	Known
		list ![]!object
			x string
			y !string
		nested !object
			added !boolean
			kept string
			...
		state !string = off on
		wrong ![]!object
			inner !string
	New
aws.new
	Event
aws.z cloudtrail
`
	merged := merge(parsed(t, base), allSure(parsed(t, overlay)), mergeField)
	dropRecords(merged)
	merged = addCloudTrailSources(merged, parseCalls("z.amazonaws.com\n\tCall\na.amazonaws.com\n"))
	if got := schema.Format(merged); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func parsed(t *testing.T, text string) []*schema.Source {
	t.Helper()
	sources, err := schema.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

func TestApplyCallsOverlay(t *testing.T) {
	const page = "# https://docs.aws.amazon.com/x.html 2026-01-31\n"
	base := "lambda.amazonaws.com\n\tCreateFunction\n\tInvoke\n"
	tests := []struct{ name, overlay, want, err string }{
		{"a recorded name takes the API's place", page + "lambda.amazonaws.com\n\tCreateFunction20150331<CreateFunction\n",
			"lambda.amazonaws.com\n\tCreateFunction20150331<CreateFunction\n\tInvoke\n", ""},
		{"a new event source", page + "signin.amazonaws.com\n\tConsoleLogin\n", base + "signin.amazonaws.com\n\tConsoleLogin\n", ""},
		{"an event source by name alone", page + "a.amazonaws.com\n", "a.amazonaws.com\n" + base, ""},
		{"an API call that there isn't", page + "lambda.amazonaws.com\n\tX20150331<X\n", "", "has no call X that X20150331 could stand for"},
		{"what is known already", page + "lambda.amazonaws.com\n\tInvoke\n", "", "has the call Invoke without the overlay"},
		{"no page", "lambda.amazonaws.com\n\tNew\n", "", `must start with its page and the day`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := parseCalls(base)
			err := applyCallsOverlay(table, tt.overlay)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("err = %v; want %s", err, tt.err)
				}
				return
			}
			if got := table.format(); err != nil || got != tt.want {
				t.Errorf("got\n%s, %v\nwant\n%s", got, err, tt.want)
			}
		})
	}
}

func TestCheckProvenance(t *testing.T) {
	const page = "# https://docs.aws.amazon.com/x.html 2026-01-31\n"
	tests := []struct {
		name, overlay string
		ok            bool
	}{
		{"nothing", "", true},
		{"comments alone", "# about\n# this file\n", true},
		{"a page for each paragraph", "# about\n\n" + page + "aws.a\n\tE\n\n" + page + "# more\naws.b\n", true},
		{"a page that was not read", "# https://docs.aws.amazon.com/x.html unopened\naws.a\n", true},
		{"models that were not read", "# botocore unopened\naws.a\n", false},
		{"no day", "# https://docs.aws.amazon.com/x.html\naws.a\n", false},
		{"no page above the second", page + "aws.a\n\naws.b\n", false},
		{"a page below", "aws.a\n" + page, false},
	}
	for _, tt := range tests {
		if err := checkProvenance(tt.overlay); (err == nil) != tt.ok {
			t.Errorf("%s: err = %v", tt.name, err)
		}
	}
}

func TestJoinSamples(t *testing.T) {
	base := `aws.a
	Known
		both []object
			x string
		count integer
		list []string
		open object
			a string
			...
		score decimal
		tags {string}
		text string
`
	samples := `aws.a
	Known
		both object
			y string
		count number
		list []string
		new object
			inner string
		open object?
			b string
		score number
		tags object
			some-key string
		text number?
	New
		state string
`
	want := `aws.a
	Known
		both object|array
			x string
			y string
		count !integer
		list ![]!string
		new object
			inner string
			...
		open !object?
			a string
			b string
			...
		score !decimal
		tags !{string}
		text string|number?
	New
		state string
		...
`
	merged := merge(parsed(t, base), openAll(parsed(t, samples)), joinSample)
	if got := schema.Format(merged); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAddValues(t *testing.T) {
	base := `aws.a
	Known
		id string
		list []object
			state string
		state number
`
	values := `aws.a
	Known
		list []object
			state string = @svc.State extra
		new object
			type string ~ b a
		state string = x
`
	want := `aws.a
	Known
		id string
		list []object
			state !string = extra off on
		new object
			type string ~ a b
			...
		state string|number = x
`
	from := parsed(t, values)
	if got := references(from); len(got) != 1 || got[0] != "svc.State" {
		t.Errorf("references = %q", got)
	}
	if err := (enumTable{"svc.Other": {"a"}}).resolve(from); err == nil || !strings.Contains(err.Error(), "refer to @svc.State; there is no such enum") {
		t.Errorf("err = %v", err)
	}
	enums, err := parseEnums(enumTable{"svc.State": {"on", "off"}}.format())
	if err != nil {
		t.Fatal(err)
	}
	if err := enums.resolve(from); err != nil {
		t.Fatal(err)
	}
	if got := schema.Format(merge(parsed(t, base), openAll(from), addValues)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
