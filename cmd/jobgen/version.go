package main

import (
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/jobgen/jobgen/internal/version"
)

var versionCommand = command{
	name: "version", args: "",
	summary: "print the version of jobgen",
	help: `
The go command records the version when it builds jobgen. A version that begins
with "devel" is not a release: jobgen was built in a clone, or from a commit.
` + "`jobgen -version`" + ` prints the version too.`,
	examples: `
  jobgen version`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		return func(args []string) int {
			if len(args) > 0 {
				return a.usage("version", "version takes no arguments; found %q", args[0])
			}
			info, _ := debug.ReadBuildInfo()
			fmt.Fprintf(a.stdout, "jobgen %s %s %s/%s\n", version.Of(info), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return exitClean
		}
	},
}

// moduleVersion returns the version of the module that jobgen was built from, in the form
// of the go command: a release's, a commit's, or "(devel)".
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
