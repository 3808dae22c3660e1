// Command readme checks README.md and the pages in docs. It runs in the repository's root:
//
//	readme block N                   prints README's Nth sh block
//	readme try [-dir DIR] [PAGE...]  runs the commands of README and the pages (all by
//	                                 default) and compares their output
//	readme check                     checks the sizes of pages, their links and Go blocks
//	readme reference [-w]            compares (or writes) the files in docs that are made
//	                                 from jobgen's tables and output
//
// # The command try
//
// If a text block follows a sh block, the sh block is run and must print that text. Other sh
// blocks are not run, because they need an AWS account or the internet. The blocks of a page
// are run in order, in a copy of the repository. Each page has a new copy. A comment
//
//	<!-- sh: command -->
//
// is a hidden sh block. It is always run.
//
// A page whose first line is the comment
//
//	<!-- module: NAME -->
//
// is about a user's module. All of its sh blocks are run, in a new folder NAME. If the
// introduction of a block ends with a file's name, such as "`jobs.go`:", the block is written
// to that file. Commands that download jobgen use the copy of the repository. A command that
// can't be run must be in a block of another language, such as console.
//
// Each block is run by a new shell. If the folder has a file env.sh, the shell reads it first, so
// a block can set the variables of those after it.
//
// The output may differ from the page's text in the order of lines, in durations and in
// times of day. After each block, its time and its CPU time are printed. DIR is the folder
// for the copy and the modules (default: a temporary folder); a second run in the same DIR
// compiles less.
//
// # The command check
//
// The command checks these rules:
//
//   - README.md has at most 150 lines, and a page that people write has at most 200.
//   - The files and headings of relative links exist. This rule is for all Markdown files.
//   - If the introduction of a block ends with a link to a file, such as [`main.tf`](../main.tf):,
//     the block is a part of that file.
//   - If a row of a table ends with a link to a Go file, that file has the code in the column
//     before.
//   - A Go block that is a complete file compiles.
//   - jobgen reports no error in another Go block with directives.
//   - In a block of the language "go JOB805", jobgen reports the finding JOB805.
//   - A number before a comment <!-- PACKAGE.CONSTANT --> is the value of that constant.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
)

const (
	readme = "README.md"
	module = "github.com/jobgen/jobgen"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "readme:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: readme block N | try [-dir DIR] [PAGE...] | check | reference [-w]")
	}
	flags := flag.NewFlagSet("readme "+args[0], flag.ContinueOnError)
	switch args[0] {
	case "block":
		return printBlock(args[1:])
	case "try":
		dir := flags.String("dir", "", "the folder for the copy and the modules")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return tryPages(*dir, flags.Args())
	case "check":
		return check()
	case "reference":
		write := flags.Bool("w", false, "write the files")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return reference(*write)
	}
	return fmt.Errorf("no command %q", args[0])
}

// printBlock prints the Nth sh block of README.md. The first one has the number 1.
func printBlock(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: readme block N")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	p, err := readPage(readme)
	if err != nil {
		return err
	}
	for _, b := range p.blocks {
		if b.language != "sh" || b.hidden {
			continue
		}
		if n--; n == 0 {
			fmt.Print(b.text)
			return nil
		}
	}
	return fmt.Errorf("%s has no sh block number %s", readme, args[0])
}
