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

// reader reads a pattern for a dispatcher, from the text that jobgen has written. Package
// pattern checked that text when jobgen ran, so a program with a dispatcher doesn't link
// the code for messages. The reader checks only what the values of parameters may break.
type reader struct {
	tape   jsonscan.Tape
	path   []string
	fields []Field
	err    error
}

// draft is an unfinished rule: the indexes of the fields by their names.
type draft map[string]int

// Read adds the rules of a pattern, given its index and its text.
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

// object reads the fields of an object into drafts. As in EventBridge, a field replaces
// earlier ones of the same name.
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
		if key == "$or" && r.isOr(i+1) {
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

// or reads each branch into a copy of the drafts.
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

// isOr reports whether the value of $or is a list of two or more objects that have no
// operator's name as a key.
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

// field reads the alternatives of the field at the current path.
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
	r.fields = append(r.fields, Field{Path: strings.Split(name, "."), Test: NewTest(alternatives)})
}

// rule returns the fields of a draft, sorted by name.
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

// byCodeUnits sorts names with package sort, because the generic functions of slices would
// make programs larger.
type byCodeUnits []string

func (n byCodeUnits) Len() int           { return len(n) }
func (n byCodeUnits) Less(i, j int) bool { return CompareNames(n[i], n[j]) < 0 }
func (n byCodeUnits) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }

// CompareNames compares names of fields as EventBridge does, by UTF-16 code units. The
// order matters for lists and exists: false; see the documentation of package pattern.
func CompareNames(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}
