// Command release builds jobgen's release archives from the commit that is checked out. It
// runs in the repository's root, normally by .ci/release, which chooses the Go version:
//
//	release [-dry-run] [-targets OS/ARCH,...] DIR
//	release proxy DIR
//
// DIR is a new or empty folder. It gets an archive for each target, SHA256SUMS and notes.md.
// Two runs on the same commit with the same Go version write the same bytes.
//
// A release needs a clean work tree, a tag with the version's name at the commit, an empty
// section "Unreleased" in CHANGELOG.md, and a run of govulncheck without a finding. With
// -dry-run, release reports which of these are missing, and builds the archives anyway.
//
// # How the archives are built
//
// release packs the commit as the module proxy would. It builds the command in a module that
// requires this version. So the build information of a binary has the version, as after
// `go install github.com/jobgen/jobgen/cmd/jobgen@VERSION`. A dry run finds errors in the
// module itself, such as a file that is missing from its zip, before a tag exists. The
// dependencies are those in go.sum.
//
// The command `release proxy` only writes the module, in the layout of GOPROXY=file://DIR.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jobgen/jobgen/internal/version"
)

const module = "github.com/jobgen/jobgen"

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "release:", err)
		}
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) == 2 && args[0] == "proxy" {
		_, err := writeModule(args[1])
		return err
	}
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	dryRun := flags.Bool("dry-run", false, "build the archives even if the commit can't be released, and say why")
	list := flags.String("targets", strings.Join(targets, ","), "the systems to build for")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("usage: release [-dry-run] [-targets OS/ARCH,...] DIR | release proxy DIR")
	}
	chosen, err := chooseTargets(*list)
	if err != nil {
		return err
	}
	dir, err := emptyFolder(flags.Arg(0))
	if err != nil {
		return err
	}
	missing, err := release(dir, chosen, *dryRun, out)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s of %s is in %s\n", module, version.Number, dir)
	if len(missing) > 0 {
		fmt.Fprintf(out, "this is a dry run: a release would fail, because\n  %s\n", strings.Join(missing, "\n  "))
	}
	return nil
}

// release checks the commit, and writes the archives into dir. In a dry run it returns the
// checks that failed.
func release(dir string, targets []target, dryRun bool, out io.Writer) (missing []string, err error) {
	changelog, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return nil, err
	}
	notes, err := releaseNotes(string(changelog), version.Number)
	if err != nil {
		return nil, err
	}
	for _, check := range []func(io.Writer) error{checkTree, checkTag, checkUnreleased(string(changelog)), checkVulnerabilities} {
		if err := check(out); err != nil {
			if !dryRun {
				return nil, err
			}
			missing = append(missing, err.Error())
		}
	}
	scratch, err := os.MkdirTemp("", "jobgen-release-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	done := filepath.Join(scratch, "done")
	if err := os.Mkdir(done, 0o755); err != nil {
		return nil, err
	}
	b, err := newBuilder(scratch)
	if err != nil {
		return nil, err
	}
	if err := b.archives(done, targets, out); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(done, "notes.md"), []byte(notes), 0o644); err != nil {
		return nil, err
	}
	return missing, os.CopyFS(dir, os.DirFS(done))
}

// emptyFolder makes a folder if it doesn't exist. It returns an error if the folder has files,
// because they would be published with the release.
func emptyFolder(name string) (string, error) {
	dir, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("%s has files, such as %s; give a new folder", name, entries[0].Name())
	}
	return dir, nil
}
