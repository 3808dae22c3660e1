package directive

import (
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
)

// This file accepts AWS's names and shapes: CloudFormation's TracingConfig:
// {Mode: Active} is the same as jobgen's tracing: Active. Nodes keep their offsets, so
// that findings inside AWS's shape have the right position.

// findProp returns the property with the given name. A key may be jobgen's or AWS's
// name, as written there, in snake_case or in kebab-case. inside lists the keys that
// AWS nests below that name, down to the value.
func findProp(props []Prop, key string) (p *Prop, inside []string) {
	for i := range props {
		if inside, ok := props[i].named(key); ok {
			return &props[i], inside
		}
	}
	return nil, nil
}

// named reports whether a key names the property. Any part of AWS's path but the last
// names it; the last part does only if it is the whole path.
func (p *Prop) named(key string) (inside []string, ok bool) {
	path := strings.Split(p.AWS, ".")
	for i, name := range path[:max(1, len(path)-1)] {
		if isName(key, name) {
			return path[i+1:], true
		}
	}
	return path[1:], strings.ReplaceAll(key, "-", "_") == p.Name
}

// isName reports whether a key is AWS's name in one of the accepted spellings.
func isName(key, name string) bool {
	return name != "" && (key == name || strings.ReplaceAll(key, "-", "_") == snakeCase(name))
}

// snakeCase returns Ruby Jets' spelling of an AWS name: memory_size for MemorySize.
func snakeCase(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// unwrap returns a property's value without AWS's shape around it. If the shape is
// wrong, it reports that and returns nil.
func (d *decoder) unwrap(p *Prop, n *Node, inside []string) *Node {
	for _, key := range inside {
		if n.Kind != Map || p.Kind == PropTextMap && !isWrapped(n, key) {
			break
		}
		wrapper := d.object(n, []Prop{{Name: key, AWS: key, Kind: PropJSON, Required: true, Example: p.Example}})
		if len(wrapper) == 0 {
			return nil
		}
		n = wrapper[0].Node
	}
	if p.AWSList && n.Kind == List {
		return d.unlisted(p, n)
	}
	return n
}

// isWrapped reports whether n is AWS's shape around a mapping of texts, and not the
// mapping of texts itself.
func isWrapped(n *Node, key string) bool {
	return len(n.Pairs) == 1 && isName(n.Pairs[0].Key.Text, key) && n.Pairs[0].Value.Kind == Map
}

// unlisted returns the value of a property that AWS writes as a list and jobgen
// doesn't.
func (d *decoder) unlisted(p *Prop, n *Node) *Node {
	switch {
	case p.Kind == PropTextMap:
		return d.entries(n)
	case len(n.Items) == 1:
		return n.Items[0]
	}
	d.report(diag.PropValue, n.Offset, "%s takes one value, but this list has %d: write `%s: %s`", p.Name, len(n.Items), p.Name, p.Example)
	return nil
}

// entryProps are the properties of an entry if AWS writes a mapping as a list, such as
// a tag (API_Tag).
var entryProps = []Prop{
	{Name: "key", AWS: "Key", Kind: PropText, Required: true, Example: "team"},
	{Name: "value", AWS: "Value", Kind: PropJSON, Required: true, Example: "security"},
}

// entries converts a list of keys and values to a mapping.
func (d *decoder) entries(n *Node) *Node {
	m := &Node{Kind: Map, Offset: n.Offset}
	for _, item := range n.Items {
		if item.Kind != Map {
			d.report(diag.ArgKind, item.Offset, "an entry is a mapping; this is %s: write `{Key: team, Value: security}`", item.Kind)
			continue
		}
		entry := d.object(item, entryProps)
		if key, value := entry.Get("key"), entry.Get("value"); key != nil && value != nil {
			m.Pairs = append(m.Pairs, Pair{key.Node, value.Node})
		}
	}
	if problems := duplicates(m); len(problems) > 0 {
		d.problems = slices.Concat(d.problems, problems)
		return nil
	}
	return m
}
