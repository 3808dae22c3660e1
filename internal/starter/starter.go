// Package starter holds the files of a first job. There are three kinds: for events of AWS,
// for a schedule, and for the user's own events. The folder of a kind is a package of this
// module, so its files are compiled and tested like any other. Files adapts them to another
// module.
package starter

import (
	"embed"
	"fmt"
	"go/format"
	"path"
	"regexp"
	"strconv"
	"strings"
)

//go:embed */jobs.go */jobs_test.go */lambda/main.go */testdata/*.json
var folders embed.FS

// self is the import path of this package.
const self = "github.com/jobgen/jobgen/internal/starter"

// Kind is a kind of first job.
type Kind struct {
	Name    string // in the command's flag
	What    string // says what the job handles
	Package string // the folder here, and the default name of the package
	Event   string // the path of the sample event in the package
}

// Kinds are all kinds. The first is the default.
var Kinds = []Kind{
	{Name: "event", What: "an event of AWS", Package: "deploys", Event: "testdata/pipeline-failed.json"},
	{Name: "schedule", What: "a schedule", Package: "cleanup", Event: "testdata/nightly.json"},
	{Name: "own", What: "an event of yours, on an event bus of yours", Package: "orders", Event: "testdata/order-placed.json"},
}

// Place says where a first job goes.
type Place struct {
	Package string // the name of its package
	Path    string // the import path of its package
	Main    string // the name of its main package's folder
}

// File is a file of a first job.
type File struct {
	Name string // the path in its package's folder, with slashes
	Data []byte
}

// Files returns the files of the job's package, and the file of the main package that
// starts it.
func (k Kind) Files(at Place) (job []File, main File, err error) {
	for _, name := range []string{"jobs.go", "jobs_test.go", k.Event} {
		f, err := k.file(name, at)
		if err != nil {
			return nil, File{}, err
		}
		job = append(job, f)
	}
	main, err = k.file("lambda/main.go", at)
	main.Name = path.Base(main.Name)
	return job, main, err
}

func (k Kind) file(name string, at Place) (File, error) {
	data, err := folders.ReadFile(path.Join(k.Package, name))
	if err != nil || path.Ext(name) != ".go" {
		return File{name, data}, err
	}
	text := strings.NewReplacer(
		"package "+k.Package, "package "+at.Package,
		"Package "+k.Package, "Package "+at.Package,
		"Command lambda", "Command "+at.Main,
		strconv.Quote(self+"/"+k.Package), at.imported(),
	).Replace(string(data))
	if name != "jobs.go" { // jobs.go doesn't qualify its names
		text = regexp.MustCompile(`\b`+k.Package+`\.([A-Z])`).ReplaceAllString(text, at.Package+".$1")
	}
	data, err = format.Source([]byte(text)) // it sorts the imports
	if err != nil {
		return File{}, fmt.Errorf("%s of the kind %s: %w", name, k.Name, err)
	}
	return File{name, data}, nil
}

// imported returns the import of the package, with its name if the path does not end in it.
func (p Place) imported() string {
	quoted := strconv.Quote(p.Path)
	if path.Base(p.Path) == p.Package {
		return quoted
	}
	return p.Package + " " + quoted
}

// GenerateLine runs jobgen for all packages of a module, from the module's root.
const GenerateLine = "//go:generate go tool jobgen ./..."

// GenerateFile is the name of the file with the GenerateLine.
const GenerateFile = "generate.go"

// Generate returns the file with the GenerateLine, for the package at the module's root.
func Generate(pkg string) []byte { return []byte("package " + pkg + "\n\n" + GenerateLine + "\n") }
