package main

import (
	"cmp"
	"embed"
	"flag"
	"fmt"
	"slices"
	"strings"
)

// completionCommand is a function and not a variable, because the command refers to the table
// of commands, and the table contains the command.
func completionCommand() command {
	return command{
		name: "completion", args: "bash|zsh|fish",
		summary: "print a script with which a shell completes jobgen's commands",
		help: `
The script completes commands, flags, their values, AWS's sources and detail-types,
rule ids and codes, for an installed jobgen. It asks jobgen itself, so it doesn't
change with jobgen's version. Load it when the shell starts.`,
		examples: `
  source <(jobgen completion bash)
  jobgen completion zsh > "${fpath[1]}/_jobgen"
  jobgen completion fish > ~/.config/fish/completions/jobgen.fish`,
		setup: func(a *app, flags *flag.FlagSet) func([]string) int {
			words := flags.Bool("words", false, "print what the last argument can be, for the scripts")
			return func(args []string) int {
				s := shells{a}
				if *words {
					return s.complete(args)
				}
				return s.script(args)
			}
		},
	}
}

//go:embed completion
var completionScripts embed.FS

// scriptNames are the files of the scripts, by shell.
var scriptNames = map[string]string{"bash": "bash.sh", "zsh": "zsh.sh", "fish": "fish.fish"}

// shells is one call of the completion command.
type shells struct{ *app }

func (s shells) script(args []string) int {
	if len(args) != 1 || scriptNames[args[0]] == "" {
		return s.usage("completion", "name a shell: bash, zsh or fish")
	}
	script, err := completionScripts.ReadFile("completion/" + scriptNames[args[0]])
	if err != nil {
		return s.fail(err)
	}
	fmt.Fprint(s.stdout, string(script))
	return exitClean
}

// completion is the answer to a script: words, and the kind of paths that the shell completes
// too.
type completion struct {
	paths paths
	words []completedWord
}

// paths is the kind of paths that a shell completes. The values are those that the scripts
// expect.
type paths string

const (
	noPaths        paths = "words"
	filePaths      paths = "files"
	directoryPaths paths = "directories"
)

// completedWord is a word with a short description.
type completedWord struct{ word, about string }

// complete prints what the last word can be. The words are those after jobgen on the command
// line.
func (s shells) complete(words []string) int {
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	c := s.completion(words[:len(words)-1], last)
	fmt.Fprintln(s.stdout, cmp.Or(c.paths, noPaths))
	for _, w := range c.words {
		if strings.HasPrefix(w.word, last) {
			fmt.Fprintf(s.stdout, "%s\t%s\n", w.word, w.about)
		}
	}
	return exitClean
}

// completion returns what can follow the words before.
func (s shells) completion(before []string, last string) completion {
	if len(before) == 0 && !strings.HasPrefix(last, "-") && !isPattern(last) {
		return completion{words: append(commandWords(), completedWord{"help", "describe a command"})}
	}
	c, args := generateCommand, before
	if len(before) > 0 && before[0] == "help" {
		return completion{words: commandWords()}
	}
	if len(before) > 0 {
		if named, ok := find(before[0]); ok {
			c, args = named, before[1:]
		}
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	c.setup(s.app, flags)
	return (&completer{s.app, c, flags}).completion(args, last)
}

func commandWords() []completedWord {
	var words []completedWord
	for _, c := range commands() {
		words = append(words, completedWord{c.name, c.summary})
	}
	return words
}

// completer completes the arguments of a command.
type completer struct {
	*app
	command command
	flags   *flag.FlagSet
}

// completion returns what can follow the command's arguments before.
func (c *completer) completion(before []string, last string) completion {
	var args []string // without flags
	for i := 0; i < len(before); i++ {
		switch word := before[i]; {
		case word == "--":
			return c.argument(append(args, before[i+1:]...), last)
		case !strings.HasPrefix(word, "-") || word == "-":
			args = append(args, word)
		case c.takesValue(word):
			if i++; i == len(before) {
				return c.value(strings.TrimLeft(word, "-"), last)
			}
		}
	}
	if strings.HasPrefix(last, "-") {
		return c.flag(last)
	}
	return c.argument(args, last)
}

// takesValue reports whether the word after a flag is its value.
func (c *completer) takesValue(word string) bool {
	f := c.flags.Lookup(strings.TrimLeft(word, "-"))
	return f != nil && !isBool(f)
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// flag completes a flag's name or, after =, its value.
func (c *completer) flag(last string) completion {
	if name, value, ok := strings.Cut(last, "="); ok {
		found := c.value(strings.TrimLeft(name, "-"), value)
		for i := range found.words {
			found.words[i].word = name + "=" + found.words[i].word
		}
		return found
	}
	dashes := "-"
	if strings.HasPrefix(last, "--") {
		dashes = "--"
	}
	var words []completedWord
	c.flags.VisitAll(func(f *flag.Flag) {
		_, usage := flag.UnquoteUsage(f)
		about, _, _ := strings.Cut(usage, ";")
		words = append(words, completedWord{dashes + f.Name, about})
	})
	return completion{words: words}
}

// value completes the value of a flag. The flag's usage has a name for the value, which
// determines the completion.
func (c *completer) value(flagName, last string) completion {
	f := c.flags.Lookup(flagName)
	if f == nil || isBool(f) {
		return completion{}
	}
	name, _ := flag.UnquoteUsage(f)
	return c.named(name, nil, last)
}

// argument completes an argument. Its name in the synopsis determines the completion.
func (c *completer) argument(before []string, last string) completion {
	names := argumentNames(c.command.args)
	i := min(len(before), len(names)-1)
	if i < 0 || i < len(before) && !names[i].repeats {
		return completion{}
	}
	return c.named(names[i].name, before, last)
}

// argumentName is the name of an argument in a synopsis.
type argumentName struct {
	name    string
	repeats bool // there can be any number of these arguments
}

// argumentNames returns the names in a synopsis such as "MAIN [EVENT...]".
func argumentNames(synopsis string) []argumentName {
	var names []argumentName
	for _, word := range strings.Fields(synopsis) {
		name, repeats := strings.CutSuffix(strings.Trim(word, "[]"), "...")
		names = append(names, argumentName{name, repeats || name == "packages"})
	}
	return names
}

// named completes a value with a name. A name with | is a list of the values.
func (c *completer) named(name string, before []string, last string) completion {
	if strings.Contains(name, "|") {
		return completion{words: plainWords(strings.Split(name, "|"))}
	}
	if complete := completers[name]; complete != nil {
		return complete(c.app, before, last)
	}
	return completion{}
}

func plainWords(texts []string) []completedWord {
	words := make([]completedWord, len(texts))
	for i, text := range texts {
		words[i].word = text
	}
	return slices.Clip(words)
}
