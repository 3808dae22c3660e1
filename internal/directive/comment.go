package directive

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// Tool is the tool part of jobgen's directives: //jobs:name.
const Tool = "jobs"

// Comment describes a comment line that is a directive or is probably meant as one.
// Offsets count bytes from the start of the line.
type Comment struct {
	// Name is the directive's name as written. Spec is nil if no directive has that
	// name.
	Name string
	Spec *Spec
	// Offset is the offset of the directive: the first byte after //.
	Offset int
	// Args are the arguments, without surrounding white space. ArgsOffset is the offset
	// where they begin, or would begin if there are none.
	Args       string
	ArgsOffset int
	// Near is set if the line is not a directive but is probably meant as one. It is
	// the name of that directive.
	Near string
	// Written is the line comment up to the end of the name, if Near is set.
	Written string
}

// nearMiss matches a comment line that begins with "jobs:" or "Jobs:", with or without
// white space around it, and a word.
var nearMiss = regexp.MustCompile(`^\s*[jJ]obs:\s*([A-Za-z][A-Za-z0-9_-]*)`)

// ScanLine scans a line comment, from its // to the end of the line. It returns false
// if the comment is neither a directive nor probably meant as one.
func ScanLine(line string) (Comment, bool) {
	// Position 1 is the first valid one, so an offset is a position minus 1.
	d, ok := ast.ParseDirective(1, line)
	if ok && d.Tool == Tool {
		c := Comment{Name: d.Name, Offset: len("//"), Args: d.Args, ArgsOffset: int(d.ArgsPos) - 1}
		c.Spec = Lookup(d.Name)
		return c, true
	}
	if rest, ok := strings.CutPrefix(line, "//"+Tool+":"); ok && !strings.HasPrefix(rest, " ") {
		// The name doesn't begin with a lower-case letter or a digit, so the comment
		// is not in Go's form, but it is meant as a directive.
		name, _, _ := strings.Cut(rest, " ")
		return Comment{Name: name, Offset: len("//")}, true
	}
	return scanNearMiss(line, len("//"))
}

// ScanBlock scans one line of a /* */ comment, whose text begins at offset. Such a line
// is never a directive, but it may be meant as one.
func ScanBlock(line string, offset int) (Comment, bool) {
	text := strings.TrimLeft(line[offset:], " \t")
	return scanNearMiss(line, len(line)-len(text))
}

func scanNearMiss(line string, offset int) (Comment, bool) {
	m := nearMiss.FindStringSubmatch(line[offset:])
	if m == nil {
		return Comment{}, false
	}
	name, ok := nameWithinOneEdit(m[1])
	if !ok {
		return Comment{}, false
	}
	c := Comment{Name: m[1], Offset: offset, Near: name}
	if strings.HasPrefix(line, "//") {
		c.Written = line[:offset+len(m[0])]
	}
	return c, true
}

// nameWithinOneEdit returns the directive's name that equals word or is one edit away
// from it. More edits would turn prose such as "Jobs: nightly work" into a finding.
func nameWithinOneEdit(word string) (string, bool) {
	m, ok := spell.Find(word, slices.Values(Names()))
	return m.Word, ok && m.Distance <= 1
}
