package load

import (
	"slices"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Dir is a directory whose Go files were read.
type Dir struct {
	Path string // absolute
	// Packages are those that were loaded from the directory.
	Packages []*Package

	// main and importPath are set for a package that was named by its import path: the
	// directory of the module in which it has this path. The package may belong to another
	// module, which a replace line or a workspace gives a directory.
	main, importPath string
	// sources are the Go files that the go command looks at: not those with hidden
	// names, and not jobgen's own.
	sources []*snapshot.File
	// generated is the file with the dispatcher's name, nil if there is none.
	generated *snapshot.File
	// files are the files with marks, test files and hidden files among them.
	files []*markedFile
	// foreign are those of files that belong to a package of another name.
	foreign []*markedFile
}

// isUsed reports whether the go command builds a file.
func (d *Dir) isUsed(path string) bool {
	return slices.ContainsFunc(d.Packages, func(p *Package) bool { return slices.Contains(p.GoFiles, path) })
}

// packageName is the name of the directory's package, "" if none was loaded.
func (d *Dir) packageName() string {
	name := ""
	for _, p := range d.Packages {
		if len(p.GoFiles) > 0 {
			name = p.Name
		}
	}
	return name
}

// IsMarked reports whether a file with marks can be part of a build. The package of
// another directory need not be loaded.
func (d *Dir) IsMarked() bool {
	return slices.ContainsFunc(d.files, func(c *markedFile) bool { return !c.isOutside() })
}

// scanDir reads the Go files of a directory and looks for marks.
func scanDir(sources *snapshot.Snapshot, path string) (*Dir, error) {
	files, err := sources.Dir(path)
	if err != nil {
		return nil, err
	}
	d := &Dir{Path: path}
	for _, f := range files {
		if f.Name() == model.DispatcherFile {
			d.generated = f
			continue
		}
		isHidden := snapshot.IsHidden(f.Name())
		if !isHidden {
			d.sources = append(d.sources, f)
		}
		if c := scanFile(f.Path, f.Data); c != nil {
			c.isHidden = isHidden
			d.files = append(d.files, c)
		}
	}
	return d, nil
}
