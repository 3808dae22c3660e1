package directive

import (
	"regexp"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// Prefix is the kind of text that a comment has instead of jobs:.
type Prefix int

// The prefixes.
const (
	OtherTool Prefix = iota // job: or jobgen:
	OtherMark               // jobs followed by something other than a colon
	NoPrefix
)

// Near is a line comment that may be meant as a directive: another prefix, followed by
// a directive's name or a similar name.
type Near struct {
	Prefix Prefix
	Spec   *Spec  // the directive that is probably meant
	Exact  bool   // the name is the directive's
	Spaced bool   // white space follows //, as in prose
	Args   string // without surrounding white space
	Offset int    // of the first byte after // and white space

	Written string // the comment up to the end of the name
}

// nearPrefix matches a line comment of white space, a prefix, a name and the rest.
var nearPrefix = regexp.MustCompile(`^//([ \t]*)([jJ]ob:|[jJ]obgen:|[jJ]obs[.]|[jJ]obs[ \t]+|)([A-Za-z][A-Za-z0-9_-]*)(?:[ \t]+(.*))?$`)

// ScanNear scans a line comment for which ScanLine returned false.
func ScanNear(line string) (Near, bool) {
	m := nearPrefix.FindStringSubmatch(line)
	if m == nil {
		return Near{}, false
	}
	n := Near{Prefix: prefixOf(m[2]), Spec: Lookup(m[3]), Exact: true, Spaced: m[1] != "", Args: strings.TrimSpace(m[4]), Offset: len("//" + m[1])}
	n.Written = line[:len("//"+m[1]+m[2]+m[3])]
	if n.Spec == nil && n.Prefix == OtherTool {
		n.Spec, n.Exact = similar(m[3]), false
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

// similar returns the directive whose name is one edit away from name, or that has name as a
// synonym.
func similar(name string) *Spec {
	if near, ok := nameWithinOneEdit(name); ok {
		return Lookup(near)
	}
	return Lookup(synonyms[spell.Fold(name)])
}

// IsWord reports whether a directive's name is an ordinary word, which can begin a
// comment that has nothing to do with directives.
func (s *Spec) IsWord() bool { return !strings.Contains(s.Name, "_") }

// Suggest returns the name of the directive that an unknown name probably means.
func Suggest(name string) (string, bool) {
	if near, ok := spell.Nearest(name, Names()); ok {
		return near, true
	}
	near, ok := synonyms[spell.Fold(name)]
	return near, ok
}

// synonyms maps other names for directives to the directives' names. The keys are
// folded as package spell does it. Several are names in Ruby Jets, the Serverless
// Framework and SAM.
var synonyms = map[string]string{
	"pattern": "event_pattern", "event": "event_pattern", "events": "event_pattern", "filter": "event_pattern",
	"match": "event_pattern", "ruleevent": "event_pattern", "eventbridge": "event_pattern", "cloudwatchevent": "event_pattern",
	"rule": "event_rule", "eventsrule": "event_rule", "trigger": "event_rule", "eventbridgerule": "event_rule",
	"timer": "rate", "interval": "rate", "every": "rate", "ticker": "rate", "period": "rate",
	"scheduled": "schedule", "scheduler": "schedule", "crontab": "cron", "cronjob": "cron",
	"lambda": "function", "func": "function", "fn": "function",
	"policy": "iam_policy", "iam": "iam_policy", "permission": "iam_policy", "permissions": "iam_policy", "grant": "iam_policy",
	"ignore": "allow", "nolint": "allow", "disable": "allow", "suppress": "allow",
	"pkg": "package", "config": "package", "settings": "package",
}
