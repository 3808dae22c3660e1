package main

import (
	"flag"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestDoc checks that the doc comment of the command has all its flags and commands.
func TestDoc(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	doc := file.Doc.Text()
	for _, c := range commands() {
		if !strings.Contains(strings.Join(strings.Fields(doc), " "), c.name+" "+c.summary) {
			t.Errorf("the doc comment lacks the command %s with the summary %q", c.name, c.summary)
		}
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	generateCommand.setup(&app{}, flags)
	flags.VisitAll(func(f *flag.Flag) {
		if !strings.Contains(doc, "\t-"+f.Name) {
			t.Errorf("the doc comment lacks the flag -%s", f.Name)
		}
	})
}
