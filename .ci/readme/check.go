package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// The maximum numbers of lines of README.md and of a page.
const (
	readmeLines = 150
	pageLines   = 200
)

// check returns all errors in the sizes of pages, in links, in limits and in Go blocks.
func check() error {
	paths, err := written()
	if err != nil {
		return err
	}
	var pages []page
	var problems []error
	for _, path := range paths {
		p, err := readPage(filepath.ToSlash(path))
		if err != nil {
			return err
		}
		pages = append(pages, p)
		limit := pageLines
		if path == readme {
			limit = readmeLines
		}
		if n := strings.Count(p.text, "\n"); n > limit {
			problems = append(problems, fmt.Errorf("%s has %d lines; the limit is %d", path, n, limit))
		}
	}
	return errors.Join(append(problems, checkLinks(), checkExcerpts(pages), checkExamples(pages), checkLimits(pages), checkGo(pages))...)
}

// checkExcerpts returns an error for each block that is not a part of the file to which the link
// at the end of its introduction leads.
func checkExcerpts(pages []page) error {
	var problems []error
	for _, p := range pages {
		for _, b := range p.blocks {
			if b.excerpt == "" {
				continue
			}
			text, err := os.ReadFile(path.Join(path.Dir(p.path), b.excerpt))
			if err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %w", p.path, b.line, err))
			} else if !strings.Contains(string(text), b.text) {
				problems = append(problems, fmt.Errorf("%s:%d: the block is not a part of %s", p.path, b.line, b.excerpt))
			}
		}
	}
	return errors.Join(problems...)
}

// exampleRow matches a table's row that ends with a link to a Go file.
var exampleRow = regexp.MustCompile(`^\|.*\|([^|]*)\|\s*\[[^\]]*\]\(([^)]+\.go)\)\s*\|$`)

// checkExamples returns an error for each table row that ends with a link to a Go file, if that
// file doesn't have the code in the column before.
func checkExamples(pages []page) error {
	var problems []error
	for _, p := range pages {
		for i, line := range strings.Split(p.text, "\n") {
			m := exampleRow.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			text, err := os.ReadFile(path.Join(path.Dir(p.path), m[2]))
			if err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %w", p.path, i+1, err))
			}
			for _, span := range codeSpan.FindAllString(m[1], -1) {
				if code := strings.Trim(span, "`"); err == nil && !strings.Contains(string(text), code) {
					problems = append(problems, fmt.Errorf("%s:%d: %s doesn't have %s", p.path, i+1, m[2], code))
				}
			}
		}
	}
	return errors.Join(problems...)
}

var (
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)|(?:href|src|srcset)="([^"]+)"`)
	codeSpan = regexp.MustCompile("`[^`]*`")
	heading  = regexp.MustCompile(`^#+ +(.*)`)
	linkText = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	unslug   = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// checkLinks returns an error for each relative link in the repository's Markdown files whose
// file or heading doesn't exist.
func checkLinks() error {
	out, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.md").Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	var problems []error
	for file := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		text, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			continue // removed, but not yet in the index
		}
		if err != nil {
			return err
		}
		for i, line := range proseLines(string(text)) {
			for _, m := range link.FindAllStringSubmatch(codeSpan.ReplaceAllString(line, ""), -1) {
				if err := checkLink(file, m[1]+m[2]); err != nil {
					problems = append(problems, fmt.Errorf("%s:%d: %w", file, i+1, err))
				}
			}
		}
	}
	return errors.Join(problems...)
}

// proseLines returns the lines of a page. Lines in fenced blocks are empty.
func proseLines(text string) []string {
	lines := strings.Split(text, "\n")
	fenced := false
	for i, line := range lines {
		fence := strings.HasPrefix(strings.TrimSpace(line), "```")
		if fence {
			fenced = !fenced
		}
		if fence || fenced {
			lines[i] = ""
		}
	}
	return lines
}

func checkLink(from, target string) error {
	if strings.Contains(target, ":") {
		return nil // a URL
	}
	file, anchor, hasAnchor := strings.Cut(target, "#")
	to := from
	if file != "" {
		to = path.Join(path.Dir(from), file)
	}
	if _, err := os.Stat(to); err != nil {
		return fmt.Errorf("the link %s leads to no file", target)
	}
	if !hasAnchor {
		return nil
	}
	text, err := os.ReadFile(to)
	if err != nil {
		return err
	}
	seen := map[string]int{}
	for _, line := range proseLines(string(text)) {
		title := submatch(heading, line)
		if title == "" {
			continue
		}
		slug := slugOf(title)
		seen[slug]++
		if n := seen[slug]; n > 1 {
			slug = fmt.Sprintf("%s-%d", slug, n-1)
		}
		if slug == anchor {
			return nil
		}
	}
	return fmt.Errorf("the link %s leads to no heading", target)
}

// slugOf returns the anchor that GitHub gives a heading.
func slugOf(title string) string {
	title = linkText.ReplaceAllString(title, "$1")
	return strings.ReplaceAll(unslug.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), ""), " ", "-")
}
