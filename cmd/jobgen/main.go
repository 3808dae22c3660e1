// Command jobgen generates Lambda dispatchers and EventBridge rule files from
// comments in Go code. See the README, or jobgen -h.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
