// Package version has jobgen's version number.
//
// Number is the only place where a release sets it. The tests of this package compare it
// with the version's other mentions: CHANGELOG.md, SECURITY.md, the documentation and the
// commands in it.
package version

import (
	"regexp"
	"runtime/debug"
)

// Number is the version of the newest release, which is the newest one in CHANGELOG.md.
const Number = "v0.1.0"

// module is the path of jobgen's module.
const module = "github.com/jobgen/jobgen"

// release matches the versions that jobgen's tags have.
var release = regexp.MustCompile(`^v\d+\.\d+\.\d+(-rc\.\d+)?$`)

// Of returns the version of a program that the go command built.
//
// The go command records the version of the module: a tag's in `go install …@v0.1.0`, and a
// commit's in a clone. Only the first one is a release; the others begin with "devel". A
// module that a go.mod replaces by a folder has no version, and neither has one whose build
// leaves out version control (-buildvcs=false).
func Of(info *debug.BuildInfo) string {
	unknown := "devel (" + Number + " or newer)"
	if info == nil {
		return unknown
	}
	main := &info.Main
	if main.Replace != nil {
		main = main.Replace
	}
	switch {
	case main.Version == "" || main.Version == "(devel)":
		return unknown
	case main.Path != module:
		return "devel (" + main.Path + "@" + main.Version + ")"
	case !release.MatchString(main.Version):
		return "devel " + main.Version
	}
	return main.Version
}
