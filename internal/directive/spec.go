package directive

import "slices"

// Target is a set of kinds of declarations that a directive can apply to.
type Target uint8

// The targets.
const (
	OnPackage Target = 1 << iota
	OnType
	OnMethod
)

// Has reports whether t includes the target.
func (t Target) Has(target Target) bool { return t&target != 0 }

// String returns the targets' names for messages.
func (t Target) String() string {
	switch t {
	case OnPackage:
		return "the package clause"
	case OnType:
		return "a receiver's type"
	case OnMethod:
		return "a method"
	case OnType | OnMethod:
		return "a receiver's type or a method"
	}
	return "nothing"
}

// Args is the kind of a directive's arguments.
type Args int

// The kinds of arguments.
const (
	ArgProperties Args = iota // a mapping of the Spec's properties
	ArgPattern                // an event pattern: whole in braces, or a piece
	ArgExpression             // the text in the parentheses of a schedule expression
	ArgPolicy                 // a list of actions, or a statement
	ArgAllow                  // a code and a reason
)

// Spec describes a directive. The table of specs drives parsing, validation,
// `jobgen directives` and the reference in docs.
type Spec struct {
	Name    string
	On      Target
	Args    Args
	Summary string
	Example string
	Props   []Prop
	Refused []Refusal
}

// PropKind is the kind of value that a property takes.
type PropKind int

// The kinds of properties.
const (
	PropText     PropKind = iota // a string
	PropInt                      // a whole number from Min to Max
	PropDuration                 // a Go duration or a number of seconds, from Min to Max seconds
	PropEnum                     // one of Values
	PropEnums                    // a list of Values
	PropTexts                    // a list of at most Max strings
	PropTexts1                   // a list of strings, or one string
	PropTextMap                  // a mapping of names to strings
	PropObject                   // a mapping of Props
	PropJSON                     // any JSON value
	PropBool                     // true or false
	PropNamed                    // a mapping of names, which Match describes, to mappings of Props
	PropWhen                     // a condition: a mapping of parameters to values
)

// Prop describes a property.
type Prop struct {
	Name string
	// AWS is the property's name in AWS's API or CloudFormation, which is accepted
	// too. It is a dotted path if AWS nests the value, as in
	// TracingConfig: {Mode: Active}.
	AWS string
	// AWSList reports whether AWS writes the value as a list: a mapping as
	// [{Key: k, Value: v}, …], a single value as a list with one item.
	AWSList bool
	Kind    PropKind
	// Min and Max bound a number, a duration (in seconds), the length of a text
	// in characters or of a list in items. A zero Max means no upper bound.
	Min, Max int64
	Unit     string
	Values   []string
	// Nearest returns the valid value that was probably meant. If it is nil, the nearest
	// spelling is used.
	Nearest func(text string) (string, bool)
	// Params reports whether ${Name} in a quoted value refers to a parameter.
	Params bool
	// Match is a regular expression for the whole text; MatchDoc describes it.
	Match, MatchDoc string
	// Instead returns what to do about a text of a form that is easily mistaken for the right
	// one, or "". It may be nil.
	Instead func(text string) string
	// Alike is a regular expression with a group. Two items of a list conflict if the
	// group matches the same text in both; AlikeDoc describes such items.
	Alike, AlikeDoc string
	Props           []Prop
	// Word is a text that a mapping may be replaced by. It means all of the mapping's
	// defaults.
	Word     string
	Required bool
	Doc      string
	Example  string
	// NotIn lists the formats that have no such property.
	NotIn []string
	// NoFile is the reason why no rule file contains the property. A test checks that
	// every property without a reason changes the file of each format.
	NoFile string
}

// Lookup returns the directive with the given name, or nil.
func Lookup(name string) *Spec {
	i := slices.IndexFunc(table, func(s Spec) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return &table[i]
}

// Specs returns all directives in the order of the reference.
func Specs() []Spec { return slices.Clone(table) }

// Names returns the names of all directives.
func Names() []string {
	names := make([]string, len(table))
	for i, s := range table {
		names[i] = s.Name
	}
	return names
}
