package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// page is README.md or a page in docs.
type page struct {
	path   string // relative to the repository's root, with slashes
	text   string
	module string // the folder of a page about a user's module, or ""
	blocks []block
}

// block is a fenced block of a page.
type block struct {
	language string // sh, go, text, …
	text     string
	line     int    // of the fence
	heading  string // the heading of its section
	named    string // the file name at the end of its introduction, or ""
	excerpt  string // the target of the link at the end of its introduction, or ""
	hidden   bool   // it is in a comment
	after    int    // the number of lines of prose between the block before and this one
}

var (
	fileName    = regexp.MustCompile("`([^` ]+)`:$")
	linkAtEnd   = regexp.MustCompile("\\[`[^`]+`\\]\\(([^):]+)\\):$")
	comment     = regexp.MustCompile(`^<!-- sh: (.*) -->$`)
	moduleTitle = regexp.MustCompile(`^<!-- module: ([a-z0-9-]+) -->\n`)
)

// written returns the paths of README.md and of the pages that people write.
func written() ([]string, error) {
	pages, err := filepath.Glob("docs/*.md")
	return append([]string{readme}, pages...), err
}

func readPage(path string) (page, error) {
	text, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		return page{}, err
	}
	return page{
		path: path, text: string(text), module: submatch(moduleTitle, string(text)), blocks: blocks(string(text)),
	}, nil
}

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
			open = &block{
				language: fence, line: i + 1, heading: heading, after: distance,
				named: submatch(fileName, prose), excerpt: submatch(linkAtEnd, prose),
			}
		case comment.MatchString(line):
			all = append(all, block{language: "sh", text: submatch(comment, line) + "\n", line: i + 1, heading: heading, hidden: true})
			prose, distance = "", 0
		case strings.HasPrefix(line, "#"):
			heading, prose, distance = line, "", distance+1
		case line != "":
			prose, distance = line, distance+1
		}
	}
	return all
}

// submatch returns the text that the expression's group matches, or "".
func submatch(expression *regexp.Regexp, line string) string {
	if m := expression.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}

// introduction is the maximum number of lines between commands and their output.
const introduction = 3

// shown returns the output of a block that the page shows. This is the text of the next block,
// if that is a text block in the same section with a short introduction.
func (p page) shown(i int) (string, bool) {
	if i+1 >= len(p.blocks) || p.blocks[i].language != "sh" {
		return "", false
	}
	next := p.blocks[i+1]
	return next.text, next.language == "text" && next.heading == p.blocks[i].heading && next.after <= introduction
}
