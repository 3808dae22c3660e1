package output

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"

	"go.yaml.in/yaml/v4"
)

// signs are what someone's work in a file shows itself by, whether or not the
// file can be read as what its name says: amid an edit it can't. They are looked
// for in the text, because a parser gives up at the slip, and all that follows
// would count for nothing; and they say yes too often rather than too seldom. A
// comment is someone's work as well.
var signs = map[string]*regexp.Regexp{
	// A declaration with a name, a receiver or a group.
	".go": regexp.MustCompile(`\b(func|type|var|const)[ \t]+[\pL_(]|//|/\*`),
	// A key, or a list that was begun with something.
	".json": regexp.MustCompile(`["'\pL\pN_][ \t]*:|\[\s*[^\s\[\]{}]|//|/\*`),
	// The same, and a list of lines.
	".yaml": yamlSigns,
	".yml":  yamlSigns,
	// An attribute, or a block with its type or labels. A file of Terraform's
	// has nothing besides, so one without is none, and needs no parser, which in
	// HCL's case would know no limit to nesting.
	".tf": regexp.MustCompile(`["\pL\pN_-][ \t]*[={]|#|//|/\*`),
}

var yamlSigns = regexp.MustCompile(`["'\pL\pN_}\])][ \t]*:(\s|$)|\[\s*[^\s\[\]{}]|(?m:^[ \t]*-[ \t]+[^\s-])|#`)

// isGarbage reports whether a file holds nothing that anyone could miss: it is
// empty, or isn't what its name says and shows no sign of someone's work. Of a
// kind that isn't known here only an empty file is.
func isGarbage(path string, data []byte) bool {
	if len(bytes.TrimSpace(data)) == 0 {
		return true
	}
	kind := filepath.Ext(path)
	work, known := signs[kind]
	if !known || work.Match(legible(data)) {
		return false
	}
	switch kind {
	case ".go":
		return isBadGo(data)
	case ".json":
		return isBadJSON(data)
	case ".tf":
		return true
	}
	return isBadYAML(data)
}

// legible makes ASCII of a text in UTF-16, which some editors and shells write.
func legible(data []byte) []byte { return bytes.ReplaceAll(data, []byte{0}, nil) }

func isBadGo(data []byte) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", data, parser.SkipObjectResolution)
	return err != nil
}

// isBadJSON also counts a lone word or number: that is no file of anyone's.
func isBadJSON(data []byte) bool {
	first := bytes.TrimSpace(data)[0]
	return !json.Valid(data) || first != '{' && first != '['
}

// isBadYAML counts what has neither a mapping nor a list: nearly any text is one
// long YAML string.
func isBadYAML(data []byte) bool {
	var docs []yaml.Node
	if err := yaml.Load(data, &docs, yaml.WithAllDocuments()); err != nil {
		return true
	}
	for i := range docs {
		if root := rootOf(&docs[i]); root == nil || root.Kind != yaml.ScalarNode {
			return false
		}
	}
	return len(docs) > 0
}

// rootOf is a document's value; nil, where it has none.
func rootOf(doc *yaml.Node) *yaml.Node {
	if len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}
