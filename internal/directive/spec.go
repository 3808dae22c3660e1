package directive

import "slices"

// Target is a kind of declaration that a directive can belong to.
type Target uint8

// The targets.
const (
	OnPackage Target = 1 << iota
	OnType
	OnMethod
)

// Has reports whether t includes the target.
func (t Target) Has(target Target) bool { return t&target != 0 }

// String names the targets as messages do.
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

// Args says what a directive's arguments are.
type Args int

// The kinds of arguments.
const (
	ArgProperties Args = iota // a mapping of the Spec's properties
	ArgPattern                // an event pattern: whole in braces, or a piece
	ArgExpression             // a schedule expression, as AWS writes it
	ArgPolicy                 // a list of actions, or a statement
	ArgAllow                  // a code and a reason
)

// Spec describes a directive. The table of specs drives parsing, validation,
// `jobgen directives` and the README's reference.
type Spec struct {
	Name    string
	On      Target
	Args    Args
	Summary string
	Example string
	Props   []Prop
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
)

// Prop describes a property.
type Prop struct {
	Name string
	// AWS is the property's name in AWS's API or CloudFormation, which is
	// understood too: a path where AWS puts the value inside of others, as in
	// TracingConfig: {Mode: Active}.
	AWS string
	// AWSList says that AWS makes a list of it: of a mapping
	// [{Key: k, Value: v}, …], of one value a list of one.
	AWSList bool
	Kind    PropKind
	// Min and Max bound a number, a duration (in seconds), the length of a text
	// in characters or of a list in items. Zero Max is no bound.
	Min, Max int64
	Unit     string
	Values   []string
	// Nearest, if set, finds the value that an unknown one was probably meant to be, in
	// place of the one with the nearest spelling.
	Nearest func(text string) (string, bool)
	// Params says that ${Name} in a quoted value refers to a parameter.
	Params bool
	// Match is a regular expression for the whole text, MatchDoc its meaning.
	Match, MatchDoc string
	// Alike is a regular expression with a group. No two items of a list may have the
	// same text in the group; AlikeDoc says what such items are.
	Alike, AlikeDoc string
	Props           []Prop
	Required        bool
	Doc             string
	Example         string
	// NoFile says why no rule file has the property: a test demands of every other
	// one that it changes the file of each format.
	NoFile string
}

// Lookup returns the directive of that name, or nil.
func Lookup(name string) *Spec {
	i := slices.IndexFunc(table, func(s Spec) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return &table[i]
}

// Specs returns every directive in the order of the reference.
func Specs() []Spec { return slices.Clone(table) }

// Names returns every directive's name.
func Names() []string {
	names := make([]string, len(table))
	for i, s := range table {
		names[i] = s.Name
	}
	return names
}
