package match

import (
	"errors"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// errNoPattern is the error for a text that package pattern would refuse.
var errNoPattern = errors.New("it is not an event pattern")

// orKey is the key that gives branches, where it is not a field's.
const orKey = "$or"

// reader reads a pattern for a dispatcher, from the text that jobgen has written.
// Package pattern has parsed and checked that text when jobgen ran, so a program
// with a dispatcher can do without all that a good message needs. What the values
// of parameters may spoil is checked again.
type reader struct {
	tape   jsonscan.Tape
	path   []string
	fields []Field
	names  []string // of the fields, as EventBridge compares them
	err    error
}

// draft is a rule in the making: the field for each name.
type draft map[string]int

// Read adds the rules of the pattern with an index, given its text.
func (b *Builder) Read(pattern int, text string) error {
	var r reader
	if !r.tape.Read([]byte(text)) || r.tape.Kind(jsonscan.Root) != '{' {
		return errNoPattern
	}
	drafts := r.object([]draft{{}}, jsonscan.Root)
	if r.err != nil {
		return r.err
	}
	for _, d := range drafts {
		b.Rule(pattern, r.rule(d))
	}
	return nil
}

// object reads the fields of an object into drafts. As in EventBridge, a later field
// of a name replaces an earlier one.
func (r *reader) object(drafts []draft, at int) []draft {
	last := map[string]int{}
	for i, end := jsonscan.First(at), r.tape.Next(at); i < end; i = r.tape.Next(i + 1) {
		last[r.text(i)] = i
	}
	for i, end := jsonscan.First(at), r.tape.Next(at); i < end; i = r.tape.Next(i + 1) {
		key := r.text(i)
		if last[key] != i {
			continue
		}
		if key == orKey && r.isOr(i+1) {
			drafts = r.or(drafts, i+1)
			continue
		}
		r.path = append(r.path, key)
		if r.tape.Kind(i+1) == '{' {
			drafts = r.object(drafts, i+1)
		} else {
			r.field(drafts, i+1)
		}
		r.path = r.path[:len(r.path)-1]
	}
	return drafts
}

// or gives a copy of the drafts to each branch.
func (r *reader) or(drafts []draft, list int) []draft {
	var all []draft
	for i, end := jsonscan.First(list), r.tape.Next(list); i < end; i = r.tape.Next(i) {
		copies := make([]draft, len(drafts))
		for j, d := range drafts {
			copies[j] = maps.Clone(d)
		}
		all = append(all, r.object(copies, i)...)
	}
	return all
}

// isOr reports whether the value of $or is a list of branches: of two or more objects
// without an operator.
func (r *reader) isOr(list int) bool {
	branches, end := 0, r.tape.Next(list)
	if r.tape.Kind(list) != '[' {
		return false
	}
	for i := jsonscan.First(list); i < end; i = r.tape.Next(i) {
		if r.tape.Kind(i) != '{' || r.hasOperator(i) {
			return false
		}
		branches++
	}
	return branches > 1
}

func (r *reader) hasOperator(object int) bool {
	for i, end := jsonscan.First(object), r.tape.Next(object); i < end; i = r.tape.Next(i + 1) {
		if slices.Contains(Words[:], r.text(i)) {
			return true
		}
	}
	return false
}

// field reads the alternatives of the field that the path leads to.
func (r *reader) field(drafts []draft, list int) {
	if r.tape.Kind(list) != '[' {
		r.err = errNoPattern
		return
	}
	var alternatives []Alternative
	for i, end := jsonscan.First(list), r.tape.Next(list); i < end; i = r.tape.Next(i) {
		alternatives = append(alternatives, r.alternative(i))
	}
	if alternatives == nil {
		r.err = errNoPattern
	}
	if r.err != nil {
		return
	}
	name := strings.Join(r.path, ".")
	for _, d := range drafts {
		d[name] = len(r.fields)
	}
	r.names = append(r.names, name)
	r.fields = append(r.fields, Field{Path: strings.Split(name, "."), Test: NewTest(alternatives)})
}

// rule gives the fields of a draft in the order of their names.
func (r *reader) rule(d draft) []Field {
	var names []string
	for name := range d {
		names = append(names, name)
	}
	sort.Sort(byCodeUnits(names))
	fields := make([]Field, len(names))
	for i, name := range names {
		fields[i] = r.fields[d[name]]
	}
	return fields
}

// text returns the text of a string, or the literal.
func (r *reader) text(i int) string {
	switch {
	case r.tape.Kind(i) != '"':
		return string(r.tape.Raw(i))
	case r.tape.Tokens[i].Escaped():
		return string(jsonscan.Unescape(nil, r.tape.Content(i)))
	}
	return string(r.tape.Content(i))
}

// byCodeUnits sorts names. The package sort makes a program smaller than slices
// would, which has its code once for each type.
type byCodeUnits []string

func (n byCodeUnits) Len() int           { return len(n) }
func (n byCodeUnits) Less(i, j int) bool { return CompareNames(n[i], n[j]) < 0 }
func (n byCodeUnits) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }

// CompareNames orders names of fields as EventBridge does, by UTF-16 code units. The
// order matters where arrays and exists: false meet; see the doc of package pattern.
func CompareNames(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}
