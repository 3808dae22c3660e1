package parse

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
)

// structTag is a jobs tag: the match list of the field at a path.
type structTag struct {
	path  []string // from the type that was walked
	field *types.Var
	raw   string // the tag's value
	key   model.Pos
	value comment // stands in for a directive's line: places count from the value
}

// tagWalker collects the jobs tags of a type and of what it holds.
type tagWalker struct {
	p     *packageParser
	tags  []structTag
	seen  []types.Type // on the way down
	inMap bool
}

// tagsOf returns the jobs tags of a type.
func (p *packageParser) tagsOf(t types.Type) []structTag {
	w := &tagWalker{p: p}
	w.walk(t, nil)
	return w.tags
}

func (w *tagWalker) walk(t types.Type, path []string) {
	t = pointee(t)
	if slices.Contains(w.seen, t) || decodesItself(t) {
		return
	}
	w.seen = append(w.seen, t)
	defer func() { w.seen = w.seen[:len(w.seen)-1] }()
	switch u := t.Underlying().(type) {
	case *types.Slice:
		w.walk(u.Elem(), path)
	case *types.Array:
		w.walk(u.Elem(), path)
	case *types.Map:
		outer := w.inMap
		w.inMap = true
		w.walk(u.Elem(), append(slices.Clone(path), "*"))
		w.inMap = outer
	case *types.Struct:
		for _, f := range jsonFields(u) {
			w.field(f, append(slices.Clone(path), f.name))
		}
		w.undecoded(u)
	}
}

func (w *tagWalker) field(f jsonField, path []string) {
	if raw, ok := f.tag.Lookup(directive.Tool); ok {
		tag := w.p.locate(f.field, raw)
		tag.path = path
		switch {
		case w.inMap:
			w.misplaced(tag, "this tag stands below a map, where a field's path isn't known; write the condition as an event_pattern")
		default:
			w.tags = append(w.tags, tag)
		}
	}
	w.walk(f.field.Type(), path)
}

// undecoded reports tags on fields that encoding/json doesn't decode.
func (w *tagWalker) undecoded(t *types.Struct) {
	decoded := jsonFields(t)
	for i := range t.NumFields() {
		f := t.Field(i)
		raw, ok := reflect.StructTag(t.Tag(i)).Lookup(directive.Tool)
		if !ok || embeddedStruct(f) != nil || slices.ContainsFunc(decoded, func(d jsonField) bool { return d.field == f }) {
			continue
		}
		w.misplaced(w.p.locate(f, raw), "encoding/json doesn't decode the field %s, so nothing of the event stands in it", f.Name())
	}
}

// misplaced reports a tag that no rule could use: that none does is no finding
// of its own.
func (w *tagWalker) misplaced(tag structTag, format string, args ...any) {
	w.p.usedTags[tag.key] = true
	w.p.diags.Report(diag.TagPlace, tag.value.pos, format, args...)
}

// parsedFile is a source file that was read for the places of its tags: export
// data has no columns, and the syntax of other packages isn't loaded.
type parsedFile struct {
	fset   *token.FileSet
	syntax *ast.File
	src    []byte
}

func (p *packageParser) parsed(path string) *parsedFile {
	if f, ok := p.parsedFiles[path]; ok {
		return f
	}
	f := &parsedFile{fset: token.NewFileSet()}
	src, err := os.ReadFile(path)
	if err == nil {
		f.src = src
		// Half a file's syntax is enough for its places.
		f.syntax, _ = parser.ParseFile(f.fset, path, src, parser.SkipObjectResolution)
	}
	p.parsedFiles[path] = f
	return f
}

// tagKey finds the key in a tag as it is written, in either kind of quotes.
var tagKey = regexp.MustCompile("(?:^|[\\s`\"])(jobs:\\\\?\")")

// locate finds a field's tag in its source.
func (p *packageParser) locate(v *types.Var, raw string) structTag {
	at := position(p.pkg.Fset, v.Pos())
	tag := structTag{field: v, raw: raw, key: at, value: comment{pos: at, args: at}}
	f := p.parsed(at.File)
	lit := f.tagOf(at.Line, v.Name())
	if lit == nil {
		return tag
	}
	start := f.fset.PositionFor(lit.Pos(), false)
	m := tagKey.FindSubmatchIndex(f.src[start.Offset:min(len(f.src), start.Offset+len(lit.Value))])
	if m == nil {
		return tag
	}
	tag.key = model.Pos{File: at.File, Line: start.Line, Column: start.Column + m[2]}
	pos := model.Pos{File: at.File, Line: start.Line, Column: start.Column + m[3]}
	tag.value = comment{pos: pos, args: pos, fixed: !strings.HasPrefix(string(f.src[start.Offset+m[3]:]), raw)}
	tag.value.Args = raw
	return tag
}

// tagOf returns the tag of the field of that name which stands on the line.
func (f *parsedFile) tagOf(line int, name string) *ast.BasicLit {
	if f.syntax == nil {
		return nil
	}
	var tag *ast.BasicLit
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if ok && field.Tag != nil && f.declares(field, line, name) {
			tag = field.Tag
		}
		return tag == nil
	})
	return tag
}

func (f *parsedFile) declares(field *ast.Field, line int, name string) bool {
	if len(field.Names) == 0 {
		return f.fset.PositionFor(field.Type.Pos(), false).Line == line
	}
	return slices.ContainsFunc(field.Names, func(id *ast.Ident) bool {
		return id.Name == name && f.fset.PositionFor(id.Pos(), false).Line == line
	})
}

// joinTags adds the tags of the handler's type to a rule's pattern.
func (p *packageParser) joinTags(r *rule, event types.Type) {
	t, prefix := sentType(r, event)
	if t == nil {
		return
	}
	for _, tag := range p.tagsOf(t) {
		p.useTag(r, tag)
		if r.tree == nil || r.form == timed {
			continue
		}
		if list := p.tagList(tag); list != nil {
			p.joinTag(r, tag, append(slices.Clone(prefix), tag.path...), list)
		}
	}
}

// useTag notes that a rule's handler takes the tagged type. A schedule's
// pattern can't be joined: the tag stays unused.
func (p *packageParser) useTag(r *rule, tag structTag) {
	if r.form == timed {
		return
	}
	p.usedTags[tag.key] = true
}

// tagList reads a tag's value: a match list, its brackets left out or not, or
// one alternative.
func (p *packageParser) tagList(tag structTag) *tree {
	n, problems := directive.Parse(tag.raw, directive.WantListOrMap)
	if !p.tagProblems[tag.key] { // once, however many rules take the type
		p.tagProblems[tag.key] = len(problems) > 0
		p.problems(tag.value, problems)
	}
	if n == nil {
		return nil
	}
	t := p.treeOf(tag.value, n)
	if t.kind == directive.List {
		return t
	}
	return &tree{kind: directive.List, pos: t.pos, items: []*tree{t}}
}

// joinTag adds one tag's list, unless the pattern says something else of the
// field.
func (p *packageParser) joinTag(r *rule, tag structTag, path []string, list *tree) {
	for _, w := range ways(r.tree) {
		have := w.list(strings.Join(path, "."))
		if have == nil {
			continue
		}
		if !sameList(have, list) {
			p.diags.Add(diag.New(diag.TagConflict, later(have.pos, tag.value.pos), "the tag of %s and the directive say different things of %s; say it in one place",
				tag.field.Name(), strings.Join(path, ".")).Relate(earlier(have.pos, tag.value.pos), "the other is here"))
		}
		return
	}
	r.tree.add(path, &treeField{key: path[len(path)-1], pos: tag.value.pos, value: list}, p.diags)
}

func sameList(a, b *tree) bool {
	text := func(t *tree) string { return t.value().JSON(model.Text.String) }
	return text(a) == text(b)
}

// later returns the later of two places: a conflict of two stands there.
func later(a, b model.Pos) model.Pos {
	if before(a, b) {
		return b
	}
	return a
}

func earlier(a, b model.Pos) model.Pos {
	if before(a, b) {
		return a
	}
	return b
}

func before(a, b model.Pos) bool {
	if a.File != b.File {
		return a.File < b.File
	}
	return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
}

// unusedTags reports the jobs tags on the package's types that no rule uses.
func (p *packageParser) unusedTags() {
	for _, f := range p.files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok && field.Tag != nil {
				p.unusedTag(f, field)
			}
			return true
		})
	}
}

func (p *packageParser) unusedTag(f *sourceFile, field *ast.Field) {
	start := p.pkg.Fset.PositionFor(field.Tag.Pos(), false)
	m := tagKey.FindStringSubmatchIndex(field.Tag.Value)
	if m == nil {
		return
	}
	pos := model.Pos{File: f.path, Line: start.Line, Column: start.Column + m[2]}
	if !p.usedTags[pos] {
		p.diags.Report(diag.TagUnused, pos, "no rule uses this tag: no handler of a rule with a pattern takes the type")
	}
}
