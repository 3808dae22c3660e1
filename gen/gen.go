// Package gen makes the files that jobgen writes next to a user's package: the
// Go dispatcher, and one rule file for each deployment tool that was asked for.
//
// The package is a part of the command jobgen: its models are internal, and it may
// change with every release.
//
// It is pure: it reads and writes no files, no clock and no environment, and the same
// model gives the same bytes everywhere.
//
// # From the model to a rule file
//
// newStack resolves the model once: it applies defaults, works out roles and grants,
// and collects parameters. Every format renders that stack, so the formats differ only
// in their syntax. Each file has a template in package templates. The template's
// functions encode all values for the file's language.
package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// File is a generated file.
type File struct {
	Name string // base name; the file goes next to the package's sources
	Data []byte
}

// Options say what to generate.
type Options struct {
	// Formats are the names of the wanted rule files' formats, of those that
	// Formats returns. Their order and number don't matter.
	Formats []string
	// Templates are the user's templates. Each makes one more file.
	Templates []Template
}

// Generate makes the dispatcher and the rule files for p, in that order, the
// rule files in the order of Formats and those of the templates last. A package
// without jobs has no files. The error is of type Problems if a format can't express
// the package, for example because it has one name for the ids of two rules. It is a
// *TemplateError if a template can't be rendered.
func Generate(p *model.Package, o Options) ([]File, error) {
	if err := checkFormats(o.Formats); err != nil {
		return nil, err
	}
	if err := checkTemplates(o.Templates); err != nil {
		return nil, err
	}
	if len(p.Jobs()) == 0 {
		return nil, nil
	}
	dispatcher, err := Dispatcher(p)
	if err != nil {
		return nil, err
	}
	files := []File{{Name: model.DispatcherFile, Data: dispatcher}}
	rules, err := ruleFiles(p, o)
	if err != nil {
		return nil, err
	}
	return append(files, rules...), nil
}

func ruleFiles(p *model.Package, o Options) ([]File, error) {
	s, err := newStack(p)
	if err != nil {
		return nil, err
	}
	var files []File
	var problems Problems
	for _, f := range formats {
		if !slices.Contains(o.Formats, f.name) {
			continue
		}
		data, err := f.render(s)
		if err := problems.collect(f.file, err); err != nil {
			return nil, fmt.Errorf("%s: %w", f.file, err)
		}
		files = append(files, File{Name: f.file, Data: data})
	}
	for _, t := range o.Templates {
		file, err := t.render(s)
		if err := problems.collect(file.Name, err); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return files, nil
}

func checkFormats(names []string) error {
	for _, name := range names {
		if !slices.Contains(Formats(), name) {
			return fmt.Errorf("unknown format %q: the formats are %s", name, strings.Join(Formats(), ", "))
		}
	}
	return nil
}
