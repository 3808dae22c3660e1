package parse

import (
	"go/types"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/model"
)

// joinTags adds the tags of the handler's type to a rule's pattern.
func (p *packageParser) joinTags(r *rule, event types.Type) {
	t, prefix := sentType(r, event)
	if t == nil {
		return
	}
	tags, misplaced := p.structTags.Tags(t)
	for _, tag := range misplaced {
		p.usedTags[tag.Key] = true // that it is unused is no second finding
	}
	for _, tag := range tags {
		p.useTag(r, tag)
		if r.value == nil || r.form == timed {
			continue
		}
		if list := p.tagList(tag); list != nil {
			p.joinTag(r, tag, append(slices.Clone(prefix), tag.Path...), list)
		}
	}
}

// useTag notes that a rule's handler takes the tagged type. A schedule's
// pattern can't be joined: the tag stays unused.
func (p *packageParser) useTag(r *rule, tag gotypes.Tag) {
	if r.form == timed {
		return
	}
	p.usedTags[tag.Key] = true
}

// tagList reads a tag's value: a match list, its brackets left out or not, or
// one alternative.
func (p *packageParser) tagList(tag gotypes.Tag) *model.Value {
	if strings.TrimSpace(tag.Raw) == "" {
		p.diags.Report(diag.EmptyList, tag.Value.Pos, "the tag has no value, so nothing would match: write those that the field may have, such as jobs:\"a, b\"")
		return nil
	}
	n, problems := directive.Parse(tag.Raw, directive.WantListOrMap)
	if !p.tagProblems[tag.Key] { // once, however many rules take the type
		p.tagProblems[tag.Key] = len(problems) > 0
		p.problems(tag.Value, problems)
	}
	if n == nil {
		return nil
	}
	v := p.valueOf(tag.Value, n)
	if v.Kind == model.List {
		return v
	}
	return &model.Value{Kind: model.List, Pos: v.Pos, List: []*model.Value{v}}
}

// joinTag adds one tag's list, unless the pattern says something of the field
// already. What stands in a branch of a $or would replace what the tag says,
// so there too only the same will do, in every branch.
func (p *packageParser) joinTag(r *rule, tag gotypes.Tag, path []string, list *model.Value) {
	name := strings.Join(path, ".")
	have, everywhere := listsAt(r.value, name)
	for _, other := range have {
		if !sameList(other, list) {
			p.tagConflict(tag, other, "the tag of %s and the directive say different things of %s; say it in one place", tag.Field.Name(), name)
			return
		}
	}
	switch {
	case len(have) == 0:
		addAt(r.value, path, model.ValueField{Key: path[len(path)-1], Pos: tag.Value.Pos, Value: list}, p.diags)
	case !everywhere:
		p.tagConflict(tag, have[len(have)-1], "the tag of %s is for all of the rule, and the directive says %s in one branch of its $or alone; say it in one place", tag.Field.Name(), name)
	}
}

func (p *packageParser) tagConflict(tag gotypes.Tag, have *model.Value, format string, args ...any) {
	p.diags.Add(diag.New(diag.TagConflict, later(have.Pos, tag.Value.Pos), format, args...).
		Relate(earlier(have.Pos, tag.Value.Pos), "the other is here"))
}

func sameList(a, b *model.Value) bool {
	return a.JSON(model.Text.String) == b.JSON(model.Text.String)
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
