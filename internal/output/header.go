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

// IsOurs reports whether a file has jobgen's header. That is a comment line with
// model.Header and nothing else, among the comments before anything else in the
// file: a licence may come before it. In JSON, which has no comments, it is the
// value of the field generatedBy.
func IsOurs(path string, data []byte) bool {
	text := withoutBOM(data)
	if extension(path) == ".json" {
		return isOursJSON(text)
	}
	return commentsOf(path).beginWith(string(text), model.Header)
}

// isBlank reports whether a file holds nothing but white space.
func isBlank(data []byte) bool { return len(bytes.TrimSpace(withoutBOM(data))) == 0 }

func withoutBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\uFEFF")) }

func extension(path string) string { return strings.ToLower(filepath.Ext(path)) }

// HeaderLine is the header as it is written in a file of this name.
func HeaderLine(path string) string {
	if extension(path) == ".json" {
		return strconv.Quote(generatedBy) + ": " + strconv.Quote(model.Header)
	}
	c := commentsOf(path)
	if len(c.line) == 0 {
		return c.block[0][0] + " " + model.Header + " " + c.block[0][1]
	}
	return c.line[0] + " " + model.Header
}

// comments describes the comments of a language.
type comments struct {
	line  []string    // what begins a comment that ends with its line
	block [][2]string // the beginning and the end of comments of several lines
	// before matches a line that has to come before any comment.
	before *regexp.Regexp
}

var (
	cBlock   = [2]string{"/*", "*/"}
	xmlBlock = [2]string{"<!--", "-->"}

	hash  = comments{line: []string{"#"}}
	slash = comments{line: []string{"//"}, block: [][2]string{cBlock}}
	hcl   = comments{line: []string{"#", "//"}, block: [][2]string{cBlock}}
	yml   = comments{line: []string{"#"}, before: regexp.MustCompile(`^(---|%(YAML|TAG) .*)$`)}
	xml   = comments{block: [][2]string{xmlBlock}, before: regexp.MustCompile(`^(<\?xml [^<>]*\?>|(?i:<!doctype [^<>]*>))$`)}
	ini   = comments{line: []string{";", "#"}}
	sql   = comments{line: []string{"--"}, block: [][2]string{cBlock}}
	other = comments{line: []string{"#", "//", ";", "--", "%"}, block: [][2]string{cBlock, xmlBlock}}
)

// languages are the comments by a file name's extension. Any other file may have
// comments of any kind.
var languages = map[string]comments{
	".go": slash, ".js": slash, ".mjs": slash, ".ts": slash, ".java": slash, ".kt": slash, ".cs": slash, ".bicep": slash,
	".tf": hcl, ".tfvars": hcl, ".hcl": hcl, ".jsonnet": hcl,
	".yaml": yml, ".yml": yml,
	".toml": hash, ".py": hash, ".sh": hash, ".rb": hash, ".properties": hash,
	".xml": xml, ".html": xml, ".svg": xml, ".md": xml,
	".ini": ini,
	".sql": sql, ".lua": sql, ".hs": sql,
}

func commentsOf(path string) comments {
	if c, ok := languages[extension(path)]; ok {
		return c
	}
	return other
}

// beginWith reports whether one of the comment lines at the top of the text is header.
func (c comments) beginWith(text, header string) bool {
	s := commentScanner{comments: c}
	for line := range strings.Lines(text) {
		comment, ok := s.next(strings.TrimSpace(line))
		if !ok {
			return false
		}
		if comment == header {
			return true
		}
	}
	return false
}

// commentScanner goes through the comments at the top of a file.
type commentScanner struct {
	comments
	line int
	end  string // the end of the block that the line is in
}

// next returns the text of the comment on a line, and false where the line is
// not a comment alone. A blank line is an empty comment.
func (s *commentScanner) next(line string) (string, bool) {
	s.line++
	if s.end == "" {
		if line == "" || s.comesBefore(line) {
			return "", true
		}
		if text, ok := s.cutLine(line); ok {
			return text, true
		}
		var ok bool
		if line, ok = s.enter(line); !ok {
			return "", false
		}
	}
	text, after, closed := strings.Cut(line, s.end)
	if closed {
		s.end = ""
	}
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(text), "*")), strings.TrimSpace(after) == ""
}

func (s *commentScanner) comesBefore(line string) bool {
	return s.line == 1 && strings.HasPrefix(line, "#!") || s.before != nil && s.before.MatchString(line)
}

// cutLine removes what makes a line a comment, which may be repeated: ## or ///.
func (s *commentScanner) cutLine(line string) (string, bool) {
	for _, prefix := range s.comments.line {
		if text, ok := strings.CutPrefix(line, prefix); ok {
			return strings.TrimSpace(strings.TrimLeft(text, prefix[len(prefix)-1:])), true
		}
	}
	return "", false
}

// enter removes the beginning of a block.
func (s *commentScanner) enter(line string) (string, bool) {
	for _, b := range s.block {
		if text, ok := strings.CutPrefix(line, b[0]); ok {
			s.end = b[1]
			return text, true
		}
	}
	return "", false
}

// generatedBy is the field of a JSON file that holds the header.
const generatedBy = "generatedBy"

// isOursJSON looks for the header in a JSON object. In a file that can't be read
// to its end, such as one with a merge conflict, the header must be the first
// field. An object with two such fields is not jobgen's.
func isOursJSON(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return false
	}
	var headers []string
	first := false // the first field is a header
	for i := 0; d.More(); i++ {
		key, value, err := decodeField(d)
		if err != nil {
			return first && onlyHeader(headers)
		}
		if key == generatedBy {
			headers = append(headers, value)
			first = first || i == 0
		}
	}
	_, err := d.Token()
	return onlyHeader(headers) && (first || err == nil)
}

// decodeField reads a field's name, and its value if that is a string.
func decodeField(d *json.Decoder) (key, value string, err error) {
	token, err := d.Token()
	if err != nil {
		return "", "", err
	}
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return "", "", err
	}
	key, _ = token.(string)
	if json.Unmarshal(raw, &value) != nil {
		value = ""
	}
	return key, value, nil
}

func onlyHeader(headers []string) bool { return len(headers) == 1 && headers[0] == model.Header }
