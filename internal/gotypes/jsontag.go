package gotypes

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// jsonTag is what encoding/json reads from a field's tag.
type jsonTag struct {
	name    string // empty where the tag gives none
	ignored bool   // the tag is "-"
	quoted  bool   // option string: the value is JSON text in a string
	// The options below exist since Go 1.27 only.
	embed  bool // option embed: the field's members are the struct's
	strict bool // option case:strict: the letter case of keys counts
	format bool // option format: encoding/json refuses the struct
}

// classicTag reads a tag as encoding/json does up to Go 1.26, and later with
// GOEXPERIMENT=nojsonv2.
func classicTag(tag string) jsonTag {
	if tag == "-" {
		return jsonTag{ignored: true}
	}
	name, options, _ := strings.Cut(tag, ",")
	if !isClassicName(name) {
		name = ""
	}
	return jsonTag{name: name, quoted: slices.Contains(strings.Split(options, ","), "string")}
}

// isClassicName reports whether the older encoding/json takes a name from a tag.
// It ignores names with quotes, backslashes, control characters or symbols.
func isClassicName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// modernTag reads a tag as encoding/json does since Go 1.27: see parseFieldOptions
// in encoding/json/v2/fields.go. The first version's options let it pass over what
// is malformed.
func modernTag(tag string) jsonTag {
	if tag == "-" {
		return jsonTag{ignored: true}
	}
	var t jsonTag
	if !strings.HasPrefix(tag, ",") {
		t.name, tag = modernName(tag)
	}
	ignoreCase := false
	for tag != "" {
		var option, value string
		option, tag = cutOption(strings.TrimPrefix(tag, ","))
		if after, ok := strings.CutPrefix(tag, ":"); ok && (option == "case" || option == "format") {
			value, tag = cutValue(after, option == "format")
		}
		switch option {
		case "string":
			t.quoted = true
		case "embed":
			t.embed = true
		case "case":
			t.strict = t.strict || value == "strict"
			ignoreCase = ignoreCase || value == "ignore"
		case "format":
			t.format = t.format || value != ""
		}
	}
	t.strict = t.strict && !ignoreCase
	return t
}

// modernName cuts the name from a tag. It ends at a comma; where a quote or a
// backslash comes first, only a leading identifier counts as the name.
func modernName(tag string) (name, rest string) {
	n := strings.IndexAny(tag, ",\\'\"`")
	if n < 0 {
		n = len(tag)
	}
	if n < len(tag) && tag[n] != ',' {
		name, rest = cutOption(tag)
		if !isIdentifier(name) {
			name = ""
		}
		return name, rest
	}
	return string([]rune(tag[:n])), tag[n:] // each byte that isn't UTF-8 becomes U+FFFD
}

// cutOption cuts an identifier from a tag, or all up to the next comma where there
// is none.
func cutOption(tag string) (option, rest string) {
	n := strings.IndexByte(tag, ',')
	if n < 0 {
		n = len(tag)
	}
	if r, _ := utf8.DecodeRuneInString(tag); r == '_' || unicode.IsLetter(r) {
		n = len(tag) - len(strings.TrimLeftFunc(tag, isOptionRune))
	}
	return tag[:n], tag[n:]
}

// isIdentifier reports whether an option that cutOption cut is an identifier.
func isIdentifier(option string) bool {
	r, _ := utf8.DecodeRuneInString(option)
	return r == '_' || unicode.IsLetter(r)
}

func isOptionRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// cutValue cuts an option's value, which is an identifier or, where quotes are
// allowed, a text in single quotes. One that is malformed or empty stays: it is
// read as the next option then.
func cutValue(tag string, quotes bool) (value, rest string) {
	if quotes && strings.HasPrefix(tag, "'") {
		return cutQuoted(tag)
	}
	value, rest = cutOption(tag)
	if !isIdentifier(value) {
		return "", tag
	}
	return value, rest
}

// cutQuoted cuts a text in single quotes, with the escapes of a Go string.
func cutQuoted(tag string) (value, rest string) {
	text := []byte{'"'}
	for i := 1; i < len(tag); i++ {
		switch c := tag[i]; {
		case c == '\\' && i+1 < len(tag):
			if i++; tag[i] != '\'' {
				text = append(text, c)
			}
			text = append(text, tag[i])
		case c == '"':
			text = append(text, '\\', c)
		case c == '\'':
			value, err := strconv.Unquote(string(append(text, '"')))
			if err != nil || value == "" {
				return "", tag
			}
			return value, tag[i+1:]
		default:
			text = append(text, c)
		}
	}
	return "", tag
}
