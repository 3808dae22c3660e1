package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// The maximum lengths of tags, in characters (API_Tag of EventBridge).
const (
	maxTagKey   = 128
	maxTagValue = 256
)

// checkRuleTags checks the tags of a rule.
func checkRuleTags(r *Rule, _ *Facts, report diag.Reporter) { checkTags(r.Tags, r.Properties, report) }

// checkFunctionTags checks the tags of functions.
func checkFunctionTags(p *Package, _ *Facts, report diag.Reporter) {
	for _, f := range p.Functions {
		checkTags(f.Tags, f.Properties, report)
	}
}

// checkTags reports tags that AWS refuses: those that are too long, and keys with the prefix
// aws:, which AWS reserves.
func checkTags(tags []model.Tag, places Properties, report diag.Reporter) {
	for _, t := range tags {
		at := places["tags."+t.Key]
		key, value := utf8.RuneCountInString(t.Key), utf8.RuneCountInString(t.Value)
		switch {
		case key == 0 || key > maxTagKey:
			report.Report(diag.PropValue, at.Key, "a tag's key has 1 to 128 characters; this one has %d", key)
		case strings.HasPrefix(strings.ToLower(t.Key), "aws:"):
			report.Report(diag.PropValue, at.Key, "the tag %q can't be set: keys that begin with aws: are AWS's own", t.Key)
		case value > maxTagValue:
			report.Report(diag.PropValue, at.Value, "the tag %q has a value of %d characters; at most 256 are allowed", t.Key, value)
		}
	}
}
