package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/starter"
)

// completers maps the names of arguments in synopses, and of values in the usages of flags, to
// functions that complete them. It has nil for values that jobgen can't know. TestCompleters
// checks that no name is missing. The parameter before has the arguments before the last one,
// and last is the beginning of the last one.
var completers = map[string]func(a *app, before []string, last string) completion{
	"packages": func(*app, []string, string) completion {
		return completion{directoryPaths, plainWords([]string{"./..."})}
	},
	"MAIN":        completeDirectories,
	"FOLDER":      completeDirectories,
	"folder":      completeDirectories,
	"EVENT":       completeFiles,
	"event":       completeFiles,
	"pattern":     completeFiles,
	"FILE":        completeFiles,
	"SOURCE=FILE": completeFiles,
	"SOURCE":      func(*app, []string, string) completion { return completion{words: plainWords(catalog.Sources())} },
	"DETAIL-TYPE": completeDetailTypes,
	"JOBnnn":      completeCodes,
	"ID":          func(a *app, _ []string, _ string) completion { return completion{words: plainWords(ruleIDs(a.dir))} },
	"KIND":        completeKinds,
	"NAME=VALUE":  nil,
	"ADDRESS":     nil,
	"formats":     completeFormats,
	"tags":        nil,
	"name":        nil,
}

func completeFiles(*app, []string, string) completion       { return completion{paths: filePaths} }
func completeDirectories(*app, []string, string) completion { return completion{paths: directoryPaths} }

func completeDetailTypes(_ *app, before []string, _ string) completion {
	return completion{words: plainWords(catalog.DetailTypes(before[len(before)-1]))}
}

func completeCodes(*app, []string, string) completion {
	var words []completedWord
	for _, info := range diag.Codes() {
		words = append(words, completedWord{string(info.Code), info.Title})
	}
	return completion{words: words}
}

func completeKinds(*app, []string, string) completion {
	var words []completedWord
	for _, k := range starter.Kinds {
		words = append(words, completedWord{k.Name, k.What})
	}
	return completion{words: words}
}

// completeFormats completes the last format in a list with commas.
func completeFormats(_ *app, _ []string, last string) completion {
	before := last[:strings.LastIndex(last, ",")+1]
	var words []completedWord
	for _, format := range directive.Formats {
		if !slices.Contains(strings.Split(before, ","), format) {
			words = append(words, completedWord{word: before + format})
		}
	}
	return completion{words: words}
}

// maxDirs is the maximum number of directories that ruleIDs reads, so that completion is
// always fast.
const maxDirs = 5000

// ruleConstant matches the constant with a rule's id in a generated dispatcher.
var ruleConstant = regexp.MustCompile(`(?m)^\tRule\w+ += "([\w-]+)"$`)

// ruleIDs returns the ids of the rules in the generated dispatchers in and below a directory.
func ruleIDs(root string) []string {
	var ids []string
	dirs := 0
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir
		case entry.IsDir():
			if dirs++; dirs > maxDirs {
				return fs.SkipAll
			}
			if name := entry.Name(); path != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor") {
				return fs.SkipDir
			}
		case entry.Name() == model.DispatcherFile && entry.Type().IsRegular():
			data, err := os.ReadFile(path)
			if err != nil {
				return nil
			}
			for _, m := range ruleConstant.FindAllSubmatch(data, -1) {
				ids = append(ids, string(m[1]))
			}
		}
		return nil
	})
	slices.Sort(ids)
	return ids
}
