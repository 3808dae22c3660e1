package parse

import (
	"go/types"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
)

// joinTags adds the tags of the handler's type to a rule's pattern.
func (p *packageParser) joinTags(r *rule, event types.Type) {
	t, prefix := sentType(r, event)
	if t == nil {
		return
	}
	for _, tag := range p.tagsOf(t) {
		p.useTag(r, tag)
		if r.tree == nil || r.form == timed {
			continue
		}
		if list := p.tagList(tag); list != nil {
			p.joinTag(r, tag, append(slices.Clone(prefix), tag.path...), list)
		}
	}
}

// useTag notes that a rule's handler takes the tagged type. A schedule's
// pattern can't be joined: the tag stays unused.
func (p *packageParser) useTag(r *rule, tag structTag) {
	if r.form == timed {
		return
	}
	p.usedTags[tag.key] = true
}

// tagList reads a tag's value: a match list, its brackets left out or not, or
// one alternative.
func (p *packageParser) tagList(tag structTag) *tree {
	if strings.TrimSpace(tag.raw) == "" {
		p.diags.Report(diag.EmptyList, tag.value.Pos, "the tag has no value, so nothing would match: write those that the field may have, such as jobs:\"a, b\"")
		return nil
	}
	n, problems := directive.Parse(tag.raw, directive.WantListOrMap)
	if !p.tagProblems[tag.key] { // once, however many rules take the type
		p.tagProblems[tag.key] = len(problems) > 0
		p.problems(tag.value, problems)
	}
	if n == nil {
		return nil
	}
	t := p.treeOf(tag.value, n)
	if t.kind == directive.List {
		return t
	}
	return &tree{kind: directive.List, pos: t.pos, items: []*tree{t}}
}

// joinTag adds one tag's list, unless the pattern says something of the field
// already. What stands in a branch of a $or would replace what the tag says,
// so there too only the same will do, in every branch.
func (p *packageParser) joinTag(r *rule, tag structTag, path []string, list *tree) {
	name := strings.Join(path, ".")
	var said *tree
	inAll := true
	for _, w := range ways(r.tree) {
		have := w.list(name)
		switch {
		case have == nil:
			inAll = false
		case !sameList(have, list):
			p.tagConflict(tag, have, "the tag of %s and the directive say different things of %s; say it in one place", tag.field.Name(), name)
			return
		default:
			said = have
		}
	}
	switch {
	case said == nil:
		r.tree.add(path, &treeField{key: path[len(path)-1], pos: tag.value.Pos, value: list}, p.diags)
	case !inAll:
		p.tagConflict(tag, said, "the tag of %s is for all of the rule, and the directive says %s in one branch of its $or alone; say it in one place", tag.field.Name(), name)
	}
}

func (p *packageParser) tagConflict(tag structTag, have *tree, format string, args ...any) {
	p.diags.Add(diag.New(diag.TagConflict, later(have.pos, tag.value.Pos), format, args...).
		Relate(earlier(have.pos, tag.value.Pos), "the other is here"))
}

func sameList(a, b *tree) bool {
	text := func(t *tree) string { return t.value().JSON(model.Text.String) }
	return text(a) == text(b)
}

// later returns the later of two places: a conflict of two stands there.
func later(a, b model.Pos) model.Pos {
	if before(a, b) {
		return b
	}
	return a
}

func earlier(a, b model.Pos) model.Pos {
	if before(a, b) {
		return a
	}
	return b
}

func before(a, b model.Pos) bool {
	if a.File != b.File {
		return a.File < b.File
	}
	return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
}
