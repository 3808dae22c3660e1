package gen

import (
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// TestPlaceholdersAreNoText checks that no text of the user's is read as a placeholder.
func TestPlaceholdersAreNoText(t *testing.T) {
	for description, want := range map[string]string{
		"nothing":                      "${Stage}",
		"${Other}, $Stage, ${Stages}":  "${Stage}",
		"of the stage ${Stage}":        "${Stage_}",
		"${${Stage}} and ${Stage_} ${": "${Stage__}",
	} {
		rule := &model.Rule{
			ID: "R", Description: description, Pos: model.Pos{File: "a.go", Line: 1, Column: 1},
			Pattern: object(field("source", list(paramValue("$Stage", "-shop")))),
		}
		s, err := newStack(newPackage("shop", model.PerMethod, &model.Receiver{Type: "Shop", Jobs: []*model.Job{job("Run", model.Function{}, rule)}}))
		if err != nil {
			t.Fatal(err)
		}
		d, err := newDocument(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Parameters[0].Placeholder; got != want {
			t.Errorf("%q: the parameter's placeholder is %s, want %s", description, got, want)
		}
	}
}
