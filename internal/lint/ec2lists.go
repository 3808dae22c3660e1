package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkEC2Lists reports paths into lists of EC2's calls without the field items, under which
// CloudTrail records the elements. One note for a rule is enough.
func checkEC2Lists(r *Rule, _ *Facts, report diag.Reporter) {
	noted := false
	for _, each := range r.conjuncts() {
		if !each.isEC2Call() {
			continue
		}
		eachField(&pattern.Object{Members: each.members}, "", func(path string, m *pattern.Member) {
			steps := strings.Split(path, ".")
			if len(steps) < 3 || steps[0] != "detail" || steps[1] != "requestParameters" && steps[1] != "responseElements" {
				return
			}
			right, sure := catalog.EC2Path(steps[2:])
			if slices.Equal(right, steps[2:]) {
				return
			}
			d := diag.New(diag.FieldMisspelled, r.At(m.Offset), "CloudTrail records a list of EC2's as an object whose field items holds the elements, so no event has %s", path).
				Suggest(path, strings.Join(append(steps[:2:2], right...), "."))
			switch {
			case !sure && noted:
				return
			case !sure:
				d.Severity, noted = diag.Note, true
			}
			report.Add(d)
		})
	}
}

// isEC2Call reports whether a conjunct takes CloudTrail's records of EC2's calls alone.
func (c conjunct) isEC2Call() bool {
	if c.field("detail-type") != nil && !c.isRecord() {
		return false
	}
	if c.field("detail.eventSource") != nil {
		hosts, only := c.literals("detail.eventSource")
		return only && slices.Equal(hosts, []string{ec2Host})
	}
	if c.field("source") != nil {
		sources, only := c.literals("source")
		return only && slices.Equal(sources, []string{"aws.ec2"})
	}
	names, only := c.literals("detail.eventName")
	return only && c.isRecord() && every(names, func(name string) bool { return slices.Equal(catalog.EventSourcesOf(name), []string{ec2Host}) })
}

// ec2Host is the eventSource of EC2's calls.
const ec2Host = "ec2.amazonaws.com"
