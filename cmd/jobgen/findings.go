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
	return &diag.Printer{Dir: shownDir(a.dir), Source: a.sources.bytes, Columns: terminalColumns(a.stderr)}
}

// sources are the files that a run has read, for excerpts. Each function returns the
// bytes of a file, or nil for one that it does not have.
type sources []func(file string) []byte

func (s *sources) add(source func(file string) []byte) { *s = append(*s, source) }

// bytes returns the bytes of a file that this run has read, or nil.
func (s *sources) bytes(file string) []byte {
	for _, source := range *s {
		if data := source(file); data != nil {
			return data
		}
	}
	return nil
}

// addFile adds a file with its bytes.
func (s *sources) addFile(file string, data []byte) {
	s.add(func(name string) []byte {
		if name == file {
			return data
		}
		return nil
	})
}

// shownDir returns the directory that paths are shown relative to. Under go generate,
// which runs jobgen in the package's directory, that is the module's root, where
// editors look for files.
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
