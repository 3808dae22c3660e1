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
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// TestHostileFolders runs jobgen in folders as a hostile author could make them. At the
// paths of outputs, templates and sources are links, devices, pipes, files of other people,
// and files that quote jobgen's header. Every file that jobgen did not write must stay
// unchanged, inside the module and outside. There are 1,000 random packages, 100 in each
// module, because the go command loads a whole module at once.
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

			// In a run over the whole module, one error prevents all writing.
			code := run([]string{"./..."}, strings.NewReader(""), io.Discard, io.Discard)
			if code != exitClean && code != exitBad {
				t.Errorf("jobgen exits with %d", code)
			}
			f.compare()

			// Each package that can be loaded is also planned and written separately.
			w, r := f.each()
			written, refused = written+w, refused+r
			f.compare()
		})
	}
	if written < 20*modules || refused < 15*modules {
		t.Errorf("%d packages were written and %d refused: the packages are too similar", written, refused)
	}
	t.Logf("%d packages written, %d refused", written, refused)
}

// folders is a module with hostile packages, next to files that no run may change.
type folders struct {
	t          *testing.T
	rand       *rand.Rand
	base, root string
	loadable   []string        // the packages whose sources can be read
	own        map[string]bool // the files that a run may change or remove
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

// hostileOutputs are the names of all files that jobgen writes in these packages.
var hostileOutputs = []string{
	"jobs_gen.go", "jobs.cfn.yaml", "jobs.sam.yaml", "jobs.tf", "jobs.serverless.yml", "jobs.rules.json", "X.txt", "y.txt",
}

func rightSource(formats string) string {
	return "//jobs:package formats: " + formats + ", templates: [X.txt.tmpl, sub/y.txt.tmpl]\npackage app\n\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (Job) Run() error { return nil }\n"
}

// ownText returns the content of a file that an earlier jobgen wrote.
func ownText(name string) string {
	switch filepath.Ext(name) {
	case ".go":
		return "// " + model.Header + "\n\npackage app\n"
	case ".json":
		return `{"generatedBy": "` + model.Header + `", "old": true}`
	}
	return "# Copyright.\n# " + model.Header + "\n# old\n"
}

// quoting are contents of files that jobgen did not write. Most of them quote its header.
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

// one calls one of the functions, chosen at random.
func (f *folders) one(actions ...func()) { actions[f.rand.IntN(len(actions))]() }

// arrange makes a package. Two of five packages are mild: jobgen can write their files.
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

// sources writes a package's sources. Those of a package that is not mild may be
// unreadable.
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

// takesSlashes reports whether // starts a comment in a file of that name. If it does, a
// file with the header of a Go file is jobgen's.
func takesSlashes(name string) bool {
	return !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") && !strings.HasSuffix(name, ".json")
}

// output makes a file of a random kind at the path of an output.
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
		fine = fine[:5] // in this file, the header of the linked one is not a comment
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

// each plans and writes each loadable package separately, as a run in its directory does.
// It returns how many packages were written and how many were refused.
func (f *folders) each() (written, refused int) {
	a := &app{inputs: inputs{ctx: context.Background(), stdin: strings.NewReader(""), dir: f.root}, stdout: io.Discard, stderr: io.Discard, exact: io.Discard, logs: io.Discard, files: map[string][]byte{}}
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

// keep records all files.
func (f *folders) keep() { f.before = f.tree() }

// compare checks that the files that are not jobgen's are as keep has recorded them.
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

// isOutput reports whether a new file is an output of jobgen.
func (f *folders) isOutput(path, content string) bool {
	if filepath.Dir(filepath.Dir(path)) != f.root || !strings.Contains(content, model.Header) {
		return false
	}
	return slices.Contains(hostileOutputs, filepath.Base(path))
}

// tree returns all files below base: the kind and mode of each, and its content or target.
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
			data, _ := os.ReadFile(path) // an unreadable file counts as empty
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

// chmod changes a file's mode. With mode 0, only root can read it.
func (f *folders) chmod(path string, mode fs.FileMode) { f.must(os.Chmod(path, mode)) }

// device makes a device like /dev/zero, or a pipe if only root may make devices.
func (f *folders) device(path string) {
	if syscall.Mknod(path, syscall.S_IFCHR|0o644, 1<<8|5) != nil {
		f.pipe(path)
	}
}
