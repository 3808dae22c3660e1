package gen_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

// manyJobs is a package of jobs whose methods take events of so many types by turns.
func manyJobs(jobs, types int) *model.Package {
	p := dispatcherModel()
	r := p.Receivers[0]
	r.Jobs = nil
	for i := range jobs {
		event := &model.Type{Path: model.RuntimePath, Name: "Event", Args: []*model.Type{{Path: p.Path, Name: fmt.Sprintf("Detail%d", i%types)}}}
		job := &model.Job{Receiver: r, Method: fmt.Sprintf("Run%d", i), Signature: model.Signature{Pointer: true, Context: true, Event: event, Kind: model.TypedEvent}}
		job.Rules = []*model.Rule{{ID: "Job" + job.Method, Job: job, Pattern: sourcePattern(fmt.Sprint("my.app", i))}}
		r.Jobs = append(r.Jobs, job)
	}
	return p
}

// TestNoFunctionDecodesManyEvents: each place where an event is decoded needs stack for
// it, and so does each call of a method that is taken inline. So one function must not
// have many of them.
func TestNoFunctionDecodesManyEvents(t *testing.T) {
	const most = 8
	for _, test := range []struct{ jobs, types int }{{1, 1}, {8, 8}, {9, 1}, {300, 3}, {1000, 1}} {
		src, _ := dispatcher(t, manyJobs(test.jobs, test.types))
		for _, f := range strings.Split(src, "\nfunc ")[1:] {
			direct := strings.Count(f, "j.Job.Run")
			if places := strings.Count(f, "dispatch.Begin("); places > most || direct > most {
				t.Errorf("%+v: a function has %d places, and calls %d methods:\n%s", test, places, direct, f)
			}
		}
		for i := range test.jobs {
			if n := strings.Count(src, fmt.Sprintf("j.Job.Run%d(", i)); n != 1 {
				t.Errorf("%+v: Run%d is called in %d places", test, i, n)
			}
		}
	}
}

// TestAValueMoreChangesTwoLines: a change of one pattern is a small change of the
// generated file.
func TestAValueMoreChangesTwoLines(t *testing.T) {
	for _, jobs := range []int{1, 8, 100} {
		p := manyJobs(jobs, 3)
		before, _ := dispatcher(t, p)
		source := p.Receivers[0].Jobs[jobs/2].Rules[0].Pattern.Fields[0].Value
		source.List = append(source.List, model.StringValue("my.other"))
		after, _ := dispatcher(t, p)
		was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
		if len(was) != len(is) {
			t.Fatalf("%d jobs: %d lines become %d", jobs, len(was), len(is))
		}
		changed := 0
		for i := range was {
			if was[i] != is[i] {
				changed++
			}
		}
		if changed < 1 || changed > 2 {
			t.Errorf("%d jobs: %d lines change", jobs, changed)
		}
	}
}

// TestGeneratedCodeIsShort: what a reviewer reads of the first example is little.
func TestGeneratedCodeIsShort(t *testing.T) {
	for _, p := range examples(t, model.PerMethod) {
		if src, err := gen.Dispatcher(p); err != nil || p.Name == "security" && bytes.Count(src, []byte("\n")) >= 100 {
			t.Errorf("%s has %d lines (%v)", p.Name, bytes.Count(src, []byte("\n")), err)
		}
	}
}
