// Package version has jobgen's version number.
//
// A release sets it only in Number. The tests of this package compare Number with every
// other mention of the version: in CHANGELOG.md, in SECURITY.md, and in the documentation
// and its commands.
package version

import (
	"regexp"
	"runtime/debug"
)

// Number is the version of the newest release in CHANGELOG.md.
const Number = "v0.1.0"

// module is the path of jobgen's module.
const module = "github.com/jobgen/jobgen"

// release matches the versions that jobgen's tags have.
var release = regexp.MustCompile(`^v\d+\.\d+\.\d+(-rc\.\d+)?$`)

// Of returns the version of a program that the go command built.
//
// The go command records the version of the module. For `go install …@v0.1.0` it is the tag,
// which Of returns unchanged. For a clone it is the version of a commit, which Of returns
// after "devel". A program has no version if go.mod replaces the module by a folder, or if it
// was built with -buildvcs=false.
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
