package catalog

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// TestIAMIsWhatItsTextSays compares what the packed form gives with the text that a
// refresh writes: every action of every service, with the resources that it takes.
func TestIAMIsWhatItsTextSays(t *testing.T) {
	text, err := os.ReadFile("data/actions.txt")
	if err != nil {
		t.Fatal(err)
	}
	services := schema.Split(string(text), 0)
	if len(services) != 456 || len(IAMPrefixes()) != len(services) {
		t.Errorf("%d services in the text, %d in the packed form; the pinned package has 456", len(services), len(IAMPrefixes()))
	}
	total := 0
	for _, block := range services {
		s, ok := LookupIAM(block.Head)
		if !ok {
			t.Errorf("%s is missing", block.Head)
			continue
		}
		actions := 0
		for _, line := range schema.Split(block.Body, 1) {
			if name, arn, ok := strings.Cut(line.Head, " = "); ok {
				checkResource(t, s, name, arn)
				continue
			}
			actions++
			name, types, _ := strings.Cut(line.Head, ": ")
			a, ok := s.Action(name)
			if got := typeNames(a); !ok || a.Name != name || got != types {
				t.Errorf("%s:%s: %t, %s with %q; want %q", s.Prefix, name, ok, a.Name, got, types)
			}
		}
		if len(s.Actions) != actions {
			t.Errorf("%s has %d actions; the text has %d", s.Prefix, len(s.Actions), actions)
		}
		total += actions
	}
	if total != 22_091 {
		t.Errorf("%d actions; the pinned package has 22,091", total)
	}
}

// checkResource compares a type of resources with the form of its ARN in the text.
func checkResource(t *testing.T, s *IAMService, name, text string) {
	t.Helper()
	want := strings.ReplaceAll(text, "arn:${Partition}:", "")
	want = regexp.MustCompile(`\$\{[^}]*\}`).ReplaceAllString(want, "*")
	for _, r := range s.Resources {
		if r.Name == name {
			if got := strings.ReplaceAll(strings.Join(r.ARNs, ", "), "~", "*"); got != want {
				t.Errorf("%s's %s is %s; the text has %s", s.Prefix, name, got, text)
			}
			return
		}
	}
	t.Errorf("%s has no resource %s", s.Prefix, name)
}

func typeNames(a IAMAction) string {
	var names []string
	for _, r := range a.Resources {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

func TestLookupIAM(t *testing.T) {
	s3, ok := LookupIAM("S3")
	if !ok {
		t.Fatal("the prefix S3 is unknown")
	}
	a, ok := s3.Action("getOBJECT")
	if !ok || a.Name != "GetObject" {
		t.Fatalf("getOBJECT is %q, %t", a.Name, ok)
	}
	if got, want := fmt.Sprint(a.Resources), "[{accesspointobject [s3:*:*:accesspoint/*/object/*]} {object [s3:::~/*]}]"; got != want {
		t.Errorf("s3:GetObject takes %s, want %s", got, want)
	}
	if a, ok := s3.Action("ListAllMyBuckets"); !ok || len(a.Resources) != 0 {
		t.Errorf("s3:ListAllMyBuckets takes %v, %t", a.Resources, ok)
	}
	for _, name := range []string{"", "GetObjects", "HeadObject"} {
		if a, ok := s3.Action(name); ok {
			t.Errorf("%q is known as %s", name, a.Name)
		}
	}
	if _, ok := LookupIAM("s4"); ok {
		t.Error("the prefix s4 is known")
	}
	if got := IAMDate(); got != "2026-09-26" {
		t.Errorf("the day is %q", got)
	}
}
