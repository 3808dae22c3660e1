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

// Comment is what one line of a comment turned out to be. Offsets are bytes
// from the start of the line that Scan was given.
type Comment struct {
	// Name is the directive's name as written. Spec is nil if there is none of
	// that name.
	Name string
	Spec *Spec
	// Offset is where the directive stands: the first byte after //.
	Offset int
	// Args are the arguments, without white space around; ArgsOffset is where
	// they begin, or where they would.
	Args       string
	ArgsOffset int
	// Near is set for a line that is no directive and was most likely meant to
	// be one; it holds the directive's name.
	Near string
}

// nearMiss is a comment line that reads "jobs:" or "Jobs:", spaces allowed
// before and after, and a word.
var nearMiss = regexp.MustCompile(`^\s*[jJ]obs:\s*([A-Za-z][A-Za-z0-9_-]*)`)

// ScanLine looks at one whole line comment, from its // to the end of the line.
// The second result is false for a comment that is none of jobgen's business.
func ScanLine(line string) (Comment, bool) {
	// The position 1 makes ArgsPos an offset: 0 would mean "unknown" to a reader.
	d, ok := ast.ParseDirective(1, line)
	if ok && d.Tool == Tool {
		c := Comment{Name: d.Name, Offset: len("//"), Args: d.Args, ArgsOffset: int(d.ArgsPos) - 1}
		c.Spec = Lookup(d.Name)
		return c, true
	}
	if rest, ok := strings.CutPrefix(line, "//"+Tool+":"); ok && !strings.HasPrefix(rest, " ") {
		// Not Go's form (the name doesn't begin with a letter in lower case or a
		// digit), and meant to be a directive all the same.
		name, _, _ := strings.Cut(rest, " ")
		return Comment{Name: name, Offset: len("//")}, true
	}
	return scanNearMiss(line, len("//"))
}

// ScanBlock looks at one line of a /* */ comment: it can only be a near miss,
// and stands where its text does. offset is where the line's text begins.
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
	return Comment{Name: m[1], Offset: offset, Near: name}, true
}

// nameWithinOneEdit returns the directive's name that word is, or is one edit
// from. Prose such as "Jobs: nightly work" must stay prose, so no more than
// one edit is allowed.
func nameWithinOneEdit(word string) (string, bool) {
	m, ok := spell.Find(word, slices.Values(Names()))
	return m.Word, ok && m.Distance <= 1
}
