// Command readme checks README.md. It runs in the repository's root:
//
//	readme block N         prints the Nth sh block
//	readme try [DIR]       runs README's commands and compares their output
//	readme reference [-w]  compares (or writes) the reference of directives
//
// # The command try
//
// A sh block that a text block follows is run, in a copy of the repository in DIR/tree, and
// must print that text. Without DIR, a temporary folder is used. In the section "Your first
// job" every sh block is run, in DIR/first. A block of that section whose introduction ends
// with a file's name, such as "`jobs.go`:", is written to that file. A comment
//
//	<!-- sh: command -->
//
// is a hidden sh block. Other blocks are not run, because they need an AWS account.
//
// The output may differ from README's text in the order of lines, in durations and in times
// of day.
package main

import (
	"fmt"
	"os"
	"strconv"
)

const (
	file    = "README.md"
	module  = "github.com/jobgen/jobgen"
	section = "Your first job"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "readme:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	switch {
	case len(args) == 2 && args[0] == "block":
		return printBlock(string(text), args[1])
	case len(args) == 1 && args[0] == "try":
		return tryInTemp(string(text))
	case len(args) == 2 && args[0] == "try":
		return try(string(text), args[1])
	case len(args) == 1 && args[0] == "reference":
		return compareReference(string(text))
	case len(args) == 2 && args[0] == "reference" && args[1] == "-w":
		return writeReference(string(text))
	}
	return fmt.Errorf("usage: readme block N | try [DIR] | reference [-w]")
}

// printBlock prints the sh block with a number. The first block has the number 1.
func printBlock(text, number string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	for _, b := range blocks(text) {
		if b.language != "sh" || b.hidden {
			continue
		}
		if n--; n == 0 {
			fmt.Print(b.text)
			return nil
		}
	}
	return fmt.Errorf("%s has no sh block number %s", file, number)
}
