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

// completers complete arguments and flags' values by their names in synopses and usages.
// A nil completer is for values that jobgen can't know. TestCompleters checks that no name
// is missing. The arguments are those before the last one, and the beginning of that.
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

// completeFormats completes the last one of several formats.
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

// maxDirs is the number of directories in which rule ids are looked for, so that
// completion is fast in any directory.
const maxDirs = 5000

// ruleConstant matches a constant of a rule's id in a generated dispatcher.
var ruleConstant = regexp.MustCompile(`(?m)^\tRule\w+ += "([\w-]+)"$`)

// ruleIDs returns the ids of rules in the generated dispatchers in a directory and below.
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
