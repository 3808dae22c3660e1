package main

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// snippet is a Go block of a page.
type snippet struct {
	page     string
	line     int
	source   string
	complete bool   // it is a complete file
	code     string // the finding that the block shows, or ""
}

// goBlock matches the language of a Go block. For a block that shows a mistake, the finding
// follows: go JOB805.
var goBlock = regexp.MustCompile(`^go(?: (JOB\d{3}))?$`)

// checkGo returns an error for each Go block that jobgen or the compiler rejects. A block that
// is a complete file must compile. Other blocks with directives are completed to files. In
// these, jobgen must report no error, or the finding that the block names. checkGo leaves out
// the files of pages about a module, because the commands of these pages compile them.
func checkGo(pages []page) error {
	var all []snippet
	for _, p := range pages {
		for _, b := range p.blocks {
			m := goBlock.FindStringSubmatch(b.language)
			if m == nil || p.module != "" && b.named != "" {
				continue
			}
			s := snippet{page: p.path, line: b.line, source: b.text, code: m[1], complete: packageClause.MatchString(b.text)}
			if !s.complete {
				if !strings.Contains(b.text, "//jobs:") && !strings.Contains(b.text, ` jobs:"`) {
					continue
				}
				s.source = completed(b.text)
			}
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp("", "readme-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// Paths in findings have no symbolic links.
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return err
	}
	if err := writeSnippets(dir, all); err != nil {
		return err
	}
	return errors.Join(checkFindings(dir, all), compile(dir, all))
}

// folder is the folder of a snippet's package.
func (s snippet) folder() string {
	name := strings.NewReplacer("/", "_", ".", "_", "-", "_").Replace(s.page)
	return fmt.Sprintf("%s_%d", strings.ToLower(name), s.line)
}

func writeSnippets(dir string, all []snippet) error {
	mod, err := testmodule.Read()
	if err != nil {
		return err
	}
	if err := mod.Write(dir); err != nil {
		return err
	}
	for _, s := range all {
		if err := os.Mkdir(filepath.Join(dir, s.folder()), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, s.folder(), "jobs.go"), []byte(s.source), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// checkFindings compares jobgen's findings with those that the blocks show.
func checkFindings(dir string, all []snippet) error {
	result, err := parse.Parse(context.Background(), parse.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		return err
	}
	found := map[string][]diag.Diagnostic{}
	for _, d := range result.Diagnostics.Sorted() {
		folder := filepath.Base(filepath.Dir(d.Pos.File))
		found[folder] = append(found[folder], d)
	}
	var problems []error
	for _, s := range all {
		shown := s.code == ""
		for _, d := range found[s.folder()] {
			switch {
			case string(d.Code) == s.code:
				shown = true
			case d.Severity == diag.Error:
				problems = append(problems, fmt.Errorf("%s:%d: jobgen reports: %s [%s]\nin\n%s", s.page, s.line, d.Message, d.Code, s.source))
			}
		}
		if !shown {
			problems = append(problems, fmt.Errorf("%s:%d: jobgen doesn't report %s in\n%s", s.page, s.line, s.code, s.source))
		}
	}
	return errors.Join(problems...)
}

// compile generates for the blocks that are complete files, and compiles them.
func compile(dir string, all []snippet) error {
	var folders []string
	for _, s := range all {
		if s.complete {
			folders = append(folders, "./"+s.folder())
		}
	}
	if len(folders) == 0 {
		return nil
	}
	for _, command := range [][]string{{"run", module + "/cmd/jobgen"}, {"vet"}} {
		cmd := exec.Command("go", append(command, folders...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("the Go files of the pages don't compile: %w\n%s", err, out)
		}
	}
	return nil
}

var (
	packageClause = regexp.MustCompile(`(?m)^package [a-z]`)
	ruleLine      = regexp.MustCompile(`(?m)^//jobs:(event_pattern|rate|cron|at)\b`)
	bodiless      = regexp.MustCompile(`(?m)^func .*[^{}\n]$`)
	taggedType    = regexp.MustCompile("(?s)type ([A-Z]\\w*) struct \\{.* jobs:\"")
)

// completed makes a Go file from a block that is only a part of one. The block may have
// directives without a method, methods without a body, types that no method takes, and types
// that are not declared.
func completed(text string) string {
	var doc, body []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "//jobs:package") {
			doc = append(doc, line)
		} else {
			body = append(body, line)
		}
	}
	chunks := strings.Split(strings.TrimSpace(strings.Join(body, "")), "\n\n")
	for i, chunk := range chunks {
		lines := strings.Split(chunk, "\n")
		switch {
		case strings.HasPrefix(lines[len(lines)-1], "//jobs:"):
			if !ruleLine.MatchString(chunk) {
				chunk += "\n//jobs:event_pattern source: [my.app]"
			}
			chunks[i] = fmt.Sprintf("%s\nfunc (j *Job) Method%d() error", chunk, i)
		case strings.HasPrefix(lines[len(lines)-1], "type ") && strings.Contains(chunk, "//jobs:"):
			name := strings.Fields(lines[len(lines)-1])[1]
			chunks[i] = fmt.Sprintf("%s\n\n//jobs:event_pattern source: [my.app]\nfunc (j *%s) Method%d() error", chunk, name, i)
		}
		if m := taggedType.FindStringSubmatch(chunk); m != nil && !strings.Contains(text, "jobs.Event["+m[1]+"]") {
			chunks[i] += fmt.Sprintf("\n\n//jobs:event_pattern source: [my.app]\nfunc (j *Job) Method%d(e jobs.Event[%s]) error", i, m[1])
		}
	}
	all := bodiless.ReplaceAllString(strings.Join(chunks, "\n\n"), "$0 { panic(0) }")
	return strings.Join(doc, "") + "package example\n\n" + imports(all) + "\n" + all + "\n" + undeclared(all)
}

// known are the packages that the blocks use.
var known = map[string]string{
	"context": "context", "json": "encoding/json", "events": "github.com/aws/aws-lambda-go/events", "jobs": module + "/jobs",
}

func imports(text string) string {
	var b strings.Builder
	for name, path := range known {
		if regexp.MustCompile(`\b` + name + `\.[A-Z]`).MatchString(text) {
			fmt.Fprintf(&b, "import %q\n", path)
		}
	}
	return b.String()
}

// undeclared declares the exported names that a block uses and doesn't declare. It declares
// them as types. That is wrong for functions, but jobgen doesn't read the bodies of methods.
func undeclared(text string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "jobs.go", "package example\n"+text, 0)
	if file == nil || err != nil {
		return "" // jobgen reports the error
	}
	names := map[string]bool{}
	var b strings.Builder
	for _, ident := range file.Unresolved {
		if unicode.IsUpper(rune(ident.Name[0])) && !names[ident.Name] {
			names[ident.Name] = true
			fmt.Fprintf(&b, "\ntype %s map[string]any\n", ident.Name)
		}
	}
	return b.String()
}
