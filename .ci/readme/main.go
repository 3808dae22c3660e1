// Command readme keeps README.md true. It runs in the repository's root:
//
//	readme block N         prints the Nth sh block
//	readme try [DIR]       does what README says, and compares what it shows
//	readme reference [-w]  compares (or writes) the reference of directives
//
// # What try does
//
// A sh block that a text block follows is run, in a copy of the repository in
// DIR/tree, and must print that text; without DIR, in a temporary folder. Under the heading "Your first job" every sh
// block is run, in DIR/first, where a file stands for each block whose
// introduction ends with the file's name: "`jobs.go`:". A comment
//
//	<!-- sh: command -->
//
// is a sh block that readers don't see. Blocks in other languages, and sh blocks
// elsewhere that nothing follows, are left alone: they need an AWS account.
//
// What was printed and what is shown are the same if their lines are, in any
// order, with durations and times of day left out.
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

// printBlock prints the sh block with a number, which counts from 1.
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
