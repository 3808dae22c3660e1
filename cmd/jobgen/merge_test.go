package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/testmodule"
)

var merges = flag.Int("merges", 20, "the number of pairs of edits that TestMergedBranches merges")

// TestMergedBranches makes pairs of random edits to a package, each on a branch with its
// own run of jobgen, and merges those without a conflict in git. If the merged package
// compiles, each rule must call its own method, even before jobgen runs again. After
// another run, the package must be up to date.
//
// Each method's body has a token, and the patterns of its rules begin with it, so that a
// rule's pattern shows which method it belongs to. There are only few names and ids, so
// that one branch may add a name that the other one removes.
func TestMergedBranches(t *testing.T) {
	pairs := *merges
	if testing.Short() {
		pairs = 5
	}
	module := testmodule.New(t)
	for _, variable := range module.Env() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	var total mergeCounts
	for first := 0; first < pairs; first += 100 {
		m := &mergeBatch{T: t}
		for i := first; i < min(first+100, pairs); i++ {
			m.names = append(m.names, fmt.Sprintf("p%d", i))
		}
		t.Chdir(module.Dir(t, nil))
		m.run()
		total.add(m.mergeCounts)
	}
	t.Logf("%d pairs: %d merge without a conflict, %d of these compile; %d rules call their own methods", pairs, total.merged, total.compiled, total.calls)
	if total.merged < pairs/8 || total.compiled < pairs/10 || total.calls < pairs {
		t.Error("there are too few such pairs and rules")
	}
}

type mergeCounts struct{ merged, compiled, calls int }

func (c *mergeCounts) add(other mergeCounts) {
	c.merged, c.compiled, c.calls = c.merged+other.merged, c.compiled+other.compiled, c.calls+other.calls
}

// mergeBatch is a group of pairs for one run of jobgen. The package p1 is in base/p1,
// left/p1 and right/p1, and the merged one in merged/p1.
type mergeBatch struct {
	*testing.T
	mergeCounts
	names []string
}

func (m *mergeBatch) run() {
	for i, name := range m.names {
		var seed uint64
		fmt.Sscanf(name, "p%d", &seed)
		base := newEdited(name, seed)
		left, right := base.branch(seed, 1), base.branch(seed, 2)
		for dir, p := range map[string]*edited{"base": base, "left": left, "right": right} {
			m.write(filepath.Join(dir, m.names[i], "jobs.go"), []byte(p.source()))
		}
	}
	for _, dir := range []string{"base", "left", "right"} {
		m.jobgen("./" + dir + "/...")
	}
	for _, name := range m.names {
		if m.merge(name, "jobs.go") && m.merge(name, "jobs_gen.go") {
			m.merged++
			continue
		}
		if err := os.RemoveAll(filepath.Join("merged", name)); err != nil {
			m.Fatal(err)
		}
	}
	m.check()
	if m.merged > 0 {
		m.jobgen("./merged/...")
		m.jobgen("-check", "./merged/...")
	}
}

func (m *mergeBatch) write(path string, data []byte) {
	m.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, data, 0o666)); err != nil {
		m.Fatal(err)
	}
}

func (m *mergeBatch) jobgen(args ...string) {
	m.Helper()
	var out bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &out); code != exitClean {
		m.Fatalf("jobgen %v: code %d\n%.3000s", args, code, &out)
	}
}

// merge merges a file of a package as git does, and reports whether there was no conflict.
func (m *mergeBatch) merge(name, file string) bool {
	m.Helper()
	args := []string{"merge-file", "-p"}
	for _, branch := range []string{"left", "base", "right"} {
		path := filepath.Join(branch, name, file)
		data, err := os.ReadFile(path)
		if err != nil {
			m.Fatal(err)
		}
		// On real branches, the package has the same import path.
		m.write(path, bytes.ReplaceAll(data, []byte("app/"+branch+"/"), []byte("app/merged/")))
		args = append(args, path)
	}
	merged, err := exec.Command("git", args...).Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() > 0 && exit.ExitCode() < 128 {
		return false
	} else if err != nil {
		m.Skipf("git merge-file: %v", err)
	}
	m.write(filepath.Join("merged", name, file), merged)
	return true
}

// check checks the calls in the merged packages that compile. It removes the packages
// whose sources, not only their generated files, have compile errors.
func (m *mergeBatch) check() {
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./merged/...")
	if err != nil {
		m.Fatal(err)
	}
	for _, p := range loaded {
		if len(p.Errors) == 0 {
			m.compiled++
			m.checkCalls(p)
			continue
		}
		if slices.ContainsFunc(p.Errors, func(e packages.Error) bool { return strings.Contains(e.Pos, "jobs.go:") }) {
			m.merged--
			if err := os.RemoveAll(filepath.Join("merged", filepath.Base(p.PkgPath))); err != nil {
				m.Fatal(err)
			}
		}
	}
}

// checkCalls checks which method each rule of a package calls.
func (m *mergeBatch) checkCalls(p *packages.Package) {
	c := readDispatcher(p)
	for pattern, job := range c.rules {
		token, ok := c.tokens[c.methods[c.calls[job]]]
		if ok && !strings.Contains(pattern, `"`+token+`.`) {
			m.Errorf("%s: the rule with the pattern %s calls the method of %s", p.PkgPath, pattern, token)
		}
		if ok {
			m.calls++
		}
	}
}

// dispatched has the calls of a package's generated code.
type dispatched struct {
	rules   map[string]string       // handlers by pattern
	calls   map[string]string       // names of calling functions or cases by handler
	methods map[string]types.Object // called methods by function or case
	tokens  map[types.Object]string // tokens by method
}

func readDispatcher(p *packages.Package) *dispatched {
	c := &dispatched{map[string]string{}, map[string]string{}, map[string]types.Object{}, map[types.Object]string{}}
	for _, file := range p.Syntax {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
				c.readMethod(p, f)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.CompositeLit); ok {
				c.readRule(p, literal)
			}
			return true
		})
	}
	return c
}

func (c *dispatched) readMethod(p *packages.Package, f *ast.FuncDecl) {
	if token := returned(f); token != "" {
		c.tokens[p.TypesInfo.Defs[f.Name]] = token
		return
	}
	if f.Name.Name != "call" {
		c.methods[f.Name.Name] = called(p, f.Body)
		return
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		clause, ok := n.(*ast.CaseClause)
		if !ok || len(clause.List) == 0 {
			return true
		}
		handler := constant.StringVal(p.TypesInfo.Types[clause.List[0]].Value)
		object := called(p, clause)
		c.calls[handler] = "case " + handler
		c.methods["case "+handler] = object
		if object != nil && strings.HasPrefix(object.Name(), "call") {
			c.calls[handler] = object.Name() // a function of the job
		}
		return false
	})
}

// returned returns the token in the body of a method, or "" if the method is not a job.
func returned(f *ast.FuncDecl) (token string) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "ran" {
				token = strings.Trim(call.Args[1].(*ast.BasicLit).Value, `"`)
			}
		}
		return true
	})
	return token
}

// called returns the method of this package that a function or case calls last.
func called(p *packages.Package, n ast.Node) (method types.Object) {
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
				if f := p.TypesInfo.Selections[sel]; f != nil && f.Obj().Pkg() == p.Types {
					method = f.Obj()
				}
			}
		}
		return true
	})
	return method
}

func (c *dispatched) readRule(p *packages.Package, literal *ast.CompositeLit) {
	fields := map[string]string{}
	for _, e := range literal.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if v := p.TypesInfo.Types[pair.Value].Value; v != nil && v.Kind() == constant.String {
				fields[pair.Key.(*ast.Ident).Name] = constant.StringVal(v)
			}
		}
	}
	if fields["Pattern"] != "" {
		c.rules[fields["Pattern"]] = fields["Job"]
	}
}

// edited is a package to which edits are made.
type edited struct {
	name    string
	methods []editedMethod
	made    int // the number of tokens and ids so far
}

type editedMethod struct {
	receiver, name, event, token string
	rules                        []editedRule
}

type editedRule struct {
	id     string
	number int
	values []int
}

func newEdited(name string, seed uint64) *edited {
	p := &edited{name: name}
	r := rand.New(rand.NewPCG(seed, 0))
	for range 4 + r.IntN(16) {
		p.insert(r, "")
	}
	return p
}

// branch returns a copy with one or two edits.
func (p *edited) branch(seed, number uint64) *edited {
	q := &edited{name: p.name, made: p.made + 100*int(number)}
	for _, m := range p.methods {
		m.rules = slices.Clone(m.rules)
		q.methods = append(q.methods, m)
	}
	r := rand.New(rand.NewPCG(seed, number))
	for range 1 + r.IntN(2) {
		q.edit(r)
	}
	return q
}

func (p *edited) edit(r *rand.Rand) {
	if len(p.methods) < 2 {
		p.insert(r, "")
		return
	}
	at := r.IntN(len(p.methods))
	m := &p.methods[at]
	switch r.IntN(8) {
	case 0:
		p.insert(r, "")
	case 1: // remove a method
		p.methods = slices.Delete(p.methods, at, at+1)
	case 2: // replace a method by another of its name, elsewhere
		name := m.name
		p.methods = slices.Delete(p.methods, at, at+1)
		p.insert(r, name)
	case 3: // rename
		m.name = p.free(r)
	case 4: // move
		moved := *m
		p.methods = slices.Delete(p.methods, at, at+1)
		p.methods = slices.Insert(p.methods, r.IntN(len(p.methods)+1), moved)
	case 5: // add a rule
		p.addRule(r, m)
	case 6: // remove a rule
		if len(m.rules) > 1 {
			i := r.IntN(len(m.rules))
			m.rules = slices.Delete(m.rules, i, i+1)
		}
	case 7: // change a rule
		rule := &m.rules[r.IntN(len(m.rules))]
		rule.values = append(slices.Clone(rule.values), 10+r.IntN(10))
	}
}

// insert inserts a method, with a free name unless one is given.
func (p *edited) insert(r *rand.Rand, name string) {
	if name == "" {
		name = p.free(r)
	}
	p.made++
	m := editedMethod{
		receiver: []string{"Alpha", "Beta"}[r.IntN(2)], name: name, token: fmt.Sprintf("%s.m%d", p.name, p.made),
		event: []string{"", "jobs.Event[Change]", "jobs.Event[Other]"}[r.IntN(3)],
	}
	for range 1 + r.IntN(2) {
		p.addRule(r, &m)
	}
	p.methods = slices.Insert(p.methods, r.IntN(len(p.methods)+1), m)
}

func (p *edited) addRule(r *rand.Rand, m *editedMethod) {
	p.made++
	rule := editedRule{number: p.made, values: []int{r.IntN(10)}, id: fmt.Sprintf("Rule%d", p.made)}
	m.rules = slices.Insert(m.rules, r.IntN(len(m.rules)+1), rule)
}

// free returns one of a few names that no method has.
func (p *edited) free(r *rand.Rand) string {
	for {
		name := fmt.Sprintf("Run%d", r.IntN(40))
		if !slices.ContainsFunc(p.methods, func(m editedMethod) bool { return m.name == name }) {
			return name
		}
	}
}

func (p *edited) source() string {
	var b strings.Builder
	b.WriteString("//jobs:package formats: [json]\npackage app\n\nimport (\n\t\"context\"\n\n\t\"github.com/jobgen/jobgen/jobs\"\n)\n\n" +
		"type Alpha struct{}\n\ntype Beta struct{}\n\ntype Change struct {\n\tState int `json:\"state\"`\n}\n\ntype Other struct {\n\tState float64 `json:\"state\"`\n}\n\n" +
		"type all = jobs.Event[Change]\n\nfunc ran(context.Context, string) error { return nil }\n")
	for _, m := range p.methods {
		b.WriteString("\n")
		for _, r := range m.rules {
			if len(m.rules) > 1 || r.number%2 == 0 {
				fmt.Fprintf(&b, "//jobs:event_rule id: %s\n", r.id)
			}
			values := strings.Trim(strings.ReplaceAll(fmt.Sprint(r.values), " ", ", "), "[]")
			fmt.Fprintf(&b, "//jobs:event_pattern {source: [%s.r%d], detail: {state: [%s]}}\n", m.token, r.number, values)
		}
		event := ""
		if m.event != "" {
			event = ", e " + m.event
		}
		fmt.Fprintf(&b, "func (j *%s) %s(ctx context.Context%s) error {\n\treturn ran(ctx, %q)\n}\n", m.receiver, m.name, event, m.token)
	}
	return b.String()
}
