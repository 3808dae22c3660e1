package load

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/parallel"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// sourceParser parses the files of the packages that are loaded. It begins while the go
// command still lists them.
//
// The packages library type-checks the bodies of functions too, which takes most of the time
// and changes nothing that a run reads. So the parser takes out the statements, and restore
// puts them back when the types are known: directives and struct tags may be among them.
type sourceParser struct {
	fset    *token.FileSet
	sources *snapshot.Snapshot
	overlay overlay

	mu     sync.Mutex
	files  map[string]func() (*ast.File, error)
	bodies []body
}

// body is a function's body with its statements.
type body struct {
	block      *ast.BlockStmt
	statements []ast.Stmt
}

func newSourceParser(sources *snapshot.Snapshot, o overlay) *sourceParser {
	return &sourceParser{fset: token.NewFileSet(), sources: sources, overlay: o, files: map[string]func() (*ast.File, error){}}
}

// begin parses the files that builds of the directories may have.
func (p *sourceParser) begin(dirs []*Dir) {
	var paths []string
	for _, d := range dirs {
		for _, f := range d.sources {
			if f.Err == nil && !strings.HasSuffix(f.Path, "_test.go") {
				paths = append(paths, f.Path)
			}
		}
	}
	parallel.Do(len(paths), func(i int) { _, _ = p.parse(p.fset, paths[i], nil) })
}

// parse returns a file's syntax. It is the ParseFile of the packages library, whose bytes are
// used only for files that cgo makes: the run has read the others. It isn't called for a file
// that doesn't exist: the library reports that it can't be read.
func (p *sourceParser) parse(_ *token.FileSet, path string, src []byte) (*ast.File, error) {
	p.mu.Lock()
	file, ok := p.files[path]
	if !ok {
		file = sync.OnceValues(func() (*ast.File, error) { return p.read(path, src) })
		p.files[path] = file
	}
	p.mu.Unlock()
	return file()
}

// has reports whether the run has the text of a file.
func (p *sourceParser) has(path string) bool {
	text, ok := p.overlay[path]
	return ok && text != nil || !ok && p.sources.Known(path) != nil
}

func (p *sourceParser) read(path string, src []byte) (*ast.File, error) {
	if text, ok := p.overlay[path]; ok {
		src = text
	} else if f := p.sources.Known(path); f != nil {
		src = f.Data
	}
	file, err := parser.ParseFile(p.fset, path, src, parser.ParseComments|parser.AllErrors|parser.SkipObjectResolution)
	if file != nil {
		p.empty(file)
	}
	return file, err
}

// empty takes the statements out of a file's functions.
func (p *sourceParser) empty(file *ast.File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			p.bodies = append(p.bodies, body{fn.Body, fn.Body.List})
			fn.Body.List = nil
		}
	}
}

// restore puts back what empty has taken out.
func (p *sourceParser) restore() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range p.bodies {
		b.block.List = b.statements
	}
}
