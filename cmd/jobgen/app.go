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
	"sync/atomic"

	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/internal/terminal"
	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/parse"
)

// Exit codes.
const (
	exitClean = 0 // success
	exitNo    = 1 // stale output, no match, a job that failed
	exitBad   = 2 // diagnostics, usage, I/O
)

// app is one run of the command, with its inputs and outputs.
type app struct {
	inputs
	// stdout and stderr are for people: they show control characters as escapes. exact is
	// standard output without escapes, for JSON.
	stdout, stderr io.Writer
	exact          io.Writer
	logs           io.Writer          // standard error without escapes, for what functions write
	progress       *terminal.Progress // nil with -json, and if standard error is not a terminal

	// end is set by a command that runs until it is interrupted. It is called after the first
	// signal, and makes the command return.
	end *atomic.Pointer[func()]

	// parsed and files hold what the run has read, for excerpts: the packages, and the
	// schemas and templates by path.
	parsed *parse.Result
	files  map[string][]byte
}

// command is a subcommand, or generateCommand, which has no name.
type command struct {
	name    string
	args    string // the arguments in the synopsis
	summary string
	help    string // a description
	// examples are command lines. Two spaces and a comment may follow one.
	examples string
	// setup declares the flags and returns the function that runs the command.
	setup func(*app, *flag.FlagSet) func(args []string) int
}

// commands lists the subcommands in the order of the help.
func commands() []command {
	return []command{
		initCommand, listCommand, runCommand, devCommand, buildCommand, whichCommand, matchCommand, eventsCommand, graphCommand,
		directivesCommand, explainCommand, completionCommand(), versionCommand,
	}
}

// run runs jobgen and returns its exit code. Both main and the tests call it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(stderr, "jobgen:", err)
		return exitBad
	}
	progress := terminal.NewProgress(stderr)
	exact, logs := progress.Above(stdout), progress.Above(stderr)
	out, errOut := visible.NewWriter(exact), visible.NewWriter(logs)
	out.Styled, errOut.Styled = terminal.TakesColours(stdout), terminal.TakesColours(stderr)
	a := &app{
		inputs: inputs{ctx: context.Background(), stdin: stdin, dir: dir, prompt: errOut},
		stdout: out, stderr: errOut, exact: exact, logs: logs, progress: progress, files: map[string][]byte{},
		end: new(atomic.Pointer[func()]),
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
	case strings.HasPrefix(name, "-") || isPattern(name):
		return a.start(generateCommand, args)
	default:
		if c, ok := find(name); ok {
			return a.start(c, args[1:])
		}
		return a.usage("", "%s (a package's directory is written ./%s)", noCommand(name, args[1:]), name)
	}
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

// isPattern reports whether the first argument names packages: it has a slash or a dot,
// which no command has in its name.
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
	first := len(args) - flags.NArg()
	for _, arg := range flags.Args() {
		if first > 0 && args[first-1] == "--" {
			break // arguments may begin with a hyphen
		}
		if len(arg) > 1 && strings.HasPrefix(arg, "-") {
			return a.usage(c.name, "flag %s is behind an argument; flags come first", arg)
		}
	}
	if asJSON := flags.Lookup("json"); asJSON != nil && asJSON.Value.String() == "true" {
		a.progress = nil // the output is for a program
	}
	return work(flags.Args())
}

// say prints text in a style on standard output.
func (a *app) say(style visible.Style, format string, args ...any) {
	var t visible.Text
	t.Style(style, fmt.Sprintf(format, args...))
	_, _ = t.WriteTo(a.stdout) // errors are ignored, as those of Fprintf are
}

// step shows what the command is doing, until done is called.
func (a *app) step(format string, args ...any) (done func()) {
	return a.progress.Step("jobgen: " + fmt.Sprintf(format, args...))
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

// usage reports wrong usage, and names the help to read.
func (a *app) usage(name, format string, args ...any) int {
	if a.ctx.Err() != nil {
		return exitBad
	}
	more := strings.TrimSuffix("jobgen help "+name, " ")
	fmt.Fprintf(a.stderr, "jobgen: %s\nSee `%s`.\n", fmt.Sprintf(format, args...), more)
	return exitBad
}

// fail reports an error that is not a finding in the user's code. It prints nothing if
// the command is interrupted.
func (a *app) fail(err error) int {
	if a.ctx.Err() != nil {
		return exitBad
	}
	fmt.Fprintln(a.stderr, "jobgen:", err)
	return exitBad
}

func (a *app) help(args []string) int {
	helpFlag := []string{"-h"}
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "--h", "-help", "--help"}, args[0]) {
		return a.start(generateCommand, helpFlag)
	}
	if c, ok := find(args[0]); ok {
		return a.start(c, helpFlag)
	}
	return a.usage("", "%s", noCommand(args[0], nil))
}

func (a *app) printHelp(c command, flags *flag.FlagSet) {
	fmt.Fprintf(a.stdout, "%s\n\nUsage: %s\n\n%s\n", c.title(), c.synopsis(), strings.TrimSpace(c.help))
	if c.name == "" {
		fmt.Fprintf(a.stdout, "\nCommands:\n")
		for _, other := range commands() {
			fmt.Fprintf(a.stdout, "  %-11s %s\n", other.name, other.summary)
		}
		fmt.Fprintf(a.stdout, "\n`jobgen help COMMAND` says more about one.\n")
	}
	var defaults strings.Builder
	flags.SetOutput(&defaults)
	flags.PrintDefaults()
	if defaults.Len() > 0 {
		fmt.Fprintf(a.stdout, "\nFlags:\n%s", defaults.String())
	}
	fmt.Fprintf(a.stdout, "\nExamples:\n%s\n", strings.Trim(c.examples, "\n"))
}

// title is the summary as a sentence. The summary of generateCommand is already one: it
// begins with the program's name, in lower case.
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
