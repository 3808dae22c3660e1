package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// enumMark begins a reference to an enum of botocore among a field's values, such as
// @emr.ClusterState: the directory of the service's models, and the name of the shape.
// The values of an API's enum stay right with each refresh.
const enumMark = "@"

// enumTable holds the values of enums by reference, without the mark.
type enumTable map[string][]string

// add adds a model's enums. A later version of an API replaces an earlier one's.
func (t enumTable) add(service string, m serviceModel) {
	for name, shape := range m.Shapes {
		if len(shape.Enum) > 0 {
			t[service+"."+name] = shape.Enum
		}
	}
}

// only returns the enums that are referred to, or an error for a reference to none.
func (t enumTable) only(references []string) (enumTable, error) {
	used := make(enumTable)
	for _, ref := range references {
		if t[ref] == nil {
			return nil, fmt.Errorf("the values of a field refer to %s%s; there is no such enum", enumMark, ref)
		}
		used[ref] = t[ref]
	}
	return used, nil
}

// format gives each enum as a field with a closed set of values.
func (t enumTable) format() string {
	all := &schema.Field{Kind: schema.Object}
	for name, values := range t {
		all.Add(&schema.Field{Name: name, Kind: schema.String, Values: sortedUnique(values)})
	}
	return schema.FormatFields(all, 0)
}

// parseEnums reads what format writes.
func parseEnums(text string) (enumTable, error) {
	all, err := schema.ParseFields(text, 0)
	if err != nil {
		return nil, err
	}
	t := make(enumTable)
	for _, f := range all.Fields {
		t[f.Name] = f.Values
	}
	return t, nil
}

// references returns the enums that fields of sources refer to, sorted.
func references(sources []*schema.Source) []string {
	found := make(map[string]bool)
	eachField(sources, func(f *schema.Field) {
		for _, v := range f.Values {
			if ref, ok := strings.CutPrefix(v, enumMark); ok {
				found[ref] = true
			}
		}
	})
	return slices.Sorted(maps.Keys(found))
}

// resolve replaces references to enums by the values of these enums.
func (t enumTable) resolve(sources []*schema.Source) error {
	if _, err := t.only(references(sources)); err != nil {
		return err
	}
	eachField(sources, func(f *schema.Field) {
		var values []string
		for _, v := range f.Values {
			if ref, ok := strings.CutPrefix(v, enumMark); ok {
				values = append(values, t[ref]...)
			} else {
				values = append(values, v)
			}
		}
		f.Values = sortedUnique(values)
	})
	return nil
}

func sortedUnique(words []string) []string {
	words = slices.Clone(words)
	slices.Sort(words)
	return slices.Compact(words)
}
