package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// row is a module in NOTICE: its path, licences and source.
var row = regexp.MustCompile(`(?m)^  (\S+/\S+)\n    (\S.*)\n    (https://\S+)$`)

// licences maps each licence to a text that only this licence contains.
var licences = map[string]*regexp.Regexp{
	"Apache-2.0":       regexp.MustCompile(`(?i)Apache License,?\s+Version 2\.0|apache\.org/licenses/LICENSE-2\.0`),
	"BSD-3-Clause":     regexp.MustCompile(`Neither the name`),
	"MIT":              regexp.MustCompile(`Permission is hereby granted, free of charge, to any person obtaining a copy\s+of this software|opensource\.org/license/mit`),
	"MPL-2.0":          regexp.MustCompile(`Mozilla Public License, version 2\.0`),
	"Unicode-DFS-2016": regexp.MustCompile(`Unicode Data Files include`),
}

// licencesOf returns the licences in a module's files, in alphabetical order.
func licencesOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := legalFiles(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for name, text := range licences {
		if slices.ContainsFunc(files, func(e entry) bool { return text.Match(e.content) }) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return strings.Join(found, " AND ")
}

// goList runs go list in the repository's root and returns its lines.
func goList(t *testing.T, env []string, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("go list %q: %v: %s", args, err, exit.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// linked returns the modules in the command, for all systems of a release.
func linked(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, name := range targets {
		system, arch, _ := strings.Cut(name, "/")
		all = append(all, goList(t, []string{"GOOS=" + system, "GOARCH=" + arch, "CGO_ENABLED=0"},
			"-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "./cmd/jobgen")...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(path string) bool { return path == "" })
}

// TestNotice compares NOTICE with the modules that jobgen's releases contain, and the
// licences in NOTICE with the modules' own files.
//
// Which modules a program contains depends on the Go version too: go-textseg has another
// module for each version of Unicode. So NOTICE may have rows for modules in go.mod that
// this test's Go version doesn't link.
func TestNotice(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "NOTICE"))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	stated := map[string]string{}
	for _, match := range row.FindAllStringSubmatch(string(text), -1) {
		listed = append(listed, match[1])
		stated[match[1]] = match[2]
	}
	modules := linked(t)
	if !slices.Contains(modules, "github.com/hashicorp/hcl/v2") {
		t.Fatalf("hcl is not among the modules in jobgen: %q", modules)
	}
	for _, path := range modules {
		if stated[path] == "" {
			t.Errorf("jobgen contains %s, and NOTICE has no row for it; add the module, its licences and the place of its source code", path)
		}
	}
	// go list fails if a row's module is not in go.mod.
	for _, line := range goList(t, nil, append([]string{"-m", "-f", "{{.Path}}\t{{.Dir}}"}, listed...)...) {
		path, dir, _ := strings.Cut(line, "\t")
		if dir == "" && !slices.Contains(modules, path) {
			continue // not downloaded, because nothing needs it
		}
		if got := licencesOf(t, dir); got != stated[path] {
			t.Errorf("NOTICE says that %s has the licence %s; its files say %s", path, stated[path], got)
		}
	}
}
