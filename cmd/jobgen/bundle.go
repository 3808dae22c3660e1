package main

import (
	"cmp"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/jobgen/jobgen/internal/bundle"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/internal/tempdir"
	"github.com/jobgen/jobgen/parse"
)

var buildCommand = command{
	name: "build", args: "MAIN",
	summary: "build the zip file of the functions, with the same bytes everywhere",
	help: `
It generates, builds the main package MAIN for Linux and the architecture of its
functions (default: arm64), and writes the program as bootstrap and in
bootstrap.zip. It prints the sizes, the SHA-256 of the zip file, and a key under
which to upload it to S3: another zip file has another key.

The same sources and the same version of Go give the same bytes, on every machine
and in every folder. So GOFLAGS has no effect, except for -mod and -modfile, and
neither do GOARCH, GOAMD64, GOARM64 and CGO_ENABLED. A bootstrap.zip that is not a
Go program with jobs is never overwritten.

Exit: 0 if the files are written; 2 diagnostics, usage, I/O.`,
	examples: `
  jobgen build ./lambda
  jobgen build -o dist -json ./lambda`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		b := &builder{app: a}
		b.declare(a, flags)
		flags.StringVar(&b.folder, "o", ".", "the `folder` to write to, which must exist")
		return b.run
	},
}

// builder is one call of the build command.
type builder struct {
	*app
	options
	folder string
}

func (b *builder) run(args []string) int {
	if len(args) != 1 || strings.HasSuffix(args[0], ".go") {
		return b.usage("build", "name the folder of one main package, such as ./cmd/lambda")
	}
	// An output that can't be written is reported before anything is built.
	if _, err := b.planFiles(nil, nil); err != nil {
		return b.failOutput(err)
	}
	ignored, err := bundle.SetEnviron(b.ctx, b.dir)
	if err != nil {
		return b.fail(err)
	}
	if len(ignored) > 0 {
		fmt.Fprintf(b.stderr, "jobgen: %s in GOFLAGS has no effect on a build; build tags are given with jobgen's own -tags\n", strings.Join(ignored, " "))
	}
	b.tags = bundle.Tags(b.tags)
	p, architecture, code := b.parse(args[0])
	if code != exitClean {
		return code
	}
	if code := p.generate(); code != exitClean {
		return code
	}
	data, err := b.compile(args[0], architecture)
	if err != nil {
		return b.fail(err)
	}
	return b.write(p.path, architecture, data)
}

// parse parses the main package and what it imports for the architecture of the functions.
// The architecture decides which files are in the packages, and the files say which it is. So
// parse tries one architecture after the other.
func (b *builder) parse(mainPackage string) (p *program, architecture string, code int) {
	for _, try := range bundle.Architectures {
		if err := bundle.SetArchitecture(try); err != nil {
			return nil, "", b.fail(err)
		}
		next := &program{app: b.app, options: &b.options, main: mainPackage}
		if code := next.read("build"); code != exitClean {
			return nil, "", code
		}
		is, err := architectureOf(next.res, mainPackage)
		fits := err == nil && is == try
		if fits || p == nil {
			p, architecture = next, try // of two that don't fit, the first is reported
		}
		if fits && !next.res.Diagnostics.HasErrors() {
			break
		}
	}
	if code := p.report(); code != exitClean {
		return nil, "", code
	}
	switch is, err := architectureOf(p.res, mainPackage); {
	case err != nil:
		return nil, "", b.failOutput(err)
	case is != architecture:
		return nil, "", b.fail(fmt.Errorf("a build of %s for %s includes files that set the functions' architecture to %s; set it in files that a build for %[3]s includes", mainPackage, architecture, is))
	}
	return p, architecture, exitClean
}

// planFiles plans to write the two files.
func (b *builder) planFiles(program, zipFile []byte) (*output.Plan, error) {
	return output.NewPlan([]output.Dir{{
		Path:       b.abs(b.folder),
		Files:      []output.File{{Name: bundle.ProgramFile, Data: program}, {Name: bundle.ZipFile, Data: zipFile}},
		Recognise:  bundle.IsOurs,
		Executable: bundle.ProgramFile,
	}})
}

func (b *builder) compile(mainPackage, architecture string) ([]byte, error) {
	temporary, err := tempdir.New(tempdir.Run)
	if err != nil {
		return nil, err
	}
	defer temporary.Remove()
	defer b.step("compiling %s for %s", mainPackage, architecture)()
	return bundle.Program{Dir: b.dir, Main: mainPackage, Architecture: architecture, Tags: b.tags}.Build(b.ctx, temporary)
}

// write writes the files and describes them on standard output.
func (b *builder) write(importPath, architecture string, program []byte) int {
	zipFile, err := bundle.Zip(program)
	if err != nil {
		return b.fail(err)
	}
	toolchain, err := bundle.Toolchain(program)
	if err != nil {
		return b.fail(err)
	}
	plan, err := b.planFiles(program, zipFile)
	if err == nil {
		err = plan.Apply(b.ctx, nil)
	}
	if err != nil {
		return b.failOutput(err)
	}
	digest := bundle.DigestOf(zipFile)
	result := built{
		Program: filepath.Join(b.folder, bundle.ProgramFile), ProgramBytes: len(program),
		Zip: filepath.Join(b.folder, bundle.ZipFile), ZipBytes: len(zipFile),
		Architecture: architecture, Go: toolchain,
		SHA256: digest.String(), CodeSHA256: digest.CodeSHA256(), Key: digest.Key(importPath),
	}
	if b.json {
		if err := writeNDJSON(b.exact, []built{result}); err != nil {
			return b.fail(err)
		}
		return exitClean
	}
	b.print(result)
	return exitClean
}

// built describes the files of a build.
type built struct {
	Program      string `json:"program"`
	ProgramBytes int    `json:"programBytes"`
	Zip          string `json:"zip"`
	ZipBytes     int    `json:"zipBytes"`
	Architecture string `json:"architecture"`
	Go           string `json:"go"`
	SHA256       string `json:"sha256"`
	CodeSHA256   string `json:"codeSha256"`
	Key          string `json:"key"`
}

func (b *builder) print(r built) {
	limit := "Lambda takes up to 50 MB directly, and more from S3"
	if r.ZipBytes > bundle.MaxDirectZip {
		limit = "upload it to S3: Lambda takes only 50 MB directly"
	}
	for _, line := range [][2]string{
		{"zip", fmt.Sprintf("%s, %s (%s)", r.Zip, megabytes(r.ZipBytes), limit)},
		{"program", fmt.Sprintf("%s, %s (Lambda takes up to 250 MB, with all layers)", r.Program, megabytes(r.ProgramBytes))},
		{"for", fmt.Sprintf("%s, built with %s", r.Architecture, r.Go)},
		{"sha256", r.SHA256},
		{"CodeSha256", r.CodeSHA256},
		{"key", r.Key},
	} {
		fmt.Fprintf(b.stdout, "%-10s  %s\n", line[0], line[1])
	}
}

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// architectureOf returns the architecture of the functions of a program. It returns an error
// if they have different ones.
func architectureOf(res *parse.Result, mainPackage string) (string, error) {
	var first *model.Job
	var architecture string
	var firstPlace model.Pos
	for _, p := range res.Packages {
		for _, j := range p.Jobs() {
			f := p.FunctionOf(j)
			is, place := cmp.Or(f.Architecture, model.DefaultArchitecture), cmp.Or(f.ArchitecturePos, j.Pos)
			if first == nil {
				first, architecture, firstPlace = j, is, place
			}
			if is == architecture {
				continue
			}
			return "", findingsError{diag.New(diag.OneArchitecture, place,
				"%s runs on %s and %s on %s, but both are in the program of %s, which is built for one architecture: give them one, or put them in two main packages",
				j.Handler(), is, first.Handler(), architecture, mainPackage).
				Relate(firstPlace, "the other is here")}
		}
	}
	return architecture, nil
}
