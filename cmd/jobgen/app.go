package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/parse"
)

// Exit codes.
const (
	exitClean = 0 // nothing to say
	exitNo    = 1 // stale output, no match, a job that failed
	exitBad   = 2 // diagnostics, usage, I/O
)

// app is one run of the command: what it reads and what it writes to.
type app struct {
	inputs
	// stdout and stderr take text for people: they show control characters as
	// escapes. exact is standard output as it is, for JSON.
	stdout, stderr io.Writer
	exact          io.Writer
	sources        sources
}

// command is a subcommand; the one without a name generates.
type command struct {
	name    string
	args    string // what follows the flags
	summary string
	help    string // more than the summary, with an example
	// setup declares the flags and returns what runs when they are parsed.
	setup func(*app, *flag.FlagSet) func(args []string) int
}

// commands lists the subcommands in the order of the help.
func commands() []command {
	return []command{
		generateCommand, listCommand, runCommand, whichCommand, matchCommand, eventsCommand,
		directivesCommand, explainCommand, versionCommand,
	}
}

// run is the whole command: what main and the tests call.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(stderr, "jobgen:", err)
		return exitBad
	}
	out, errOut := visible.NewWriter(stdout), visible.NewWriter(stderr)
	a := &app{
		inputs: inputs{ctx: context.Background(), stdin: stdin, dir: dir, prompt: errOut},
		stdout: out, stderr: errOut, exact: stdout,
	}
	return a.runInterruptible(func() int {
		defer out.Flush()
		defer errOut.Flush()
		return a.dispatch(args)
	})
}

func (a *app) dispatch(args []string) int {
	if len(args) == 0 || args[0] == "" {
		return a.start(generateCommand, args)
	}
	switch name := args[0]; {
	case name == "help":
		return a.help(args[1:])
	case name == "-version" || name == "--version":
		return a.start(versionCommand, args[1:])
	case find(name) != nil:
		return a.start(*find(name), args[1:])
	case strings.HasPrefix(name, "-") || isPattern(name):
		return a.start(generateCommand, args)
	default:
		return a.usage("", "%s (a package's directory is written ./%s)", noCommand(name, args[1:]), name)
	}
}

func find(name string) *command {
	for _, c := range commands() {
		if c.name == name && name != "" {
			return &c
		}
	}
	return nil
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		if c.name != "" {
			names = append(names, c.name)
		}
	}
	return names
}

// isPattern reports whether a first argument is a package rather than a
// command's name: it has a slash or a dot.
func isPattern(arg string) bool { return strings.ContainsAny(arg, "./") }

// start parses a command's flags and runs it.
func (a *app) start(c command, args []string) int {
	flags := flag.NewFlagSet("jobgen "+c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	work := c.setup(a, flags)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		a.printHelp(c, flags)
		return exitClean
	case err != nil:
		return a.usage(c.name, "%v", flagError(err, flags))
	}
	for _, arg := range flags.Args() {
		if len(arg) > 1 && strings.HasPrefix(arg, "-") {
			return a.usage(c.name, "flag %s is behind an argument; flags come first", arg)
		}
	}
	return work(flags.Args())
}

// flagError adds the nearest flag to the flag package's message.
func flagError(err error, flags *flag.FlagSet) error {
	_, name, ok := strings.Cut(err.Error(), "flag provided but not defined: -")
	if !ok {
		return err
	}
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if near, ok := spell.Nearest(name, names); ok {
		return fmt.Errorf("no flag -%s; did you mean -%s?", name, near)
	}
	return fmt.Errorf("no flag -%s; there are -%s", name, strings.Join(names, ", -"))
}

// usage reports wrong usage in one line, with where to read on.
func (a *app) usage(name, format string, args ...any) int {
	if a.ctx.Err() != nil {
		return exitBad
	}
	more := strings.TrimSuffix("jobgen help "+name, " ")
	fmt.Fprintf(a.stderr, "jobgen: %s\nSee `%s`.\n", fmt.Sprintf(format, args...), more)
	return exitBad
}

// fail reports an error that is not a finding in the user's code. It prints nothing if
// the command was interrupted.
func (a *app) fail(err error) int {
	if a.ctx.Err() != nil {
		return exitBad
	}
	fmt.Fprintln(a.stderr, "jobgen:", err)
	return exitBad
}

func (a *app) help(args []string) int {
	if len(args) == 0 || isHelp(args[0]) {
		flags := flag.NewFlagSet("jobgen", flag.ContinueOnError)
		generateCommand.setup(a, flags)
		a.printHelp(generateCommand, flags)
		return exitClean
	}
	c := find(args[0])
	if c == nil {
		return a.usage("", "%s", noCommand(args[0], nil))
	}
	flags := flag.NewFlagSet("jobgen "+c.name, flag.ContinueOnError)
	c.setup(a, flags)
	a.printHelp(*c, flags)
	return exitClean
}

// isHelp reports whether the argument of help asks for help itself.
func isHelp(arg string) bool {
	return slices.Contains([]string{"help", "-h", "--h", "-help", "--help"}, arg)
}

func (a *app) printHelp(c command, flags *flag.FlagSet) {
	fmt.Fprintf(a.stdout, "%s\n\nUsage: %s\n\n%s\n", c.title(), c.synopsis(), strings.TrimSpace(c.help))
	if c.name == "" {
		fmt.Fprintf(a.stdout, "\nCommands:\n")
		for _, other := range commands() {
			if other.name != "" {
				fmt.Fprintf(a.stdout, "  %-11s %s\n", other.name, other.summary)
			}
		}
		fmt.Fprintf(a.stdout, "\n`jobgen help COMMAND` says more about one.\n")
	}
	hasFlags := false
	flags.VisitAll(func(*flag.Flag) { hasFlags = true })
	if hasFlags {
		fmt.Fprintf(a.stdout, "\nFlags:\n")
		flags.SetOutput(a.stdout)
		flags.PrintDefaults()
	}
}

// title is the summary as a sentence. The summary of the command without a name begins
// with the program's name, which stays in lower case.
func (c command) title() string {
	if c.name == "" {
		return c.summary
	}
	return strings.ToUpper(c.summary[:1]) + c.summary[1:] + "."
}

func (c command) synopsis() string {
	words := []string{"jobgen", c.name, "[flags]", c.args}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// options are the flags that every command which reads packages takes.
type options struct {
	tags      string
	functions string
	formats   string
	strict    bool
	json      bool
	schemas   []*lint.Schema
}

func (o *options) declare(a *app, flags *flag.FlagSet) {
	flags.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	flags.StringVar(&o.functions, "functions", "", "one Lambda function per `method` (the default) or one for the package: method or package")
	flags.Func("schema", "`SOURCE=FILE`: a JSON Schema or OpenAPI document, as EventBridge's schema registry exports, that describes the events of a source of yours; can be repeated", func(arg string) error { return o.addSchema(a, arg) })
	flags.BoolVar(&o.strict, "strict", false, "make warnings errors")
	flags.BoolVar(&o.json, "json", false, "print JSON, one object a line, on standard output")
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
	o.schemas = append(o.schemas, &lint.Schema{Source: source, File: a.abs(file), Data: data, Schema: s})
	return nil
}

// config makes the parser's configuration, or says which flag is wrong.
func (o *options) config(a *app, patterns []string) (parse.Config, error) {
	cfg := parse.Config{Dir: a.dir, Patterns: patterns, Tags: o.tags, Layout: model.Layout(o.functions), Schemas: o.schemas}
	switch cfg.Layout {
	case "", model.PerMethod, model.PerPackage:
	default:
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
	for _, known := range directive.Formats {
		if name == known {
			return nil
		}
	}
	message := fmt.Sprintf("-format can't be %q: it is one or more of %s", name, strings.Join(directive.Formats, ","))
	if near, ok := directive.NearestFormat(name); ok {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	return errors.New(message)
}

// parse parses packages and prints what was found in them. The result is nil
// if the command must end; then code is the exit code.
func (a *app) parse(name string, o *options, patterns []string) (res *parse.Result, code int) {
	res, code = a.load(name, o, patterns)
	if res == nil {
		return nil, code
	}
	if err := a.printDiagnostics(&res.Diagnostics, false); err != nil {
		return nil, a.fail(err)
	}
	if res.Diagnostics.HasErrors() {
		return nil, exitBad
	}
	return res, exitClean
}

// load parses packages and prints no findings.
func (a *app) load(name string, o *options, patterns []string) (res *parse.Result, code int) {
	cfg, err := o.config(a, patterns)
	if err != nil {
		return nil, a.usage(name, "%v", err)
	}
	res, err = parse.Parse(a.ctx, cfg)
	if err != nil {
		return nil, a.fail(err)
	}
	a.sources.add(res.Source)
	for _, s := range cfg.Schemas {
		a.sources.addFile(s.File, s.Data)
	}
	if o.strict {
		res.Diagnostics.Strict()
	}
	return res, exitClean
}
