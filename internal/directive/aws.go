package directive

import (
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
)

// AWS's names and shapes: CloudFormation writes TracingConfig: {Mode: Active}
// where jobgen has tracing: Active. Both are understood, and nodes keep their
// places, so that what is wrong inside AWS's shape is told where it stands.

// findProp finds a property by its name or by AWS's, in their own spelling, in
// snake_case or in kebab-case. With it come the keys that AWS puts around the
// value inside of that one.
func findProp(props []Prop, key string) (p *Prop, inside []string) {
	for i := range props {
		if inside, ok := props[i].named(key); ok {
			return &props[i], inside
		}
	}
	return nil, nil
}

// named reports whether a key names the property. Of AWS's path the last part
// is the value's own key, which names it only where it stands alone.
func (p *Prop) named(key string) (inside []string, ok bool) {
	path := strings.Split(p.AWS, ".")
	for i, name := range path[:max(1, len(path)-1)] {
		if isName(key, name) {
			return path[i+1:], true
		}
	}
	return path[1:], strings.ReplaceAll(key, "-", "_") == p.Name
}

// isName reports whether a key is AWS's name, in any spelling.
func isName(key, name string) bool {
	return name != "" && (key == name || strings.ReplaceAll(key, "-", "_") == snakeCase(name))
}

// snakeCase spells AWS's names as Jets does: memory_size for MemorySize.
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

// plainly gives a property's value without AWS's shape around it, nil if that
// shape is wrong, which is reported.
func (d *decoder) plainly(p *Prop, n *Node, inside []string) *Node {
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

// isWrapped reports whether a mapping is AWS's shape of a mapping of texts, and
// no such mapping itself.
func isWrapped(n *Node, key string) bool {
	return len(n.Pairs) == 1 && isName(n.Pairs[0].Key.Text, key) && n.Pairs[0].Value.Kind == Map
}

// unlisted reads a list that AWS has where jobgen has none.
func (d *decoder) unlisted(p *Prop, n *Node) *Node {
	switch {
	case p.Kind == PropTextMap:
		return d.entries(n)
	case len(n.Items) == 1:
		return n.Items[0]
	}
	d.report(diag.PropValue, n.Offset, "%s takes one value, and this list has %d: write `%s: %s`", p.Name, len(n.Items), p.Name, p.Example)
	return nil
}

// entryProps are what AWS writes of each entry where a mapping is a list: a tag
// (API_Tag).
var entryProps = []Prop{
	{Name: "key", AWS: "Key", Kind: PropText, Required: true, Example: "team"},
	{Name: "value", AWS: "Value", Kind: PropJSON, Required: true, Example: "security"},
}

// entries makes a mapping of a list of keys and values.
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
	if twice := duplicates(m); len(twice) > 0 {
		d.problems = slices.Concat(d.problems, twice)
		return nil
	}
	return m
}
