package gen

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// Problem is something that a rule file can't express, in a package that is correct.
type Problem struct {
	Kind    ProblemKind
	Files   []string // base names of the files that cannot be made; none for all
	Pos     model.Pos
	Message string
	// Other is the place of the second of two things, where there are two.
	Other Place
}

// Place is a position and what is there.
type Place struct {
	Pos  model.Pos
	What string
}

// ProblemKind is the kind of a Problem.
type ProblemKind int

// The kinds of problems.
const (
	Clash      ProblemKind = iota // two things would have one name
	CannotSay                     // a name or text that the format can't express
	BeyondTool                    // more than the tool accepts in one file
)

// String gives the problem in one line, without its places.
func (p Problem) String() string {
	if len(p.Files) == 0 {
		return p.Message
	}
	return strings.Join(p.Files, ", ") + ": " + p.Message
}

// Problems is the error of Generate for a package that the files can't express. It has
// the problems of all files.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// err returns p as an error, or nil if there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p *Problems) add(kind ProblemKind, pos model.Pos, format string, args ...any) {
	*p = append(*p, Problem{Kind: kind, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// collect adds the problems in the error of rendering a file, and returns any other
// error. It adds a problem that several files have only once.
func (p *Problems) collect(file string, err error) error {
	found, ok := errors.AsType[Problems](err)
	if !ok {
		return err
	}
	for _, f := range found {
		i := slices.IndexFunc(*p, func(have Problem) bool { return have.Message == f.Message && have.Pos == f.Pos })
		if i < 0 {
			i = len(*p)
			*p = append(*p, f)
		}
		if have := &(*p)[i]; !slices.Contains(have.Files, file) {
			have.Files = append(have.Files, file)
		}
	}
	return nil
}

// claim is a thing that has a name in a file.
type claim struct {
	what  string
	pos   model.Pos
	given bool // the user wrote the name and can change it
}

// nameSet holds the names that a file declares, each with what has it. Two things that
// claim one name are a problem.
type nameSet struct {
	claims   map[string]claim
	problems *Problems
}

func newNameSet(problems *Problems) nameSet { return nameSet{map[string]claim{}, problems} }

func (n nameSet) claim(name string, c claim) {
	other, ok := n.claims[name]
	if !ok {
		n.claims[name] = c
		return
	}
	at, second := c, other
	if other.given && !c.given || other.given == c.given && c.pos.Compare(other.pos) < 0 {
		at, second = other, c
	}
	n.problems.add(Clash, at.pos, "%s and %s would both be called %s: give one of them another name or id", other.what, c.what, name)
	(*n.problems)[len(*n.problems)-1].Other = Place{second.pos, second.what}
}
