package watch

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// tree is a folder with the sources of a program.
type tree struct {
	t    *testing.T
	root string
}

func newTree(t *testing.T) *tree {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	tr := &tree{t, root}
	for _, name := range []string{"go.mod", "main.go", "app/jobs.go", "app/sub/sub.go", "app/web/page.html", "app/web/css/style.css", "schemas/order.json"} {
		tr.write(name, name)
	}
	return tr
}

func (tr *tree) path(name string) string { return filepath.Join(tr.root, filepath.FromSlash(name)) }

// write writes a file and makes its folder.
func (tr *tree) write(name, text string) {
	tr.t.Helper()
	tr.check(os.MkdirAll(filepath.Dir(tr.path(name)), 0o777))
	tr.check(os.WriteFile(tr.path(name), []byte(text), 0o666))
}

func (tr *tree) rename(from, to string) {
	tr.t.Helper()
	tr.check(os.Rename(tr.path(from), tr.path(to)))
}

func (tr *tree) remove(name string) {
	tr.t.Helper()
	tr.check(os.RemoveAll(tr.path(name)))
}

func (tr *tree) check(err error) {
	tr.t.Helper()
	if err != nil {
		tr.t.Fatal(err)
	}
}

func (tr *tree) set() Set {
	return Set{
		Dirs:   []string{tr.root, tr.path("app"), tr.path("app/sub"), tr.path("app/new/deep")},
		Embeds: []Embed{{tr.path("app"), "web"}, {tr.path("app"), "texts/*.txt"}, {tr.path("app"), "all:hidden"}},
		Files:  []string{tr.path("go.mod"), tr.path("go.work"), tr.path("schemas/order.json")},
		Roots:  []string{tr.root},
	}
}

// generated is the beginning of a file that the watchers of tests skip.
const generated = "// generated"

func options() Options {
	return Options{Skip: func(_ string, data []byte) bool { return bytes.HasPrefix(data, []byte(generated)) }}
}

// watch returns a watcher of the tree.
func (tr *tree) watch(opts Options) *Watcher {
	opts.Say = func(s string) { tr.t.Error("the watcher polls:", s) }
	w := New(opts)
	tr.t.Cleanup(w.Close)
	w.Watch(tr.set())
	return w
}

// expect waits for a report of files, which may come in parts.
func (tr *tree) expect(w *Watcher, want ...string) {
	tr.t.Helper()
	var got []string
	for len(got) < len(want) {
		select {
		case changed := <-w.Changes():
			for _, path := range changed {
				rel, err := filepath.Rel(tr.root, path)
				tr.check(err)
				got = merge(got, []string{filepath.ToSlash(rel)})
			}
		case <-time.After(10 * time.Second):
			tr.t.Fatalf("only %v were reported, want %v", got, want)
		}
	}
	if diff := cmp.Diff(merge(want, nil), got); diff != "" {
		tr.t.Fatal("(-want +got)", diff)
	}
}

// ways are the ways in which editors and other tools change files, with the files that are
// reported.
var ways = []struct {
	name   string
	change func(tr *tree)
	want   []string
}{
	{"written in place", func(tr *tree) { tr.write("app/jobs.go", "2") }, []string{"app/jobs.go"}},
	{"renamed over", func(tr *tree) {
		tr.write("app/.jobs.go.123", "3")
		tr.rename("app/.jobs.go.123", "app/jobs.go")
	}, []string{"app/jobs.go"}},
	{"renamed over twice", func(tr *tree) {
		for _, text := range []string{"4", "5"} {
			tr.write("app/4913", text)
			tr.rename("app/4913", "app/jobs.go")
		}
	}, []string{"app/jobs.go"}},
	{"moved to a backup, and written anew", func(tr *tree) {
		tr.rename("app/jobs.go", "app/jobs.go~")
		tr.write("app/jobs.go", "6")
		tr.remove("app/jobs.go~")
	}, []string{"app/jobs.go"}},
	{"a single file is renamed over", func(tr *tree) {
		tr.write("schemas/.order.json.swp", "7")
		tr.rename("schemas/.order.json.swp", "schemas/order.json")
	}, []string{"schemas/order.json"}},
	{"a new file", func(tr *tree) { tr.write("app/more.go", "8") }, []string{"app/more.go"}},
	{"the file that was new is written", func(tr *tree) { tr.write("app/more.go", "9") }, []string{"app/more.go"}},
	{"a file is removed", func(tr *tree) { tr.remove("app/more.go") }, []string{"app/more.go"}},
	{"a single file is made", func(tr *tree) { tr.write("go.work", "10") }, []string{"go.work"}},
	{"an embedded file", func(tr *tree) { tr.write("app/web/css/style.css", "11") }, []string{"app/web/css/style.css"}},
	{"a new embedded file in a new folder", func(tr *tree) { tr.write("app/web/js/main.js", "12") }, []string{"app/web/js/main.js"}},
	{"the folder of a pattern is made", func(tr *tree) { tr.write("app/texts/de.txt", "13") }, []string{"app/texts/de.txt"}},
	{"a hidden file of a pattern with all:", func(tr *tree) { tr.write("app/hidden/.x", "14") }, []string{"app/hidden/.x"}},
	{"a package is made", func(tr *tree) { tr.write("app/new/deep/deep.go", "15") }, []string{"app/new/deep/deep.go"}},
	{"a package is changed that was made", func(tr *tree) { tr.write("app/new/deep/deep.go", "16") }, []string{"app/new/deep/deep.go"}},
	{"a package is removed", func(tr *tree) { tr.remove("app/sub") }, []string{"app/sub/sub.go"}},
	{"a package is made again", func(tr *tree) { tr.write("app/sub/sub.go", "17") }, []string{"app/sub/sub.go"}},
	{"a folder is replaced", func(tr *tree) {
		tr.rename("app", "app.old")
		tr.write("app/jobs.go", "18")
	}, []string{
		"app/hidden/.x", "app/jobs.go", "app/new/deep/deep.go", "app/sub/sub.go", "app/texts/de.txt",
		"app/web/css/style.css", "app/web/js/main.js", "app/web/page.html",
	}},
	{"a file in the new folder", func(tr *tree) { tr.write("app/jobs.go", "19") }, []string{"app/jobs.go"}},
	{"the folder is put back", func(tr *tree) {
		tr.remove("app")
		tr.rename("app.old", "app")
	}, []string{
		"app/hidden/.x", "app/jobs.go", "app/new/deep/deep.go", "app/sub/sub.go", "app/texts/de.txt",
		"app/web/css/style.css", "app/web/js/main.js", "app/web/page.html",
	}},
	{"a file deep in it", func(tr *tree) { tr.write("app/new/deep/deep.go", "20") }, []string{"app/new/deep/deep.go"}},
	{"several files", func(tr *tree) {
		tr.write("main.go", "21")
		tr.write("app/jobs.go", "21")
		tr.write("go.mod", "21")
	}, []string{"app/jobs.go", "go.mod", "main.go"}},
}

func TestWays(t *testing.T) {
	tr := newTree(t)
	w := tr.watch(options())
	for _, way := range ways {
		way.change(tr)
		t.Log(way.name)
		tr.expect(w, way.want...)
	}
}

// TestPoll makes the same changes with a watcher that polls. A change of the bytes alone is not
// seen if the disk's clock is too coarse, so there is a moment between two changes.
func TestPoll(t *testing.T) {
	tr := newTree(t)
	opts := options()
	opts.Poll = 20 * time.Millisecond
	w := tr.watch(opts)
	for _, way := range ways {
		time.Sleep(20 * time.Millisecond)
		way.change(tr)
		t.Log(way.name)
		tr.expect(w, way.want...)
	}
}

// TestNoChange checks that nothing is reported if no source has other bytes.
func TestNoChange(t *testing.T) {
	for name, change := range map[string]func(tr *tree){
		"touched": func(tr *tree) {
			later := time.Now().Add(time.Hour)
			tr.check(os.Chtimes(tr.path("main.go"), later, later))
		},
		"saved unchanged": func(tr *tree) { tr.write("main.go", "main.go") },
		"changed and put back": func(tr *tree) {
			tr.write("main.go", "other")
			tr.write("main.go", "main.go")
		},
		"renamed and put back": func(tr *tree) {
			tr.rename("app", "app2")
			tr.rename("app2", "app")
		},
		"temporary files": func(tr *tree) {
			tr.write("app/.jobs.go.swp", "x")
			tr.write("app/jobs.go~", "x")
			tr.write("app/_x.go", "x")
			tr.write("app/web/.page.html.swp", "x")
		},
		"a test":         func(tr *tree) { tr.write("app/jobs_test.go", "x") },
		"another file":   func(tr *tree) { tr.write("app/README.md", "x") },
		"another folder": func(tr *tree) { tr.write("docs/x.go", "x") },
		"generated":      func(tr *tree) { tr.write("app/jobs_gen.go", generated+" anew") },
		"a generated file is removed": func(tr *tree) {
			tr.write("app/jobs_gen.go", generated)
			time.Sleep(2 * quiet)
			tr.remove("app/jobs_gen.go")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := newTree(t)
			w := tr.watch(options())
			time.Sleep(2 * quiet)
			change(tr)
			time.Sleep(2 * quiet)
			tr.write("go.mod", "changed")
			tr.expect(w, "go.mod")
		})
	}
}

// TestForeign checks that a file with the name of a generated one is reported once it is another.
func TestForeign(t *testing.T) {
	tr := newTree(t)
	tr.write("app/jobs_gen.go", generated)
	w := tr.watch(options())
	tr.write("app/jobs_gen.go", "by hand")
	tr.expect(w, "app/jobs_gen.go")
	tr.write("app/jobs_gen.go", generated)
	tr.expect(w, "app/jobs_gen.go")
}

// TestWatchKeeps checks that a change between two calls of Watch is reported, and that a file that
// leaves the set or joins it is not.
func TestWatchKeeps(t *testing.T) {
	tr := newTree(t)
	w := tr.watch(options())
	tr.write("main.go", "2")
	tr.write("second.go", "2")
	tr.remove("app/jobs.go")
	set := tr.set()
	set.Dirs = []string{tr.root, tr.path("app"), tr.path("schemas")} // without app/sub
	tr.write("schemas/x.go", "new in the set")
	w.Watch(set)
	tr.expect(w, "app/jobs.go", "main.go", "second.go")
	tr.write("app/sub/sub.go", "not in the set")
	tr.write("schemas/x.go", "2")
	tr.expect(w, "schemas/x.go")
}

// TestLink checks that the target of a link is watched.
func TestLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows gives only some users the right to make links")
	}
	tr := newTree(t)
	tr.write("shared/order.go", "1")
	tr.check(os.Symlink(tr.path("shared/order.go"), tr.path("app/order.go")))
	w := tr.watch(options())
	tr.write("shared/order.go.new", "2")
	tr.rename("shared/order.go.new", "shared/order.go")
	tr.expect(w, "app/order.go")
}

// TestBurst checks that a long sequence of changes is reported in few parts, and before its end.
func TestBurst(t *testing.T) {
	tr := newTree(t)
	w := tr.watch(options())
	stop := make(chan struct{})
	go func() {
		defer close(stop)
		for i := range 150 {
			_ = os.WriteFile(tr.path("main.go"), []byte(strings.Repeat("x", i)), 0o666)
			time.Sleep(quiet / 10)
		}
	}()
	reports := 0
	for {
		select {
		case <-w.Changes():
			reports++
			continue
		case <-stop:
		}
		break
	}
	if reports < 1 || reports > 3 {
		t.Errorf("%d reports, want 1 to 3", reports)
	}
}

// TestFallback checks that a watcher that the system can't notify polls, and says so.
func TestFallback(t *testing.T) {
	tr := newTree(t)
	var said []string
	opts := options()
	opts.Say = func(s string) { said = append(said, s) }
	w := New(opts)
	defer w.Close()
	_ = w.notify.Close() // then it refuses each folder
	w.Watch(tr.set())
	tr.write("main.go", "2, and longer")
	tr.expect(w, "main.go")
	if len(said) != 1 || !strings.Contains(said[0], "every 1s") {
		t.Errorf("said %q", said)
	}
}
