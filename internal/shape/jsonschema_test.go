package shape

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadSchema(t *testing.T) {
	tests := []struct {
		name, schema string
		path         string // from the event
		kind         Kind
		sure         Sureness
		values       string
	}{
		{"a detail alone", `{"type":"object","properties":{"total":{"type":"number"}}}`, "detail.total", Number, Has, ""},
		{"a whole event", `{"properties":{"detail":{"properties":{"a":{"type":"string"}}}}}`, "detail.a", String, Has, ""},
		{"a field it lacks", `{"properties":{"a":{"type":"string"}}}`, "detail.b", 0, Lacks, ""},
		{"additional properties", `{"properties":{"a":{}},"additionalProperties":true}`, "detail.b", Any, Open, ""},
		{"additional properties of a kind", `{"properties":{"m":{"type":"object","additionalProperties":{"type":"integer"}}}}`, "detail.m.x", Number, Open, ""},
		{"an object of which nothing is said", `{"properties":{"m":{"type":"object"}}}`, "detail.m.x", Any, Open, ""},
		{"a schema that is true", `{"properties":{"a":true}}`, "detail.a.b", Any, Open, ""},
		{"several types", `{"properties":{"a":{"type":["string","null","boolean"]}}}`, "detail.a", String | Boolean, Has, ""},
		{"an enum", `{"properties":{"a":{"type":"string","enum":["x","y",null]}}}`, "detail.a", String, Has, "x y"},
		{"a constant", `{"properties":{"a":{"const":"x"}}}`, "detail.a", Any, Has, "x"},
		{"an array", `{"properties":{"a":{"type":"array","items":{"properties":{"b":{"type":"boolean"}}}}}}`, "detail.a.b", Boolean, Has, ""},
		{"an array of tuples", `{"properties":{"a":{"type":"array","items":[{"type":"string"}]}}}`, "detail.a.b", Any, Open, ""},
		{"definitions", `{"properties":{"a":{"$ref":"#/definitions/A"}},"definitions":{"A":{"type":"string"}}}`, "detail.a", String, Has, ""},
		{"$defs", `{"$ref":"#/$defs/A","$defs":{"A":{"properties":{"b":{"type":"string"}}}}}`, "detail.b", String, Has, ""},
		{"a name that is escaped", `{"properties":{"a":{"$ref":"#/definitions/A~1B%20C"}},"definitions":{"A/B C":{"type":"string"}}}`, "detail.a", String, Has, ""},
		{"a schema that holds itself", `{"$ref":"#/definitions/N","definitions":{"N":{"properties":{"next":{"$ref":"#/definitions/N"},"v":{"type":"number"}}}}}`, "detail.next.next.v", Number, Has, ""},
		{"all of", `{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"number"}}}]}`, "detail.b", Number, Has, ""},
		{"one of", `{"properties":{"a":{"oneOf":[{"properties":{"x":{"type":"string"}}},{"properties":{"x":{"type":"number"},"y":{}}}]}}}`, "detail.a.x", String | Number, Has, ""},
		{"closed in one and open in the other", `{"properties":{"a":{"anyOf":[{"type":"string","enum":["x"]},{"type":"string"}]}}}`, "detail.a", String, Has, ""},
		{"closed in both", `{"properties":{"a":{"anyOf":[{"enum":["x"],"type":"string"},{"enum":["y"],"type":"string"}]}}}`, "detail.a", String, Has, "x y"},
		{"OpenAPI of the registry", `{"openapi":"3.0.0","components":{"schemas":{"AWSEvent":{"type":"object","properties":{"detail":{"$ref":"#/components/schemas/Order"}}},"Order":{"type":"object","properties":{"id":{"type":"string"}}}}}}`, "detail.id", String, Has, ""},
		{"OpenAPI with one schema", `{"components":{"schemas":{"Order":{"properties":{"id":{"type":"string"}}}}}}`, "detail.id", String, Has, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			schema, err := ReadSchema([]byte(tt.schema))
			if err != nil {
				t.Fatal(err)
			}
			s := schema.Event
			var sure Sureness
			for key := range strings.SplitSeq(tt.path, ".") {
				s, sure = s.Find(key)
			}
			if sure != tt.sure {
				t.Fatalf("%s: sureness %d, want %d", tt.path, sure, tt.sure)
			}
			if tt.sure != Lacks && (s.Kind != tt.kind || strings.Join(s.Values, " ") != tt.values) {
				t.Errorf("%s is %s of %q, want %s of %q", tt.path, s.Kind, s.Values, tt.kind, tt.values)
			}
		})
	}
}

func TestReadSchemaNames(t *testing.T) {
	tests := map[string]string{
		`{"properties":{"a":{}}}`: "[] []",
		`{"x-amazon-events-source":"my.shop","x-amazon-events-detail-type":"Order","properties":{"detail":{"type":"object"}}}`:               "[my.shop] [Order]",
		`{"components":{"schemas":{"AWSEvent":{"x-amazon-events-source":"my.shop","properties":{"detail":{"type":"object"}}},"B":{}}}}`:      "[my.shop] []",
		`{"properties":{"detail":{"type":"object"},"source":{"const":"my.shop"},"detail-type":{"type":"string","enum":["Order","Refund"]}}}`: "[my.shop] [Order Refund]",
		// A detail's own fields are no envelope's.
		`{"properties":{"source":{"const":"web"},"detail-type":{"const":"x"}}}`: "[] []",
	}
	for schema, want := range tests {
		s, err := ReadSchema([]byte(schema))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(s.Sources, " ", s.DetailTypes); got != want {
			t.Errorf("%s names %s, want %s", schema, got, want)
		}
	}
}

func TestReadSchemaRefuses(t *testing.T) {
	tests := map[string]string{
		`[]`:                                  "not a JSON Schema",
		`{"properties":{"a":{"type":7}}}`:     "not a JSON Schema",
		`{}`:                                  "describes no event",
		`{"properties":{"a":{"$ref":"#/x"}}}`: `refers to "#/x", which is not in the document`,
		`{"$ref":"#/definitions/A","definitions":{"A":{"$ref":"#/definitions/A"}}}`: "leads back to itself",
		`{"components":{"schemas":{"A":{},"B":{}}}}`:                                "has no AWSEvent",
	}
	for schema, want := range tests {
		if _, err := ReadSchema([]byte(schema)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q in it", schema, err, want)
		}
	}
}

// FuzzReadSchema checks that ReadSchema, and a walk through its result, end for all
// documents.
func FuzzReadSchema(f *testing.F) {
	f.Add(`{"$ref":"#/definitions/N","definitions":{"N":{"oneOf":[{"$ref":"#/definitions/N"},{"type":"array","items":{"$ref":"#/definitions/N"}}]}}}`)
	f.Add(`{"allOf":[{"$ref":"#/definitions/A"},{"properties":{"a":true}}],"definitions":{"A":{"anyOf":[{"enum":["x"]}]}}}`)
	f.Fuzz(func(t *testing.T, schema string) {
		read, err := ReadSchema([]byte(schema))
		if err != nil {
			return
		}
		s := read.Event
		for range 50 {
			if s == nil {
				return
			}
			s = Either(s, s.Item()).Element()
			names := s.Names()
			if len(names) == 0 {
				return
			}
			s = s.Lookup(names[0])
		}
	})
}
