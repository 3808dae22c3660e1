package load

import (
	"go/version"
	"regexp"
	"runtime"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// goTooOld reports a module that asks for a newer Go than the one that jobgen was
// built with, whose go/parser and go/types read the module's packages.
func goTooOld(m *packages.Module, sources *snapshot.Snapshot, report diag.Reporter) bool {
	if m == nil || !newerGo(m.GoVersion, runtime.Version()) {
		return false
	}
	report.Report(diag.GoTooOld, goLine(sources.File(m.GoMod)), "jobgen was built with %s, and the module asks for Go %s; build jobgen with that Go: GOTOOLCHAIN=%s go install github.com/jobgen/jobgen/cmd/jobgen@latest",
		runtime.Version(), m.GoVersion, toolchain(m.GoVersion))
	return true
}

// newerGo reports whether a version in a go.mod is of a newer language than a Go
// release. What is no release, such as a development version, is new enough.
func newerGo(required, built string) bool {
	built, _, _ = strings.Cut(built, " ")
	return version.IsValid(built) && version.Compare(version.Lang("go"+required), version.Lang(built)) > 0
}

// toolchain names the toolchain of a version in a go.mod: that of 1.27 is go1.27.0.
func toolchain(required string) string {
	if name := "go" + required; name != version.Lang(name) {
		return name
	}
	return "go" + required + ".0"
}

// goLine is the place of the version in a go.mod.
func goLine(goMod *snapshot.File) model.Pos {
	pos := model.Pos{File: goMod.Path, Line: 1, Column: 1}
	if at := goDirective.FindSubmatchIndex(goMod.Data); at != nil {
		before := string(goMod.Data[:at[2]])
		pos.Line += strings.Count(before, "\n")
		pos.Column = len(before) - strings.LastIndex(before, "\n")
	}
	return pos
}

var goDirective = regexp.MustCompile(`(?m)^\s*go\s+(\S+)`)
