package output

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// template is what CloudChanges compares of a CloudFormation template, or of the file for a
// Serverless service, which contains most of a template.
type template struct {
	order      []string // the resources' logical ids, in their order
	resources  map[string]resource
	parameters []string
	needs      []string // the parameters without a default
}

// resource is a resource of a template. Its values are in canonical form, so that order,
// style and comments make no difference.
type resource struct {
	id, kind   string
	properties map[string]string
	attributes map[string]string // DependsOn, DeletionPolicy…
	// key is the name of a function in a file for Serverless, from which its logical id is made.
	key string
}

// readTemplate reads a template; an empty one has no resources. It reports
// whether the text could be read as one.
func readTemplate(data []byte) (template, bool) {
	t := template{resources: map[string]resource{}}
	if len(bytes.TrimSpace(data)) == 0 {
		return t, true
	}
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		return t, false
	}
	root := rootOf(&doc)
	if part := field(root, "resources"); part != nil {
		t.addServerless(field(root, "functions"), field(part, "extensions"))
		root = part
	}
	resources := field(root, "Resources")
	if resources == nil || resources.Kind != yaml.MappingNode {
		return t, false
	}
	for id, node := range pairs(resources) {
		r := readResource(id, node)
		if r.kind == "" {
			return template{resources: map[string]resource{}}, false
		}
		t.order = append(t.order, id)
		t.resources[id] = r
	}
	for name, parameter := range pairs(field(root, "Parameters")) {
		t.parameters = append(t.parameters, name)
		if value := field(parameter, "Default"); value == nil || value.Value == "${param:"+name+"}" {
			t.needs = append(t.needs, name)
		}
	}
	return t, true
}

func readResource(id string, node *yaml.Node) resource {
	r := resource{id: id, properties: map[string]string{}, attributes: map[string]string{}}
	for key, value := range pairs(node) {
		switch key {
		case "Type":
			r.kind = value.Value
		case "Properties":
			for name, v := range pairs(value) {
				r.properties[name] = canonical(v)
			}
		default:
			r.attributes[key] = canonical(value)
		}
	}
	return r
}

// pairs returns an iterator over a mapping; any other node has no pairs.
func pairs(node *yaml.Node) func(yield func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) {
		if node == nil || node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(node.Content[i].Value, node.Content[i+1]) {
				return
			}
		}
	}
}

func field(node *yaml.Node, key string) *yaml.Node {
	for k, v := range pairs(node) {
		if k == key {
			return v
		}
	}
	return nil
}

// canonical writes a value so that equal values have equal text: the keys of a mapping
// are sorted, strings are plain where that is clear, and a tag such as !Ref is before its
// value. Aliases are not followed.
func canonical(node *yaml.Node) string {
	tag := ""
	if strings.HasPrefix(node.Tag, "!") && !strings.HasPrefix(node.Tag, "!!") {
		tag = node.Tag + " "
	}
	switch node.Kind {
	case yaml.MappingNode:
		var fields []string
		for key, value := range pairs(node) {
			fields = append(fields, quoteUnclear(key)+": "+canonical(value))
		}
		slices.Sort(fields)
		return tag + "{" + strings.Join(fields, ", ") + "}"
	case yaml.SequenceNode:
		items := make([]string, len(node.Content))
		for i, item := range node.Content {
			items[i] = canonical(item)
		}
		return tag + "[" + strings.Join(items, ", ") + "]"
	case yaml.AliasNode:
		return "*" + node.Value
	}
	return tag + quoteUnclear(node.Value)
}

// quoteUnclear quotes a scalar that could be taken for more than one.
func quoteUnclear(s string) string {
	if s == "" || strings.ContainsAny(s, "{}[],\"\n*!") || strings.Contains(s, ": ") || strings.TrimSpace(s) != s {
		return strconv.Quote(s)
	}
	return s
}

// rootOf is a document's value, or nil where it has none.
func rootOf(doc *yaml.Node) *yaml.Node {
	if len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}
