package parse

import (
	"encoding/json"
	"sort"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// source is a rule's pattern as JSON, with the place in the directives of each value and
// key: package pattern reads the JSON, and gives offsets in it.
type source struct {
	json    strings.Builder
	params  []string // that the pattern refers to
	offsets []int    // ascending
	places  []model.Pos
}

func sourceOf(v *model.Value) *source {
	s := &source{params: v.Params()}
	s.write(v)
	return s
}

// at gives the place of the value or key that holds an offset of the JSON.
func (s *source) at(offset int) model.Pos {
	return s.places[max(sort.SearchInts(s.offsets, offset+1)-1, 0)]
}

// found returns the text of the key or value that a problem is about, or "".
func (s *source) found(p pattern.Problem) string {
	var text string
	if json.Unmarshal([]byte(s.json.String()[p.Offset:max(p.Offset, p.End)]), &text) != nil {
		return ""
	}
	return text
}

func (s *source) mark(pos model.Pos) {
	s.offsets, s.places = append(s.offsets, s.json.Len()), append(s.places, pos)
}

func (s *source) write(v *model.Value) {
	s.mark(v.Pos)
	switch v.Kind {
	case model.String:
		s.json.WriteString(model.Quote(s.text(v.Text)))
	case model.List:
		s.json.WriteByte('[')
		for i, item := range v.List {
			s.comma(i)
			s.write(item)
		}
		s.json.WriteByte(']')
	case model.Object:
		s.json.WriteByte('{')
		for i, f := range v.Fields {
			s.comma(i)
			s.mark(f.Pos)
			s.json.WriteString(model.Quote(f.Key) + ":")
			s.write(f.Value)
		}
		s.json.WriteByte('}')
	default:
		s.json.WriteString(v.JSON(model.Text.String))
	}
}

func (s *source) comma(i int) {
	if i > 0 {
		s.json.WriteByte(',')
	}
}

// text gives a text as package pattern takes it: where the pattern refers to parameters,
// a literal ${ is written with another dollar sign.
func (s *source) text(t model.Text) string {
	if len(s.params) > 0 {
		return t.String()
	}
	text, _ := t.Plain()
	return text
}
