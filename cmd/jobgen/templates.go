package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/output"
)

// userTemplate is a template of the user's own. Its Name is the path of its file.
type userTemplate struct {
	gen.Template
	// named is where the package names the template. It is invalid for a template that
	// only -template names.
	named model.Pos
}

// addTemplate reads the file that a -template flag names.
func (g *generator) addTemplate(file string) error {
	text, err := g.readFile(file)
	if err != nil {
		return err
	}
	t := userTemplate{Template: gen.Template{Name: g.abs(file), Text: string(text)}}
	if _, err := t.Base(); err != nil {
		return err
	}
	g.templates = append(g.templates, t)
	return nil
}

// allTemplates returns the templates that a package names, and those of -template. A
// template that both name is returned once.
func allTemplates(p *model.Package, more []userTemplate) ([]userTemplate, error) {
	var all []userTemplate
	var errs []error
	for _, name := range p.Templates {
		t, err := readTemplate(p, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, t)
	}
	named := all
	for _, t := range more {
		if !slices.ContainsFunc(named, t.isSame) {
			all = append(all, t)
		}
	}
	return all, errors.Join(errs...)
}

// isSame reports whether two templates have the same file name and text.
func (t userTemplate) isSame(other userTemplate) bool {
	return filepath.Base(other.Name) == filepath.Base(t.Name) && other.Text == t.Text
}

// readTemplate reads a template that a package names. A comment in the code may come from
// a stranger, so the template must be a regular file in the package's folder, and no link
// may lead out of the folder.
func readTemplate(p *model.Package, named model.Template) (userTemplate, error) {
	file := filepath.FromSlash(named.Name)
	t := userTemplate{gen.Template{Name: filepath.Join(p.Dir, file)}, named.Pos}
	if !fs.ValidPath(named.Name) || !filepath.IsLocal(file) {
		return t, findingsError{diag.New(diag.PropValue, named.Pos,
			"templates can't name %q: a template is a file in the package's folder; write its path there, such as deploy/Pulumi.yaml.tmpl, without . and ..", named.Name)}
	}
	if _, err := t.Base(); err != nil {
		return t, findingsError{diag.New(diag.PropValue, named.Pos,
			"templates can't name %q: a template's name ends in .tmpl, .gotmpl or .tpl, and its output has the name without this ending", named.Name)}
	}
	text, err := output.ReadInside(p.Dir, file)
	if err != nil {
		return t, findingsError{diag.New(diag.BadTemplate, named.Pos,
			"the template %s can't be read: %v; a template is a regular file in the package's folder", named.Name, err)}
	}
	t.Text = string(text)
	return t, nil
}

// templateResults returns the file names that the templates in a directory would have as
// results.
func templateResults(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // the plan reports it
	}
	var names []string
	for _, entry := range entries {
		if base, err := (gen.Template{Name: entry.Name()}).Base(); err == nil {
			names = append(names, base)
		}
	}
	return names
}

// templateFinding turns an error of a template into a finding.
func templateFinding(templates []userTemplate, err error) error {
	if e, ok := errors.AsType[*gen.TemplateError](err); ok {
		return findingsError{diag.New(diag.BadTemplate, model.Pos{File: e.Name, Line: e.Line, Column: max(e.Column, min(e.Line, 1))}, "%s", e.Message)}
	}
	e, ok := errors.AsType[*gen.TemplateClash](err)
	if !ok {
		return err
	}
	pos := templates[e.Template].place()
	if e.Other < 0 {
		return findingsError{diag.New(diag.OutputClash, pos, "this template would make %s, which jobgen writes itself: give the template another name", e.Base)}
	}
	return findingsError{diag.New(diag.OutputClash, pos, "two templates would make %s, where letter case makes no difference: give one of them another name", e.Base).
		Relate(templates[e.Other].place(), "the other is here")}
}

// place returns the position of findings about the template's name.
func (t userTemplate) place() model.Pos {
	if t.named.IsValid() {
		return t.named
	}
	return model.Pos{File: t.Name}
}

func (t userTemplate) missingHeader(name string) error {
	line := strings.Replace(output.HeaderLine(name), model.Header, "{{.GeneratedBy}}", 1)
	return findingsError{diag.New(diag.BadTemplate, model.Pos{File: t.Name, Line: 1, Column: 1},
		"the output of this template doesn't begin with jobgen's header, by which jobgen recognizes its own files: write the line %s at the top of the template", line)}
}
