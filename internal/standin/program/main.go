// Program is the command of package standin.
package main

import (
	"fmt"
	"os"

	"github.com/jobgen/jobgen/internal/standin"
)

func main() {
	code, err := standin.Run()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: the test doesn't answer: %v\n", os.Args[0], err)
		os.Exit(2)
	}
	os.Exit(code)
}
