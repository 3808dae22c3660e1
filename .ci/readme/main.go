// Command readme checks README.md and the pages in docs. It runs in the repository's root:
//
//	readme block N                   prints README's Nth sh block
//	readme try [-dir DIR] [PAGE...]  runs the commands of README and the pages (all by
//	                                 default) and compares their output
//	readme check                     checks the sizes of pages, their links and Go blocks
//	readme reference [-w]            compares (or writes) the files in docs that jobgen's
//	                                 tables and output give
//
// # The command try
//
// A sh block that a text block follows is run, and must print that text. Other sh blocks
// are not run, because they need an AWS account or the internet. The blocks of a page are
// run in order, in a copy of the repository, which is a new clone for each page. A comment
//
//	<!-- sh: command -->
//
// is a hidden sh block; it is always run.
//
// A page whose first line is the comment
//
//	<!-- module: NAME -->
//
// is about a user's module. Its blocks are run in a new folder NAME, and all of its sh
// blocks are run. A block whose introduction ends with a file's name, such as "`jobs.go`:",
// is written to that file. Commands that download jobgen use the copy of the repository.
// A command that can't be run is in a block of another language, such as console.
//
// The output may differ from the page's text in the order of lines, in durations and in
// times of day. After each block, its time and its CPU time are printed. DIR is the folder
// for the copy and the modules (default: a temporary folder); a second run in the same DIR
// compiles less.
//
// # The command check
//
// README has at most 150 lines, and a page that people write at most 200. Relative links of
// all Markdown files lead to a file and a heading. A Go block that is a complete file
// compiles. Of other Go blocks, jobgen accepts those with directives; a block in the
// language "go JOB805" shows a mistake, and jobgen reports that finding.
// A number that a comment <!-- PACKAGE.CONSTANT --> follows is the value of that constant.
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

// printBlock prints README's sh block with a number. The first block has the number 1.
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
