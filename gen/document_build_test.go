package gen

import (
	"strings"
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

// TestPlaceholdersOfPlace checks that a parameter keeps its name in its placeholder if the
// account, Region or partition of a schedule has the same name.
func TestPlaceholdersOfPlace(t *testing.T) {
	run := job("Run", model.Function{},
		&model.Rule{ID: "Where", Pattern: object(
			field("account", list(paramValue("$AccountId"))),
			field("region", list(paramValue("$Region"))),
			field("source", list(paramValue("$Region_"))),
		), Description: "${Partition}"},
		&model.Rule{ID: "Daily", Schedule: model.Literal("rate(1 day)"), Scheduler: &model.Scheduler{}})
	s, err := newStack(newPackage("shop", model.PerMethod, &model.Receiver{Type: "Shop", Jobs: []*model.Job{run}}))
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDocument(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Parameters {
		if want := "${" + p.Name + "}"; p.Placeholder != want {
			t.Errorf("the placeholder of %s is %s, want %s", p.Name, p.Placeholder, want)
		}
	}
	if want := (DocumentPlace{Account: "${AccountId_}", Region: "${Region__}", Partition: "${Partition_}"}); *d.Place != want {
		t.Errorf("the place has the placeholders %v, want %v", *d.Place, want)
	}
	for _, text := range []string{string(d.Functions[0].SchedulerRole.AssumeRolePolicy.Statement[0].Condition), d.Schedules[0].CreateSchedule.Target.Input} {
		if strings.Contains(text, "${AccountId}") || strings.Contains(text, "${Region}") {
			t.Errorf("a text for the stack's own place has the placeholder of a parameter: %s", text)
		}
	}
}
