package diag

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// Fix is a change of the source at a finding's position: the text Old becomes New. Both are
// without quotes.
type Fix struct {
	Old, New string
	// Verbatim reports whether New is written as it is, and not as a value of a directive, which
	// may need quotes.
	Verbatim bool
	// Back is the number of bytes from the beginning of Old to the finding's position.
	Back int
	// RemovesLine reports whether the line goes. Then there are no texts.
	RemovesLine bool
}

// Replace returns d with a fix that writes another value.
func (d Diagnostic) Replace(old, new string) Diagnostic {
	if old != "" && new != "" {
		d.Fix = Fix{Old: old, New: new}
	}
	return d
}

// Rewrite returns d with a fix that changes text which is not a value, such as a directive's
// name or a schedule. The text begins back bytes before the finding's position.
func (d Diagnostic) Rewrite(back int, old, new string) Diagnostic {
	if old != "" && new != "" && back >= 0 {
		d.Fix = Fix{Old: old, New: new, Verbatim: true, Back: back}
	}
	return d
}

// RemoveLine returns d with a fix that removes the line of the finding.
func (d Diagnostic) RemoveLine() Diagnostic {
	d.Fix = Fix{RemovesLine: true}
	return d
}

// Edit replaces the bytes from Offset to End of a file.
type Edit struct {
	Offset, End int
	Text        string
}

// Edit returns the edit of a finding's fix in the file of its position. It returns false if
// there is no fix, or if the file has another text there: the text can be written with escapes,
// or the position is that of something around it.
func (d Diagnostic) Edit(source []byte) (Edit, bool) {
	offset, ok := offsetOf(source, d.Pos)
	offset -= d.Fix.Back
	switch {
	case !ok || offset < 0:
		return Edit{}, false
	case d.Fix.RemovesLine:
		return wholeLine(source, offset), true
	case d.Fix.Old == "":
		return Edit{}, false
	case d.Fix.Verbatim:
		end := offset + len(d.Fix.Old)
		return Edit{offset, end, d.Fix.New}, bytes.HasPrefix(source[offset:], []byte(d.Fix.Old))
	}
	return d.Fix.value(source, offset)
}

// value returns the edit for a value of a directive, which may be between quotes.
func (f Fix) value(source []byte, offset int) (Edit, bool) {
	quote := byte(0)
	if c := source[offset]; strings.IndexByte("\"'`", c) >= 0 && c != f.Old[0] {
		quote = c
		offset++
	}
	if !startsWith(source[offset:], f.Old, quote) {
		step, ok := stepOf(source[offset:], f.Old)
		return Edit{offset + step, offset + step + len(f.Old), f.New}, ok
	}
	text, ok := written(f.New, quote)
	return Edit{offset, offset + len(f.Old), text}, ok
}

// startsWith reports whether the source starts with a text that is not the beginning of a
// longer word.
func startsWith(source []byte, text string, quote byte) bool {
	rest, ok := bytes.CutPrefix(source, []byte(text))
	if !ok || len(rest) == 0 {
		return ok && quote == 0
	}
	return rest[0] == quote && quote != 0 || !isWord(rest[0])
}

// stepOf returns the offset of a field's name in the path at the beginning of the source. It
// returns false if the path doesn't have the name once.
func stepOf(source []byte, name string) (int, bool) {
	end := bytes.IndexFunc(source, func(r rune) bool { return r != '.' && r != '$' && (r > 0x7f || !isWord(byte(r))) })
	path := string(source[:max(end, 0)])
	at, found := 0, -1
	for step := range strings.SplitSeq(path, ".") {
		switch {
		case step != name:
		case found >= 0:
			return 0, false
		default:
			found = at
		}
		at += len(step) + len(".")
	}
	return found, found >= 0
}

// isWord reports whether a byte can be inside a word.
func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c >= 0x80
}

// wholeLine returns the edit that removes the line with an offset.
func wholeLine(source []byte, offset int) Edit {
	begin, end := bytes.LastIndexByte(source[:offset], '\n')+1, len(source)
	if i := bytes.IndexByte(source[offset:], '\n'); i >= 0 {
		end = offset + i + 1
	}
	return Edit{begin, end, ""}
}

// offsetOf returns the offset of a position in a file, whose columns are bytes.
func offsetOf(source []byte, pos model.Pos) (int, bool) {
	offset := 0
	for range pos.Line - 1 {
		end := bytes.IndexByte(source[offset:], '\n')
		if end < 0 {
			return 0, false
		}
		offset += end + 1
	}
	line, _, _ := bytes.Cut(source[offset:], []byte("\n"))
	if pos.Line < 1 || pos.Column < 1 || pos.Column > len(line) {
		return 0, false
	}
	return offset + pos.Column - 1, true
}

// written returns a text as it is written between quotes or, where there are none, as a value of
// a directive. It returns false if the text needs escapes.
func written(text string, quote byte) (string, bool) {
	switch {
	case strings.ContainsAny(text, "\"'`\\") || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }):
		return "", false
	case quote != 0 || !needsQuotes(text):
		return text, true
	}
	return `"` + text + `"`, true
}

// needsQuotes reports whether YAML reads a text without quotes as something else.
func needsQuotes(text string) bool {
	return strings.ContainsAny(text, ",[]{}#&*!|>%@") || strings.Contains(text, ": ") || strings.HasSuffix(text, ":") ||
		strings.TrimSpace(text) != text || json.Valid([]byte(text))
}
