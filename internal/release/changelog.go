package main

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	heading = regexp.MustCompile(`(?m)^## \[([^\]]+)\](.*)$`)
	date    = regexp.MustCompile(`^ - \d{4}-\d\d-\d\d$`)
	link    = regexp.MustCompile(`(?m)^\[[^\]]+\]: \S+\n?`)
)

// section is a part of a changelog in the form of https://keepachangelog.com.
type section struct {
	name string // "Unreleased", or a version without v
	rest string // the rest of the heading, after the name
	text string
}

// sections returns the sections of a changelog in its order, newest first.
func sections(changelog string) []section {
	changelog = link.ReplaceAllString(changelog, "")
	var found []section
	all := heading.FindAllStringSubmatchIndex(changelog, -1)
	for i, at := range all {
		end := len(changelog)
		if i+1 < len(all) {
			end = all[i+1][0]
		}
		found = append(found, section{
			name: changelog[at[2]:at[3]],
			rest: changelog[at[4]:at[5]],
			text: strings.TrimSpace(changelog[at[1]:end]),
		})
	}
	return found
}

// releaseNotes returns the text of a version's section. The version must be the newest one.
func releaseNotes(changelog, number string) (string, error) {
	for _, s := range sections(changelog) {
		switch {
		case s.name == "Unreleased":
			continue
		case "v"+s.name != number:
			return "", fmt.Errorf("the newest version in CHANGELOG.md is %s, and internal/version has %s; add a section ## [%s] - YYYY-MM-DD, or change version.Number", s.name, number, strings.TrimPrefix(number, "v"))
		case !date.MatchString(s.rest):
			return "", fmt.Errorf("the heading of %s in CHANGELOG.md has no date; write ## [%s] - YYYY-MM-DD", s.name, s.name)
		case s.text == "":
			return "", fmt.Errorf("the section of %s in CHANGELOG.md is empty; write what changes for users", s.name)
		}
		return s.text + "\n", nil
	}
	return "", fmt.Errorf("CHANGELOG.md has no version; add a section ## [%s] - YYYY-MM-DD", strings.TrimPrefix(number, "v"))
}
