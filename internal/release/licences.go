package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"

	modules "golang.org/x/mod/module"
)

// legal matches the names of files that must accompany a program with the code of a module.
var legal = regexp.MustCompile(`(?i)^(licen[sc]e|notice|copying|patents)`)

// licences returns the licence files of Go and of the modules in a program.
func (b *builder) licences(program string) ([]entry, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	all, err := legalFiles(b.goRoot, "licenses/go")
	if err != nil {
		return nil, err
	}
	for _, m := range info.Deps {
		folder, err := modules.EscapePath(m.Path)
		if err != nil {
			return nil, err
		}
		files, err := legalFiles(filepath.Join(b.modules, filepath.FromSlash(folder)+"@"+m.Version), "licenses/"+m.Path)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	return all, nil
}

// legalFiles returns the licence files in a module's folder.
func legalFiles(dir, name string) ([]entry, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var found []entry
	for _, f := range files {
		if f.IsDir() || !legal.MatchString(f.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return nil, err
		}
		found = append(found, entry{name: path.Join(name, f.Name()), content: content})
	}
	if found == nil {
		return nil, fmt.Errorf("%s has no licence file", dir)
	}
	return found, nil
}
