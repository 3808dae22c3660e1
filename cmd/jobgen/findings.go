package main

import (
	"os"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/terminal"
)

// printDiagnostics prints findings as text on standard error, or as JSON on standard
// output.
func (a *app) printDiagnostics(list *diag.List, asJSON bool) error {
	if asJSON {
		return a.printer().WriteJSON(a.exact, list.Sorted())
	}
	return a.printer().Render(a.stderr, list.Sorted())
}

// printer returns a printer of findings. Excerpts come from the files that this run has
// read.
func (a *app) printer() *diag.Printer {
	return &diag.Printer{Dir: shownDir(a.dir), Source: a.source, Columns: terminal.Columns(a.stderr)}
}

// source returns the bytes of a file, or nil if this run has not read it.
func (a *app) source(file string) []byte {
	if data, ok := a.files[file]; ok {
		return data
	}
	if a.parsed == nil {
		return nil
	}
	return a.parsed.Source(file)
}

// shownDir returns the directory that paths are shown relative to. Under go generate,
// which runs jobgen in the package's directory, that is the module's root, where
// editors look for files.
func shownDir(dir string) string {
	if os.Getenv("GOFILE") == "" || os.Getenv("GOPACKAGE") == "" {
		return dir
	}
	return load.ModuleRoot(dir)
}
