package watch

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// Set describes the files that are watched. All paths are absolute. None of them has to exist.
type Set struct {
	// Dirs are folders of Go packages. Of a folder, the files that the go command compiles are
	// watched, without tests.
	Dirs []string
	// Embeds are the patterns of the packages' go:embed directives.
	Embeds []Embed
	// Files are single files.
	Files []string
	// Roots are the folders of modules. The folders between a root and a watched file are watched
	// too, because one of them can be removed or renamed.
	Roots []string
}

// Embed is a pattern of a go:embed directive in a package.
type Embed struct{ Dir, Pattern string }

// sources are the extensions of files that the go command compiles (go help packages, and the
// fields of go list's Package).
var sources = map[string]bool{
	".go": true, ".c": true, ".cc": true, ".cpp": true, ".cxx": true, ".m": true,
	".h": true, ".hh": true, ".hpp": true, ".hxx": true,
	".f": true, ".F": true, ".for": true, ".f90": true,
	".s": true, ".S": true, ".sx": true, ".swig": true, ".swigcxx": true, ".syso": true,
}

// isSource reports whether the go command compiles a file with this name into a package.
func isSource(name string) bool {
	return sources[filepath.Ext(name)] && !isIgnored(name) && !strings.HasSuffix(name, "_test.go")
}

// isIgnored reports whether the go command ignores a file or folder with this name. Editors give
// such names to their temporary files.
func isIgnored(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") }

// listing is what is on disk now: the files of a set, and the folders whose entries decide which
// files these are.
type listing struct {
	files   map[string]bool
	folders map[string]bool
}

// list finds the files of the set.
func (s Set) list() listing {
	l := listing{files: map[string]bool{}, folders: map[string]bool{}}
	for _, dir := range s.Dirs {
		l.addDir(dir)
	}
	for _, e := range s.Embeds {
		l.addEmbed(e)
	}
	for _, file := range s.Files {
		l.folders[filepath.Dir(file)] = true
		l.addFile(file)
	}
	for dir := range maps.Clone(l.folders) {
		s.addAncestors(l, dir)
	}
	return l
}

// addAncestors adds the folders between a root and a folder. Of a folder that doesn't exist, it
// adds the nearest one that does.
func (s Set) addAncestors(l listing, dir string) {
	for !isFolder(dir) || s.isInRoot(dir) {
		parent := filepath.Dir(dir)
		if parent == dir {
			return
		}
		dir = parent
		l.folders[dir] = true
	}
}

// isInRoot reports whether a folder is below a root.
func (s Set) isInRoot(dir string) bool {
	return slices.ContainsFunc(s.Roots, func(root string) bool { return root != dir && isBelow(root, dir) })
}

// isBelow reports whether a path is a folder or is below it.
func isBelow(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// addFile adds a file if it exists. For a link, it also adds the folder of the file that the link
// leads to.
func (l listing) addFile(path string) {
	info, err := os.Lstat(path)
	if err != nil {
		return
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			l.folders[filepath.Dir(target)] = true
		}
	}
	l.files[path] = true
}

func (l listing) addDir(dir string) {
	l.folders[dir] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // the folder doesn't exist, or it can't be read, which the go command reports
	}
	for _, e := range entries {
		if !e.IsDir() && isSource(e.Name()) {
			l.addFile(filepath.Join(dir, e.Name()))
		}
	}
}

// addEmbed adds the files that a pattern matches, and the folders in which new files can match
// it (package embed).
func (l listing) addEmbed(e Embed) {
	pattern, all := strings.CutPrefix(e.Pattern, "all:")
	at := e.Dir
	for _, element := range strings.Split(pattern, "/") {
		l.folders[at] = true
		if strings.ContainsAny(element, `*?[\`) {
			break
		}
		at = filepath.Join(at, element)
	}
	matches, err := filepath.Glob(filepath.Join(escapeGlob(e.Dir), filepath.FromSlash(pattern)))
	if err != nil {
		return // the go command reports the pattern
	}
	for _, match := range matches {
		l.folders[filepath.Dir(match)] = true
		_ = filepath.WalkDir(match, func(path string, entry fs.DirEntry, err error) error {
			hidden := path != match && !all && isIgnored(entry.Name())
			switch {
			case err != nil || hidden && entry.IsDir():
				return fs.SkipDir
			case hidden:
			case entry.IsDir():
				l.folders[path] = true
			default:
				l.addFile(path)
			}
			return nil
		})
	}
}

// escapeGlob returns a pattern that matches a path only.
func escapeGlob(path string) string {
	if os.PathSeparator == '\\' {
		return path // a pattern has no escapes there
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// digest identifies the bytes of a file.
type digest [sha256.Size]byte

// unreadable is the digest of a file that can't be read. It differs from that of every file.
var unreadable digest

// digests reads files. Files for which skip returns true are left out.
func (l listing) digests(skip func(path string, data []byte) bool) map[string]digest {
	all := make(map[string]digest, len(l.files))
	for path := range l.files {
		data, err := snapshot.ReadFile(path)
		switch {
		case err != nil:
			all[path] = unreadable
		case skip == nil || !skip(path, data):
			all[path] = sha256.Sum256(data)
		}
	}
	return all
}

// stamp is what a file's folder says about it.
type stamp struct {
	size int64
	time time.Time
}

// stamps returns the sizes and times of files, without reading them.
func (l listing) stamps() map[string]stamp {
	all := make(map[string]stamp, len(l.files))
	for path := range l.files {
		if info, err := os.Stat(path); err == nil {
			all[path] = stamp{info.Size(), info.ModTime()}
		}
	}
	return all
}
