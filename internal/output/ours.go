package output

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

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
	return hasLine(data, isHeader)
}

// hasLine reports whether one of the lines in which the header may stand is one.
func hasLine(data []byte, is func(line string) bool) bool {
	for range headerLines {
		line, rest, more := bytes.Cut(data, []byte("\n"))
		if is(string(line)) {
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

// jsonHeader is the field that stands for a header in JSON, on a line of a file
// that can't be read as JSON.
var jsonHeader = regexp.MustCompile(`^\s*\{?\s*"generatedBy"\s*:\s*"` + regexp.QuoteMeta(model.Header))

// isOursJSON looks at the field that stands for a header in JSON, which has no
// comments.
func isOursJSON(data []byte) bool {
	if !json.Valid(data) {
		return hasLine(data, jsonHeader.MatchString)
	}
	var file struct {
		GeneratedBy string `json:"generatedBy"`
	}
	if json.Unmarshal(data, &file) != nil {
		return false
	}
	return strings.Contains(file.GeneratedBy, model.Header) || strings.HasPrefix(file.GeneratedBy, "jobgen")
}
