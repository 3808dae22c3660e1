package main

import (
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

var versionCommand = command{
	name: "version", args: "",
	summary: "print the version of jobgen",
	help: `
The go command records the version when it builds jobgen: the module's version
or, in a clone, the commit. ` + "`jobgen -version`" + ` prints it too.

  jobgen version`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		return func(args []string) int {
			if len(args) > 0 {
				return a.usage("version", "version takes no arguments; found %q", args[0])
			}
			fmt.Fprintf(a.stdout, "jobgen %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return exitClean
		}
	},
}

// version returns the version of the module that the program was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
