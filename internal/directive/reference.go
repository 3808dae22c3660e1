package directive

import (
	"fmt"
	"strings"
)

// DirectiveDoc describes a directive for people and programs.
type DirectiveDoc struct {
	Name       string        `json:"name"`
	On         string        `json:"on"`
	Summary    string        `json:"summary"`
	Example    string        `json:"example"`
	Properties []PropertyDoc `json:"properties"`
}

// PropertyDoc describes a property. The properties of an object follow it; their
// names are joined to its name with a dot. NAME in a name is one that the user chooses.
type PropertyDoc struct {
	Name       string `json:"name"`
	AWS        string `json:"aws,omitempty"` // AWS's name or path, which is accepted too
	Doc        string `json:"doc"`
	Takes      string `json:"takes"`
	Parameters bool   `json:"parameters"` // whether a quoted value may contain ${Name}
	Example    string `json:"example"`
}

// Reference returns the description of every directive.
func Reference() []DirectiveDoc {
	var docs []DirectiveDoc
	for _, s := range table {
		docs = append(docs, DirectiveDoc{
			Name: s.Name, On: s.On.String(), Summary: s.Summary, Example: s.Example,
			Properties: append([]PropertyDoc{}, propertyDocs("", s.Props)...),
		})
	}
	return docs
}

func propertyDocs(prefix string, props []Prop) []PropertyDoc {
	var docs []PropertyDoc
	for _, p := range props {
		docs = append(docs, PropertyDoc{
			Name: prefix + p.Name, AWS: p.AWS, Doc: p.Doc, Takes: p.takes(), Parameters: p.Params, Example: p.Name + ": " + p.Example,
		})
		inner := prefix + p.Name + "."
		if p.Kind == PropNamed {
			inner += "NAME."
		}
		docs = append(docs, propertyDocs(inner, p.Props)...)
	}
	return docs
}

// takes describes the values of a property.
func (p *Prop) takes() string {
	switch p.Kind {
	case PropInt:
		if len(p.Values) > 0 {
			return "one of " + strings.Join(p.Values, ", ")
		}
		return "a whole number" + p.bounds()
	case PropDuration:
		return fmt.Sprintf("a duration (%s) or a number of seconds, %d to %d s", p.Example, p.Min, p.Max)
	case PropEnum:
		return "one of " + strings.Join(p.Values, ", ")
	case PropEnums:
		return "a list of " + strings.Join(p.Values, ", ")
	case PropTexts:
		return fmt.Sprintf("a list of %d to %d: %s", p.Min, p.Max, p.MatchDoc)
	case PropTexts1:
		return "one, or a list: " + p.MatchDoc
	case PropTextMap:
		if p.Max > 0 {
			return fmt.Sprintf("a mapping of names to text, at most %d", p.Max)
		}
		return "a mapping of names to text"
	case PropNamed:
		return "a mapping of names (" + p.MatchDoc + ") to mappings"
	case PropWhen:
		return whenShape
	case PropObject:
		if p.Word != "" {
			return p.Word + ", or a mapping"
		}
		return "a mapping"
	case PropJSON:
		return "any JSON value"
	case PropBool:
		return "true or false"
	}
	return p.takesText()
}

func (p *Prop) takesText() string {
	switch {
	case p.MatchDoc != "":
		return p.MatchDoc
	case p.Max > 0:
		return fmt.Sprintf("text of at most %d characters", p.Max)
	}
	return "text"
}
