package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkTautologies reports alternatives that match any value of the field, alone or together.
// Alternatives are joined by OR, which is easily read as AND.
func checkTautologies(r *Rule, _ *Facts, report diag.Reporter) {
	c := &tautologyCheck{r: r, report: report}
	if c.everyEvent() {
		return
	}
	eachField(r.Pattern.Top(), "", func(path string, m *pattern.Member) {
		if why := m.Field.Tautology(); why != "" {
			report.Report(diag.AlwaysMatches, r.At(m.ValueOffset), "%s holds whatever value the event has: alternatives are joined by OR, and %s; put exceptions in one anything-but: [a, b]", path, why)
			return
		}
		c.field(path, m.Field)
	})
}

// tautologyCheck looks for alternatives of one rule's pattern that always match.
type tautologyCheck struct {
	r      *Rule
	report diag.Reporter
}

// everyEvent reports a pattern that matches every event, with a note: AWS refuses a pattern
// without fields, so a rule for all events of a bus has an alternative that always matches.
func (c *tautologyCheck) everyEvent() bool {
	every, why := true, ""
	eachField(c.r.Pattern.Top(), "", func(path string, m *pattern.Member) {
		reason := ""
		for i := range m.Field.Alternatives {
			reason = cmp.Or(reason, always(path, &m.Field.Alternatives[i]))
		}
		every, why = every && reason != "", cmp.Or(why, reason)
	})
	if every && why != "" {
		d := diag.New(diag.AlwaysMatches, c.r.At(0), "the rule takes every event of its bus: %s", why)
		d.Severity = diag.Note
		c.report.Add(d)
	}
	return every && why != ""
}

// field reports the first alternative of a field that always matches.
func (c *tautologyCheck) field(path string, f *pattern.Field) {
	for i := range f.Alternatives {
		a := &f.Alternatives[i]
		why := always(path, a)
		switch {
		case why != "":
		case c.inEveryRecord(path) && (a.TakesPresence() || a.AnyText()):
			why = "every record of CloudTrail has " + strings.TrimPrefix(path, "detail.")
		case a.AnyText():
			c.report.Report(diag.AlwaysMatches, c.r.At(a.Offset), "%s takes any text in %s; to require only that the event has the field, write [{exists: true}]", written(a), path)
			return
		}
		if why != "" {
			c.report.Report(diag.AlwaysMatches, c.r.At(a.Offset), "%s always matches: %s; leave %s out", written(a), why, path)
			return
		}
	}
}

// written returns an alternative in the form of messages.
func written(a *pattern.Alternative) string {
	if a.TakesPresence() {
		return "exists: true"
	}
	return strings.TrimPrefix(a.String(), "= ")
}

// always says why an alternative matches a field of every event, or "".
func always(path string, a *pattern.Alternative) string {
	switch {
	case path == "version" && len(a.Takes([]string{eventVersion})) > 0:
		return "version is " + eventVersion + " in every event"
	case slices.Contains(requiredFields, path) && (a.TakesPresence() || a.AnyText()):
		return "every event has " + path
	}
	return ""
}

// eventVersion is the version of every event (user guide, eb-events-structure).
const eventVersion = "0"

// recordFields are the fields that every record of CloudTrail has (CloudTrail user guide,
// cloudtrail-event-reference-record-contents: those that aren't optional).
var recordFields = []string{"awsRegion", "eventID", "eventName", "eventSource", "eventTime", "eventType", "eventVersion"}

// inEveryRecord reports whether the rule takes CloudTrail's records alone, and each has a
// field.
func (c *tautologyCheck) inEveryRecord(path string) bool {
	name, ok := strings.CutPrefix(path, "detail.")
	return ok && slices.Contains(recordFields, name) && every(c.r.conjuncts(), conjunct.isRecord)
}

// eachField visits the fields below an object with their paths, including the fields in the
// branches of $or.
func eachField(o *pattern.Object, path string, visit func(path string, m *pattern.Member)) {
	for _, m := range o.Members {
		at := strings.TrimPrefix(path+"."+m.Key, ".")
		for _, branch := range m.Branches {
			eachField(branch, path, visit)
		}
		if m.Object != nil {
			eachField(m.Object, at, visit)
		}
		if m.Field != nil {
			visit(at, m)
		}
	}
}
