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

// tagJoiner adds the struct tags of the handlers' types to the patterns of rules.
type tagJoiner struct {
	types  *gotypes.FieldReader
	report diag.Reporter
	// malformed are the tags whose problems are reported, however many rules use them.
	malformed map[model.Pos]bool
}

// join adds the tags of the handler's type to a rule's pattern. A schedule uses no
// tags.
func (j *tagJoiner) join(r *rule, event types.Type) {
	t, prefix := decodedPart(r, event)
	if t == nil {
		return
	}
	tags, misplaced := j.types.Tags(t)
	for _, tag := range misplaced {
		r.StructTags = append(r.StructTags, tag.Key) // it has its finding
	}
	if r.form == timed {
		return
	}
	for _, tag := range tags {
		r.StructTags = append(r.StructTags, tag.Key)
		if r.value == nil {
			continue
		}
		if list := j.list(tag); list != nil {
			j.add(r, tag, append(slices.Clone(prefix), tag.Path...), list)
		}
	}
}

// list reads a tag's value: a match list, its brackets left out or not, or
// one alternative.
func (j *tagJoiner) list(tag gotypes.Tag) *model.Value {
	if strings.TrimSpace(tag.Raw) == "" {
		j.report.Report(diag.EmptyList, tag.Value.Pos, "the tag has no value, so nothing would match: write those that the field may have, such as jobs:\"a, b\"")
		return nil
	}
	n, problems := directive.Parse(tag.Raw, directive.WantListOrMap)
	if !j.malformed[tag.Key] {
		j.malformed[tag.Key] = len(problems) > 0
		reportProblems(tag.Value, problems, j.report)
	}
	if n == nil {
		return nil
	}
	v := valueOf(tag.Value, n, j.report)
	if v.Kind == model.List {
		return v
	}
	return &model.Value{Kind: model.List, Pos: v.Pos, List: []*model.Value{v}}
}

// add adds one tag's list to a pattern without conditions for the field. If the pattern
// has some, they must be the same, and in every branch of a $or.
func (j *tagJoiner) add(r *rule, tag gotypes.Tag, path []string, list *model.Value) {
	name := strings.Join(path, ".")
	have, everywhere := listsAt(r.value, name)
	for _, other := range have {
		if !sameList(other, list) {
			j.conflict(tag, other, "the tag of %s and the directive say different things of %s; say it in one place", tag.Field.Name(), name)
			return
		}
	}
	switch {
	case len(have) == 0:
		addAt(r.value, path, model.ValueField{Key: path[len(path)-1], Pos: tag.Value.Pos, Value: list}, j.report)
	case !everywhere:
		j.conflict(tag, have[len(have)-1], "the tag of %s is for all of the rule, and the directive says %s in one branch of its $or alone; say it in one place", tag.Field.Name(), name)
	}
}

func (j *tagJoiner) conflict(tag gotypes.Tag, have *model.Value, format string, args ...any) {
	first, second := have.Pos, tag.Value.Pos
	if first.Compare(second) > 0 {
		first, second = second, first
	}
	j.report.Add(diag.New(diag.TagConflict, second, format, args...).Relate(first, "the other is here"))
}

func sameList(a, b *model.Value) bool {
	return a.JSON(model.Text.String) == b.JSON(model.Text.String)
}
