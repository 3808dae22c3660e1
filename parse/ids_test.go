package parse_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// draft is a package that is edited: methods in the order of the source.
type draft struct {
	methods []draftMethod
	made    int // rules and methods that were ever made: their names are never used again
}

type draftMethod struct {
	recv, name string
	file       int // of the two files of the package
	rules      []draftRule
}

// draftRule is a rule; its key tells it from all others for good, whatever its
// place. A method's one rule may be without an id of its own.
type draftRule struct{ key, id string }

func (d *draft) next() int {
	d.made++
	return d.made
}

func newDraft(rnd *rand.Rand) *draft {
	d := &draft{}
	for range 6 {
		d.insertMethod(rnd)
	}
	return d
}

func (d *draft) insertMethod(rnd *rand.Rand) {
	m := draftMethod{recv: []string{"Job", "Watcher"}[rnd.IntN(2)], name: fmt.Sprintf("Do%d", d.next()), file: rnd.IntN(2)}
	if rnd.IntN(2) == 0 {
		m.rules = []draftRule{{key: fmt.Sprintf("rule %d", d.next())}}
	} else {
		for range 1 + rnd.IntN(3) {
			m.rules = append(m.rules, d.newRule())
		}
	}
	d.methods = slices.Insert(d.methods, rnd.IntN(len(d.methods)+1), m)
}

func (d *draft) newRule() draftRule {
	n := d.next()
	return draftRule{fmt.Sprintf("rule %d", n), fmt.Sprintf("Named%d", n)}
}

// edit inserts, moves or deletes a rule or a method.
func (d *draft) edit(rnd *rand.Rand) {
	i := rnd.IntN(len(d.methods))
	m := &d.methods[i]
	switch rnd.IntN(6) {
	case 0:
		d.insertMethod(rnd)
	case 1:
		if len(d.methods) > 1 {
			d.methods = slices.Delete(d.methods, i, i+1)
		}
	case 2:
		rnd.Shuffle(len(d.methods), func(a, b int) { d.methods[a], d.methods[b] = d.methods[b], d.methods[a] })
	case 3:
		m.file = 1 - m.file
	case 4:
		if m.rules[0].id != "" {
			m.rules = slices.Insert(slices.Clone(m.rules), rnd.IntN(len(m.rules)+1), d.newRule())
		}
	case 5:
		if len(m.rules) > 1 {
			at := rnd.IntN(len(m.rules))
			m.rules = slices.Delete(slices.Clone(m.rules), at, at+1)
		}
	}
}

// sources writes the package's two files.
func (d *draft) sources(dir string) map[string]string {
	files := []string{"package app\n\ntype Job struct{}\n", "package app\n\ntype Watcher struct{}\n"}
	for _, m := range d.methods {
		var b strings.Builder
		for _, r := range m.rules {
			fmt.Fprintf(&b, "\n//jobs:event_rule description: %s", r.key)
			if r.id != "" {
				fmt.Fprintf(&b, ", id: %s", r.id)
			}
			fmt.Fprintf(&b, "\n//jobs:event_pattern source: [my.%s]", strings.ReplaceAll(r.key, " ", "-"))
		}
		fmt.Fprintf(&b, "\nfunc (*%s) %s() error { return nil }\n", m.recv, m.name)
		files[m.file] += b.String()
	}
	return map[string]string{dir + "/a.go": files[0], dir + "/b.go": files[1]}
}

// TestEditsLeaveOtherRulesAlone edits packages at random: whatever rule is
// inserted, moved or deleted, every other rule keeps its id.
func TestEditsLeaveOtherRulesAlone(t *testing.T) {
	t.Parallel()
	const drafts, edits = 4, 8
	files := map[string]string{}
	for n := range drafts {
		rnd := rand.New(rand.NewPCG(1, uint64(n)))
		d := newDraft(rnd)
		for step := range edits {
			maps.Copy(files, d.sources(stepDir(n, step)))
			d.edit(rnd)
		}
	}
	dir := testmodule.New(t).Dir(t, files)
	ids := idsByDir(t, dir)
	for n := range drafts {
		known := map[string]string{}
		for step := range edits {
			checkKept(t, known, ids[filepath.Join(dir, stepDir(n, step))], stepDir(n, step))
		}
	}
}

func stepDir(draft, step int) string { return fmt.Sprintf("draft%d/step%02d", draft, step) }

// checkKept holds the ids of one step against those of the steps before.
func checkKept(t *testing.T, known, ids map[string]string, step string) {
	t.Helper()
	if len(ids) == 0 {
		t.Errorf("%s has no rules", step)
	}
	for key, id := range ids {
		if before, ok := known[key]; ok && before != id {
			t.Errorf("%s: the id of %q was %s and is %s now", step, key, before, id)
		}
		known[key] = id
	}
}

// idsByDir parses all packages below dir, and returns their rules' ids by
// directory and description.
func idsByDir(t *testing.T, dir string) map[string]map[string]string {
	t.Helper()
	ids := map[string]map[string]string{}
	for _, p := range parseAll(t, dir) {
		ids[p.Dir] = map[string]string{}
		for _, r := range p.Rules() {
			ids[p.Dir][r.Description] = r.ID
		}
	}
	return ids
}

// parseAll parses all packages below dir, which have nothing worse than notes.
func parseAll(t *testing.T, dir string) []*model.Package {
	t.Helper()
	res, err := parse.Parse(context.Background(), parse.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics.Sorted() {
		if d.Severity != diag.Note {
			t.Fatalf("%s: %s [%s]", d.Pos, d.Message, d.Code)
		}
	}
	return res.Packages
}
