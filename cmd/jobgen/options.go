package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/parse"
)

// options are the flags of all commands that read packages.
type options struct {
	tags      string
	functions string
	formats   string
	strict    bool
	json      bool
	schemas   []*lint.Schema
	params    deployed.Parameters // of the commands that take -param
}

const schemaUsage = "`SOURCE=FILE`: a JSON Schema or OpenAPI document, as EventBridge's schema registry exports, that describes the events of a source of yours; can be repeated"

func (o *options) declare(a *app, flags *flag.FlagSet) {
	o.declarePackages(a, flags)
	flags.BoolVar(&o.json, "json", false, "print JSON, one object a line, on standard output")
}

// declarePackages declares the flags of a command that prints no JSON.
func (o *options) declarePackages(a *app, flags *flag.FlagSet) {
	flags.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	flags.StringVar(&o.functions, "functions", "", "one Lambda function per method (the default), or one for the package: `method|package`")
	flags.Func("schema", schemaUsage, func(arg string) error { return o.addSchema(a, arg) })
	flags.BoolVar(&o.strict, "strict", false, "make warnings errors")
}

// addSchema reads the file that a -schema flag names.
func (o *options) addSchema(a *app, arg string) error {
	source, file, ok := strings.Cut(arg, "=")
	if !ok || source == "" || file == "" {
		return fmt.Errorf("write SOURCE=FILE, such as shop.orders=order.json")
	}
	data, err := a.readFile(file)
	if err != nil {
		return err
	}
	s, err := shape.ReadSchema(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(s.Sources) > 0 && !slices.Contains(s.Sources, source) {
		names := strings.Join(s.Sources, " and ")
		return fmt.Errorf("%s describes events from %s, not from %s; write %s=%s", file, names, source, s.Sources[0], file)
	}
	path := a.abs(file)
	a.files[path] = data
	o.schemas = append(o.schemas, &lint.Schema{Source: source, File: path, Schema: s})
	return nil
}

// config returns the parser's configuration. The error says which flag is wrong.
func (o *options) config(a *app, patterns []string) (parse.Config, error) {
	cfg := parse.Config{Dir: a.dir, Patterns: patterns, Tags: o.tags, Layout: model.Layout(o.functions), Schemas: o.schemas}
	if !slices.Contains([]model.Layout{"", model.PerMethod, model.PerPackage}, cfg.Layout) {
		return cfg, fmt.Errorf("-functions can't be %q: it is method or package", o.functions)
	}
	for _, name := range strings.FieldsFunc(o.formats, func(r rune) bool { return r == ',' || r == ' ' }) {
		if err := checkFormat(name); err != nil {
			return cfg, err
		}
		cfg.Formats = append(cfg.Formats, name)
	}
	if o.formats != "" && len(cfg.Formats) == 0 {
		return cfg, fmt.Errorf("-format names no format; there are %s", strings.Join(directive.Formats, ","))
	}
	return cfg, nil
}

func checkFormat(name string) error {
	if slices.Contains(directive.Formats, name) {
		return nil
	}
	message := fmt.Sprintf("-format can't be %q: it is one or more of %s", name, strings.Join(directive.Formats, ","))
	if near, ok := directive.NearestFormat(name); ok {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	return errors.New(message)
}

// parse parses packages and prints their findings. The result is nil if the command must
// end; then code is the exit code.
func (a *app) parse(name string, o *options, patterns []string) (res *parse.Result, code int) {
	res, code = a.load(name, o, patterns)
	if res == nil {
		return nil, code
	}
	if code := a.printFindings(res); code != exitClean {
		return nil, code
	}
	if err := o.params.Check(res.Packages); err != nil {
		return nil, a.fail(err)
	}
	return res, exitClean
}

// printFindings prints the findings of parsed packages. It returns exitClean if none is an
// error.
func (a *app) printFindings(res *parse.Result) (code int) {
	a.parsed = res
	if err := a.printDiagnostics(&res.Diagnostics, false); err != nil {
		return a.fail(err)
	}
	if res.Diagnostics.HasErrors() {
		return exitBad
	}
	return exitClean
}

// load parses packages without printing their findings.
func (a *app) load(name string, o *options, patterns []string) (res *parse.Result, code int) {
	cfg, err := o.config(a, patterns)
	if err != nil {
		return nil, a.usage(name, "%v", err)
	}
	done := a.step("loading packages")
	res, err = parse.Parse(a.ctx, cfg)
	done()
	if err != nil {
		return nil, a.fail(err)
	}
	a.parsed = res
	if o.strict {
		res.Diagnostics.Strict()
	}
	return res, exitClean
}
