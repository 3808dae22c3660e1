package directive

import (
	"regexp"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// Prefix is the kind of prefix that a comment has in place of jobs:.
type Prefix int

// The prefixes.
const (
	OtherTool Prefix = iota // job: or jobgen:
	OtherMark               // jobs without its colon
	NoPrefix
)

// Near is a line comment that may be meant as a directive: it has the name of
// one, or nearly, behind another prefix.
type Near struct {
	Prefix Prefix
	Spec   *Spec  // the directive that is meant
	Exact  bool   // the name is the directive's
	Spaced bool   // white space follows //, as in prose
	Args   string // without white space around
	Offset int    // of the first byte after // and white space
}

// nearPrefix is a line comment in three parts: white space, a prefix with its
// name, and the rest.
var nearPrefix = regexp.MustCompile(`^//([ \t]*)([jJ]ob:|[jJ]obgen:|[jJ]obs[.]|[jJ]obs[ \t]+|)([A-Za-z][A-Za-z0-9_-]*)(?:[ \t]+(.*))?$`)

// ScanNear reads a line comment that is not a directive according to ScanLine.
func ScanNear(line string) (Near, bool) {
	m := nearPrefix.FindStringSubmatch(line)
	if m == nil {
		return Near{}, false
	}
	n := Near{Prefix: prefixOf(m[2]), Spec: Lookup(m[3]), Exact: true, Spaced: m[1] != "", Args: strings.TrimSpace(m[4]), Offset: len("//" + m[1])}
	if n.Spec == nil && n.Prefix == OtherTool {
		n.Spec, n.Exact = meant(m[3]), false
	}
	return n, n.Spec != nil
}

func prefixOf(text string) Prefix {
	switch {
	case text == "":
		return NoPrefix
	case strings.HasSuffix(text, ":"):
		return OtherTool
	}
	return OtherMark
}

// meant returns the directive that a name is one edit from, or a synonym of.
func meant(name string) *Spec {
	if near, ok := nameWithinOneEdit(name); ok {
		return Lookup(near)
	}
	return Lookup(synonyms[spell.Fold(name)])
}

// IsWord reports whether a directive's name is a word that is common in comments.
func (s *Spec) IsWord() bool { return !strings.Contains(s.Name, "_") }

// Suggest returns the directive's name that was most likely meant by another.
func Suggest(name string) (string, bool) {
	if near, ok := spell.Nearest(name, Names()); ok {
		return near, true
	}
	near, ok := synonyms[spell.Fold(name)]
	return near, ok
}

// synonyms are names that people give directives, folded as package spell folds
// names. Several are those of Ruby Jets, the Serverless Framework and SAM.
var synonyms = map[string]string{
	"pattern": "event_pattern", "event": "event_pattern", "events": "event_pattern", "filter": "event_pattern",
	"match": "event_pattern", "ruleevent": "event_pattern", "eventbridge": "event_pattern", "cloudwatchevent": "event_pattern",
	"rule": "event_rule", "eventsrule": "event_rule", "trigger": "event_rule", "eventbridgerule": "event_rule",
	"timer": "rate", "interval": "rate", "every": "rate", "ticker": "rate", "period": "rate",
	"schedule": "cron", "scheduled": "cron", "crontab": "cron", "cronjob": "cron",
	"lambda": "function", "func": "function", "fn": "function",
	"policy": "iam_policy", "iam": "iam_policy", "permission": "iam_policy", "permissions": "iam_policy", "grant": "iam_policy",
	"ignore": "allow", "nolint": "allow", "disable": "allow", "suppress": "allow",
	"pkg": "package", "config": "package", "settings": "package",
}
