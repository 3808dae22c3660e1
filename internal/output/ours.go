package output

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclparse"
	"go.yaml.in/yaml/v4"

	"github.com/jobgen/jobgen/internal/model"
)

// headerLines is how far down the header may stand: a user's own template may
// begin with a licence.
const headerLines = 20

// headerLine is the header as it stands in a file of this name.
func headerLine(path string) string {
	switch filepath.Ext(path) {
	case ".go":
		return "// " + model.Header
	case ".json":
		return strconv.Quote("generatedBy") + ": " + strconv.Quote(model.Header)
	}
	return "# " + model.Header
}

// IsOurs reports whether a file has jobgen's header.
func IsOurs(path string, data []byte) bool {
	if filepath.Ext(path) == ".json" {
		return isOursJSON(data)
	}
	for range headerLines {
		line, rest, more := bytes.Cut(data, []byte("\n"))
		if isHeader(string(line)) {
			return true
		}
		if !more {
			return false
		}
		data = rest
	}
	return false
}

// isHeader reports whether a line is a comment, in any of the languages that
// have them, with the header and nothing before it.
func isHeader(line string) bool {
	comment := strings.TrimLeft(line, " \t#/*;<!-")
	return comment != line && strings.HasPrefix(comment, model.Header)
}

// isOursJSON looks at the field that stands for a header in JSON, which has no
// comments.
func isOursJSON(data []byte) bool {
	var file struct {
		GeneratedBy string `json:"generatedBy"`
	}
	if json.Unmarshal(data, &file) != nil {
		return false
	}
	return strings.Contains(file.GeneratedBy, model.Header) || strings.HasPrefix(file.GeneratedBy, "jobgen")
}

// isGarbage reports whether a file holds nothing that anyone could miss: it is
// empty, or isn't what its name says. Of a kind that isn't known here only an
// empty file is.
func isGarbage(path string, data []byte) bool {
	if len(bytes.TrimSpace(data)) == 0 {
		return true
	}
	switch filepath.Ext(path) {
	case ".go":
		return isBadGo(data)
	case ".json":
		return isBadJSON(data)
	case ".yaml", ".yml":
		return isBadYAML(data)
	case ".tf":
		return isBadTerraform(path, data)
	}
	return false
}

func isBadGo(data []byte) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", data, parser.SkipObjectResolution)
	return err != nil
}

// mostTerraform is how much of a language whose parser has no limit to nesting is
// parsed, in bytes: some 100,000 brackets end the process.
const mostTerraform = 16 << 10

func isBadTerraform(path string, data []byte) bool {
	if len(data) > mostTerraform {
		return false
	}
	_, diags := hclparse.NewParser().ParseHCL(data, path)
	return diags.HasErrors()
}

// isBadJSON also counts a lone word or number: that is no file of anyone's.
func isBadJSON(data []byte) bool {
	first := bytes.TrimSpace(data)[0]
	return !json.Valid(data) || first != '{' && first != '['
}

// isBadYAML counts what has neither a mapping nor a list: nearly any text is one
// long YAML string. A file of comments alone is someone's.
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
