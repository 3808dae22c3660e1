package localbus

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// firings returns the times of the events of a handler.
func firings(t *testing.T, f *functions, handler string) []string {
	t.Helper()
	var all []string
	for _, payload := range f.handled(handler) {
		var e struct{ Time, Source string }
		if err := json.Unmarshal([]byte(payload), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimPrefix(e.Time, "2000-01-"))
	}
	return all
}

// TestSchedules runs schedules for two days. The fake clock begins on 1 January 2000.
func TestSchedules(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		berlin := scheduled("Berlin", "cron(0 6 * * ? *)")
		berlin.Scheduler = &model.Scheduler{Timezone: model.Literal("Europe/Berlin"), End: time.Date(2000, 1, 2, 12, 0, 0, 0, time.UTC), Window: time.Hour}
		later := scheduled("Later", "rate(12 hours)")
		later.Scheduler = &model.Scheduler{Start: time.Date(2000, 1, 1, 20, 0, 0, 0, time.UTC)}
		once := scheduled("Once", "at(2000-01-02T03:04:05)")
		once.Scheduler = &model.Scheduler{}
		off := scheduled("Off", "rate(1 hour)")
		off.State = model.Literal(model.Disabled)
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		rules := func() []*model.Rule {
			return []*model.Rule{scheduled("Rate", "rate(17 hours)"), scheduled("Cron", "cron(30 12 * * ? *)"), berlin, later, once, off, rule("None", "x")}
		}
		program := NewProgram(build(t, model.Function{}, rules()...))
		b.Swap(program)
		if next, ok := b.Next(program.Rules[0]); !ok || next.Hour() != 17 {
			t.Errorf("Rate fires next at %v", next)
		}
		time.Sleep(20 * time.Hour)
		b.Swap(NewProgram(build(t, model.Function{}, rules()...))) // a rate keeps its rhythm
		time.Sleep(28*time.Hour + time.Minute)
		synctest.Wait()
		want := map[string][]string{
			"Rate": {"01T17:00:00Z", "02T10:00:00Z"}, "Cron": {"01T12:30:00Z", "02T12:30:00Z"},
			"Berlin": {"01T05:00:00Z", "02T05:00:00Z"}, "Later": {"01T20:00:00Z", "02T08:00:00Z", "02T20:00:00Z"},
			"Once": {"02T03:04:05Z"}, "Off": nil, "None": nil,
		}
		for id, times := range want {
			if diff := cmp.Diff(times, firings(t, f, "Job.On"+id)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", id, diff)
			}
		}
		if p := l.problems(); p != nil {
			t.Errorf("%q", p)
		}
		for _, a := range l.arrivals() {
			if a.Origin != FromSchedule || len(a.Fires) != 1 {
				t.Errorf("%+v", a)
			}
		}
		closeBus(t, b)
	})
}

func TestFire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &functions{}
		b := New(Options{Start: f.start})
		off := scheduled("Off", "rate(1 hour)")
		off.State = model.Literal(model.Disabled)
		b.Swap(NewProgram(build(t, model.Function{}, rule("One", "a"), rule("Same", "a"), off)))
		for _, id := range []string{"One", "Off"} { // a disabled rule too: the user asks for it
			if r := b.Fire(id); r.Err != nil || r.ID == "" {
				t.Errorf("%s: %v", id, r.Err)
			}
		}
		idle(t, b)
		if len(f.handled("Job.OnOne")) != 1 || len(f.handled("Job.OnOff")) != 1 || len(f.calls) != 2 {
			t.Errorf("%+v", f.calls)
		}
		if r := b.Fire("Onne"); r.Err == nil || !strings.Contains(r.Err.Error(), `did you mean "One"?`) {
			t.Errorf("another id: %v", r.Err)
		}
		closeBus(t, b)
	})
}

// TestDeliveries puts a list of events. Each function gets those that its rule matches.
func TestDeliveries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		b.Swap(NewProgram(build(t, model.Function{}, rule("One", "a"), rule("Two", "b"), rule("None", "c"))))
		event := func(source string) string { return fmt.Sprintf(`{"source":"%s","detail":{}}`, source) }
		if r := b.PutEvent("", []byte("["+event("a")+","+event("b")+","+event("a")+"]")); r.Err != nil {
			t.Fatal(r.Err)
		}
		idle(t, b)
		if got, want := f.handled("Job.OnOne"), "["+event("a")+","+event("a")+"]"; len(got) != 1 || got[0] != want {
			t.Errorf("%q", got)
		}
		if got, want := f.handled("Job.OnTwo"), "["+event("b")+"]"; len(got) != 1 || got[0] != want {
			t.Errorf("%q", got)
		}
		a := l.arrivals()[0]
		if a.Origin != FromDelivery || a.Events != 3 || ids(a.Fires) != "[One Two]" || len(a.Silent) != 1 {
			t.Errorf("%+v", a)
		}
		if r := b.PutEvent("", []byte("[]")); r.Err == nil {
			t.Error("an empty list is taken")
		}
		for _, text := range []string{"nonsense", `"text"`, `{"source": "a"`, ""} {
			if r := b.PutEvent("", []byte(text)); r.Err == nil {
				t.Errorf("%q is taken", text)
			}
		}
		sample := []byte(`{"id": "sample", "source": "a"}`)
		if first, second := b.PutEvent("", sample), b.PutEvent("", sample); first.ID != "sample" || second.ID == first.ID || second.Err != nil {
			t.Errorf("%+v, %+v", first, second)
		}
		idle(t, b)
		closeBus(t, b)
	})
}

// TestManagementReads puts a read-only call that CloudTrail recorded.
func TestManagementReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		all := rule("All", "aws.ec2")
		all.State = model.Literal(model.EnabledCloudTrail)
		b.Swap(NewProgram(build(t, model.Function{}, rule("Plain", "aws.ec2"), all)))
		call := func(name, more string) []byte {
			return fmt.Appendf(nil, `{"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","detail":{"eventSource":"ec2.amazonaws.com","eventName":"%s"%s}}`, name, more)
		}
		for _, event := range [][]byte{call("DescribeInstances", ""), call("RunInstances", ""), call("DescribeInstances", `,"managementEvent":false`)} {
			if r := b.PutEvent("", event); r.Err != nil {
				t.Fatal(r.Err)
			}
		}
		idle(t, b)
		if p, a := len(f.handled("Job.OnPlain")), len(f.handled("Job.OnAll")); p != 2 || a != 3 {
			t.Errorf("Plain got %d events, All got %d", p, a)
		}
		if s := l.arrivals()[0].Silent; len(s) != 1 || !strings.Contains(s[0].Reason, model.EnabledCloudTrail) {
			t.Errorf("%+v", s)
		}
		closeBus(t, b)
	})
}
