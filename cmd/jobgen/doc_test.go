package main

import (
	"flag"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// What go doc tells of the command names its flags and commands, all of them.
func TestDoc(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	doc := file.Doc.Text()
	for _, c := range commands() {
		if !strings.Contains(strings.Join(strings.Fields(doc), " "), c.name+" "+c.summary) {
			t.Errorf("go doc lacks the command %s, or tells something else of it than %q", c.name, c.summary)
		}
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	generateCommand.setup(&app{}, flags)
	flags.VisitAll(func(f *flag.Flag) {
		if !strings.Contains(doc, "\t-"+f.Name) {
			t.Errorf("go doc lacks the flag -%s", f.Name)
		}
	})
}
