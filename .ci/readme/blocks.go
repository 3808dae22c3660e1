package main

import (
	"regexp"
	"strings"
)

// block is a fenced block of README.
type block struct {
	language string // sh, go, text, …
	text     string
	line     int    // of the fence
	heading  string // that it is under, of the second level
	named    string // the file that its introduction ends with, or ""
	hidden   bool   // a comment, which readers don't see
	after    int    // how many lines of prose are between it and the block above
}

var (
	fileName = regexp.MustCompile("`([^` ]+)`:$")
	comment  = regexp.MustCompile(`^<!-- sh: (.*) -->$`)
)

// blocks returns the fenced blocks and the hidden commands in order.
func blocks(text string) []block {
	var all []block
	var heading, prose string
	var open *block
	distance := 0
	for i, line := range strings.Split(text, "\n") {
		fence, isFence := strings.CutPrefix(line, "```")
		switch {
		case open != nil && isFence:
			all = append(all, *open)
			open, prose, distance = nil, "", 0
		case open != nil:
			open.text += line + "\n"
		case isFence:
			open = &block{language: fence, line: i + 1, heading: heading, named: submatch(fileName, prose), after: distance}
		case comment.MatchString(line):
			all = append(all, block{language: "sh", text: submatch(comment, line) + "\n", line: i + 1, heading: heading, hidden: true})
			prose, distance = "", 0
		case strings.HasPrefix(line, "## "):
			heading, prose, distance = line[len("## "):], "", distance+1
		case line != "":
			prose, distance = line, distance+1
		}
	}
	return all
}

// submatch returns what the expression's group matches, or "".
func submatch(expression *regexp.Regexp, line string) string {
	if m := expression.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}

// introduction is how many lines may be between commands and what they print.
const introduction = 3

// shown returns what a block is said to print: the text block behind it in the
// same section, with a line or two in between at most.
func shown(all []block, i int) (string, bool) {
	if i+1 >= len(all) || all[i].language != "sh" {
		return "", false
	}
	next := all[i+1]
	return next.text, next.language == "text" && next.heading == all[i].heading && next.after <= introduction
}
