package main

import (
	"os"
	"path/filepath"

	"github.com/jobgen/jobgen/internal/diag"
)

// printDiagnostics prints findings for people on standard error, or as JSON on
// standard output.
func (a *app) printDiagnostics(list *diag.List, asJSON bool) error {
	if asJSON {
		return a.printer().WriteJSON(a.exact, list.Sorted())
	}
	return a.printer().Render(a.stderr, list.Sorted())
}

// printer makes a printer of findings, whose excerpts are from files that this
// run has read.
func (a *app) printer() *diag.Printer {
	return &diag.Printer{Dir: shownDir(a.dir), Source: a.source, Columns: terminalColumns(a.stderr)}
}

// source returns the bytes of a file that this run has read, or nil.
func (a *app) source(file string) []byte {
	for _, source := range a.sources {
		if data := source(file); data != nil {
			return data
		}
	}
	return nil
}

// remember keeps the bytes of a file for excerpts.
func (a *app) remember(file string, data []byte) {
	a.sources = append(a.sources, func(name string) []byte {
		if name == file {
			return data
		}
		return nil
	})
}

// shownDir returns the directory that paths are shown relative to. The go
// command runs a generator in the package's directory, and the user called it
// somewhere else: then that is the module's root, where editors look.
func shownDir(dir string) string {
	if os.Getenv("GOFILE") == "" || os.Getenv("GOPACKAGE") == "" {
		return dir
	}
	for root := dir; root != filepath.Dir(root); root = filepath.Dir(root) {
		if info, err := os.Stat(filepath.Join(root, "go.mod")); err == nil && info.Mode().IsRegular() {
			return root
		}
	}
	return dir
}
