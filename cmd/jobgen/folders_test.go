//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// TestHostileFolders copies folders from a hostile author: with links, devices,
// pipes, files of someone's own and files that quote jobgen's header in the places
// of outputs, templates and sources. Whatever jobgen does with them, every file
// that is not its own must stay as it was, inside the module and outside. There
// are 1,000 random arrangements, 100 in each module, since the go command looks at
// a module at once.
func TestHostileFolders(t *testing.T) {
	const packages = 100
	modules := 10
	if testing.Short() {
		modules = 1
	}
	module := testmodule.New(t)
	for _, variable := range module.Env() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	written, refused := 0, 0
	for seed := range modules {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			f := newFolders(t, module, uint64(seed))
			for i := range packages {
				f.arrange(fmt.Sprintf("p%03d", i))
			}
			f.keep()
			t.Chdir(f.root)

			// The whole module at once: one fault, and nothing is written.
			code := run([]string{"./..."}, strings.NewReader(""), io.Discard, io.Discard)
			if code != exitClean && code != exitBad {
				t.Errorf("jobgen exits with %d", code)
			}
			f.compare()

			// The packages that can be loaded, each planned and written alone.
			w, r := f.each()
			written, refused = written+w, refused+r
			f.compare()
		})
	}
	if written < 20*modules || refused < 15*modules {
		t.Errorf("%d packages were written and %d refused: the arrangements are too much alike", written, refused)
	}
	t.Logf("%d packages written, %d refused", written, refused)
}

// folders is a module of hostile packages, beside files that no run may touch.
type folders struct {
	t          *testing.T
	rand       *rand.Rand
	base, root string
	loadable   []string        // the packages whose sources can be read
	own        map[string]bool // the paths that a run may change or remove
	before     map[string]string
}

func newFolders(t *testing.T, module *testmodule.Module, seed uint64) *folders {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := &folders{
		t: t, rand: rand.New(rand.NewPCG(seed, 15)), base: base, root: filepath.Join(base, "module"), own: map[string]bool{},
	}
	f.mkdir(f.root)
	f.mkdir(filepath.Join(base, "outside"))
	for name, text := range map[string]string{
		"secret": "secret", "ours.go": ownText("ours.go"), "jobs.go": rightSource("[cloudformation]"), "x.txt.tmpl": "# {{.GeneratedBy}}\n",
	} {
		f.write(filepath.Join(base, "outside", name), text)
	}
	if err := module.Write(f.root); err != nil {
		t.Fatal(err)
	}
	return f
}

// hostileOutputs are the names that jobgen writes for a package of a test.
var hostileOutputs = []string{
	"jobs_gen.go", "jobs.cfn.yaml", "jobs.sam.yaml", "jobs.tf", "jobs.serverless.yml", "jobs.rules.json", "X.txt", "y.txt",
}

func rightSource(formats string) string {
	return "//jobs:package formats: " + formats + ", templates: [X.txt.tmpl, sub/y.txt.tmpl]\npackage app\n\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (Job) Run() error { return nil }\n"
}

// ownText is a file as an earlier jobgen wrote it.
func ownText(name string) string {
	switch filepath.Ext(name) {
	case ".go":
		return "// " + model.Header + "\n\npackage app\n"
	case ".json":
		return `{"generatedBy": "` + model.Header + `", "old": true}`
	}
	return "# Copyright.\n# " + model.Header + "\n# old\n"
}

// quoting are files of someone's own that have the header somewhere.
var quoting = []string{
	"package app\n\n// " + model.Header + "\n",
	"- " + model.Header + "\n",
	`{"generatedBy": "jobgen generator"}`,
	`{"generatedBy": "` + model.Header + `", "generatedBy": "me"}`,
	"# " + model.Header + " Or is it?\n",
	model.Header + "\n",
	"Ask Bob before you change this.\n",
	"\x00\xff",
	"}}}",
}

// one picks one of several things to do.
func (f *folders) one(actions ...func()) { actions[f.rand.IntN(len(actions))]() }

// arrange makes a package. Two of five are mild: jobgen can write them.
func (f *folders) arrange(name string) {
	dir := filepath.Join(f.root, name)
	f.mkdir(dir)
	f.mkdir(filepath.Join(dir, "sub"))
	f.write(filepath.Join(dir, "notes.txt"), "mine")
	f.write(filepath.Join(dir, ".jobgen-mine.tmp"), "mine")
	f.write(filepath.Join(dir, "real.txt"), ownText("real.txt"))
	mild := f.rand.IntN(5) < 2
	f.sources(name, dir, mild)
	f.template(filepath.Join(dir, "X.txt.tmpl"), mild)
	f.template(filepath.Join(dir, "sub", "y.txt.tmpl"), mild)
	for _, output := range hostileOutputs {
		f.output(filepath.Join(dir, output), mild)
	}
	f.one(func() {}, func() {
		path := filepath.Join(dir, ".jobgen-0123456789abcdef.tmp")
		f.write(path, "half of a fi")
		f.own[path] = true
	}, func() { f.link("real.txt", filepath.Join(dir, ".jobgen-ffffffffffffffff.tmp")) })
}

// sources writes a package's sources. All of one module's but the mild packages'
// may be ones that can't be read.
func (f *folders) sources(name, dir string, mild bool) {
	path := filepath.Join(dir, "jobs.go")
	right := func() {
		f.write(path, rightSource("[cloudformation, sam, terraform, serverless, json]"))
		f.loadable = append(f.loadable, "./"+name)
	}
	if mild {
		right()
		return
	}
	hostile := func(make func()) func() {
		return func() {
			f.write(path, rightSource("[json]"))
			make()
		}
	}
	other := filepath.Join(dir, "z.go")
	f.one(right, right, right, right, right, right, right, right, right, right,
		func() { f.write(path, "package app\n"); f.loadable = append(f.loadable, "./"+name) },
		func() { f.write(path, rightSource("[json]")[:60]) },
		func() { f.write(path, "") },
		func() { f.write(path, "<<<<<<< HEAD\n") },
		func() { f.write(path, "\xff\xfep\x00") },
		func() { f.write(path, "//go:build prod\n\n"+rightSource("[json]")) },
		func() { f.link("../../outside/jobs.go", path) },
		func() { f.link("nowhere", path) },
		hostile(func() { f.link("/dev/zero", other) }),
		hostile(func() { f.pipe(other) }),
		hostile(func() { f.device(other) }),
		hostile(func() { f.write(other, "package app\n"); f.chmod(other, 0) }),
		hostile(func() { f.write(other, "//line /proc/self/environ:1\npackage app\n/*\n") }),
	)
}

func (f *folders) template(path string, mild bool) {
	right := func() { f.write(path, "# {{.GeneratedBy}}\n{{len .Rules}}\n") }
	if mild {
		right()
		return
	}
	f.one(right, right, right, right, right, right, right, right,
		func() { f.write(path, "no header\n") },
		func() { f.link(filepath.Join(f.base, "outside", "x.txt.tmpl"), path) },
		func() { f.pipe(path) },
		func() {},
	)
}

// takesSlashes reports whether the line // is a comment in a file of that name, so
// that one with a Go file's header is jobgen's.
func takesSlashes(name string) bool {
	return !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") && !strings.HasSuffix(name, ".json")
}

// output puts something in an output's place.
func (f *folders) output(path string, mild bool) {
	name := filepath.Base(path)
	secret := filepath.Join(f.base, "outside", "secret")
	outside := filepath.Join(f.base, "outside", "ours.go")
	fine := []func(){
		func() {}, func() {},
		func() { f.write(path, ownText(name)); f.own[path] = true },
		func() { f.write(path, " \n"); f.own[path] = true },
		func() { f.write(path, "\uFEFF"); f.own[path] = true },
		func() { f.hardLink(outside, path); f.own[path] = takesSlashes(name) },
	}
	if mild && !takesSlashes(name) {
		fine = fine[:5] // the linked file's header is none here
	}
	if mild || f.rand.IntN(4) > 0 {
		f.one(fine...)
		return
	}
	f.one(
		func() { f.write(path, quoting[f.rand.IntN(len(quoting))]) },
		func() { f.link(secret, path) },
		func() { f.link("../../outside/ours.go", path) },
		func() { f.link("../../outside/new", path) },
		func() { f.link("real.txt", path) },
		func() { f.link("new.txt", path) },
		func() { f.link(name, path) },
		func() { f.link("sub", path) },
		func() { f.link("/dev/null", path) },
		func() { f.mkdir(path) },
		func() { f.pipe(path) },
		func() { f.device(path) },
		func() { f.write(path, ownText(name)); f.chmod(path, 0); f.own[path] = true },
		func() { f.write(filepath.Join(filepath.Dir(path), strings.ToUpper(name)), "mine") },
		func() { f.link(secret, filepath.Join(filepath.Dir(path), strings.ToUpper(name))) },
	)
}

// each plans and writes each package that can be loaded alone, as a run in its
// directory would, and counts those that were written and those that were refused.
func (f *folders) each() (written, refused int) {
	a := &app{inputs: inputs{ctx: context.Background(), stdin: strings.NewReader(""), dir: f.root}, stdout: io.Discard, stderr: io.Discard, exact: io.Discard, files: map[string][]byte{}}
	res, code := a.load("", &options{}, f.loadable)
	if res == nil {
		f.t.Fatalf("loading %v: exit %d", f.loadable, code)
	}
	faulty := map[string]bool{}
	for _, d := range res.Diagnostics.Sorted() {
		if d.Severity == diag.Error {
			faulty[filepath.Dir(d.Pos.File)] = true
		}
	}
	alone := func(dir string, one parse.Result) {
		if faulty[dir] {
			refused++
			return
		}
		plan, err := a.plan(&one, nil)
		if err == nil {
			err = plan.Apply(a.ctx, one.Compare)
		}
		if err != nil {
			refused++
			return
		}
		written++
		if plan, err = a.plan(&one, nil); err != nil || len(plan.Stale()) > 0 {
			f.t.Errorf("%s is stale after it was written: %v", dir, err)
		}
	}
	for _, p := range res.Packages {
		one := *res
		one.Packages, one.Jobless = []*model.Package{p}, nil
		alone(p.Dir, one)
	}
	for _, dir := range res.Jobless {
		one := *res
		one.Packages, one.Jobless = nil, []string{dir}
		alone(dir, one)
	}
	return written, refused
}

// keep notes every file as it is, and compare checks that all that are not
// jobgen's are still so.
func (f *folders) keep() { f.before = f.tree() }

func (f *folders) compare() {
	f.t.Helper()
	now := f.tree()
	for path, was := range f.before {
		if is := now[path]; is != was && !f.own[path] {
			f.t.Errorf("%s was %q and is %q", path, was, is)
		}
	}
	for path, is := range now {
		if _, was := f.before[path]; !was && !f.isOutput(path, is) {
			f.t.Errorf("%s was written: %q", path, is)
		}
	}
}

// isOutput reports whether a new file is one that jobgen writes.
func (f *folders) isOutput(path, content string) bool {
	if filepath.Dir(filepath.Dir(path)) != f.root || !strings.Contains(content, model.Header) {
		return false
	}
	for _, name := range hostileOutputs {
		if filepath.Base(path) == name {
			return true
		}
	}
	return false
}

// tree lists what is below base: kind, mode, and content or target.
func (f *folders) tree() map[string]string {
	all := map[string]string{}
	err := filepath.WalkDir(f.base, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text := info.Mode().String()
		switch {
		case info.Mode().IsRegular():
			data, _ := os.ReadFile(path) // one that can't be read has no content
			text += " " + string(data)
		case info.Mode()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			text += " -> " + target
		}
		all[path] = text
		return nil
	})
	f.must(err)
	return all
}

func (f *folders) must(err error) {
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *folders) mkdir(path string)         { f.must(os.Mkdir(path, 0o755)) }
func (f *folders) write(path, text string)   { f.must(os.WriteFile(path, []byte(text), 0o644)) }
func (f *folders) link(target, path string)  { f.must(os.Symlink(target, path)) }
func (f *folders) hardLink(old, path string) { f.must(os.Link(old, path)) }
func (f *folders) pipe(path string)          { f.must(syscall.Mkfifo(path, 0o644)) }

// chmod makes a file that only root can read.
func (f *folders) chmod(path string, mode fs.FileMode) { f.must(os.Chmod(path, mode)) }

// device makes the device of /dev/zero, or, where only root may, a pipe.
func (f *folders) device(path string) {
	if syscall.Mknod(path, syscall.S_IFCHR|0o644, 1<<8|5) != nil {
		f.pipe(path)
	}
}
