package main

import (
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCompleters checks that every flag with a value and every argument has a name that
// completion knows.
func TestCompleters(t *testing.T) {
	for _, c := range append(commands(), generateCommand) {
		check := func(what, name string) {
			if _, ok := completers[name]; !ok && !strings.Contains(name, "|") {
				t.Errorf("jobgen %s: %s has the name %q for its value: add it to completers", c.name, what, name)
			}
		}
		flags := flag.NewFlagSet("", flag.ContinueOnError)
		c.setup(&app{}, flags)
		flags.VisitAll(func(f *flag.Flag) {
			if name, _ := flag.UnquoteUsage(f); !isBool(f) {
				check("-"+f.Name, name)
			}
		})
		for _, arg := range argumentNames(c.args) {
			check("an argument", arg.name)
		}
	}
}

// completions returns what a script gets for words: the kind of paths, and the words.
func completions(a *app, words ...string) string {
	var b strings.Builder
	a.stdout = &b
	shells{a}.complete(words)
	var out []string
	for line := range strings.Lines(b.String()) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		out = append(out, word)
	}
	return strings.Join(out, " ")
}

func TestCompletion(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"jobs_gen.go": "const (\n\tRuleA = \"AnId\"\n\tHandlerA = \"A.B\"\n)\n", "b/jobs_gen.go": "const (\n\tRuleBC  = \"other-id\"\n)\n",
		".git/jobs_gen.go": "\tRuleC = \"C\"\n", "vendor/jobs_gen.go": "\tRuleC = \"C\"\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{inputs: inputs{ctx: context.Background(), dir: dir}, stderr: io.Discard}
	for _, test := range []struct{ words, want string }{
		{"", "words " + strings.Join(commandNames(), " ") + " help"},
		{"li", "words list"},
		{"-che", "words -check"},
		{"--che", "words --check"},
		{"./", "directories ./..."},
		{"-check|", "directories ./..."},
		{"-check|./a|", "directories ./..."},
		{"-functions|", "words method package"},
		{"-functions=p", "words -functions=package"},
		{"--format|cl", "words cloudformation"},
		{"-format=sam,", "words -format=sam,cloudformation -format=sam,terraform -format=sam,serverless -format=sam,json"},
		{"-template|", "files"},
		{"-tags|", "words"},
		{"-check=", "words"},
		{"-nothing|", "directories ./..."},
		{"nothing|", "directories ./..."},
		{"run|-js", "words -json"},
		{"run|-rule|", "words AnId other-id"},
		{"run|-rule|A|", "directories"},
		{"run|-rule=A|./lambda|", "files"},
		{"which|-|-|", "files"},
		{"match|-batch|", "words"},
		{"events|aws.ec2-", "words aws.ec2-instance-connect"},
		{"events|aws.autosc", "words aws.autoscaling aws.autoscaling-plans"},
		{"events|-go|aws.ec2|EC2 Instance St", "words EC2 Instance State-change Notification"},
		{"events|aws.ec2|x|", "words"},
		{"events|--|-", "words"},
		{"explain|JOB501|JOB207", "words JOB207"},
		{"help|ru", "words run"},
		{"completion|", "words bash zsh fish"},
		{"version|", "words"},
	} {
		got := completions(a, strings.Split(test.words, "|")...)
		if got != test.want {
			t.Errorf("%q is completed to %q, want %q", test.words, got, test.want)
		}
	}
}

// TestNewFlag checks that a new flag and a new argument of a command are completed.
func TestNewFlag(t *testing.T) {
	c := command{name: "new", args: "[one|two] EVENT...", setup: func(_ *app, flags *flag.FlagSet) func([]string) int {
		flags.Bool("added", false, "a flag")
		flags.String("colour", "", "a `red|green` flag")
		return nil
	}}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	c.setup(nil, flags)
	of := func(before []string, last string) []string {
		var words []string
		for _, w := range (&completer{&app{}, c, flags}).completion(before, last).words {
			words = append(words, w.word)
		}
		return words
	}
	for _, test := range []struct{ got, want []string }{
		{of(nil, "-"), []string{"-added", "-colour"}},
		{of([]string{"-added"}, ""), []string{"one", "two"}},
		{of([]string{"-colour"}, ""), []string{"red", "green"}},
		{of([]string{"-added", "one"}, "-colour="), []string{"-colour=red", "-colour=green"}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
