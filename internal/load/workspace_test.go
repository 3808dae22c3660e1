package load

import (
	"path/filepath"
	"testing"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// TestWorkspaceIsListedOnce checks that a run over all members of a workspace asks the go
// command once which they are, and loads their packages in one group, for any number of
// members.
func TestWorkspaceIsListedOnce(t *testing.T) {
	const job = "\n\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (Job) Run() error { return nil }\n"
	dir := testmodule.New(t).Dir(t, map[string]string{
		"go.work":        "go 1.26.0\n\nuse (\n\t./a\n\t./b\n)\n",
		"a/go.mod":       "module example.com/a\n\ngo 1.26.0\n",
		"a/a.go":         "package a" + job,
		"b/go.mod":       "module example.com/b\n\ngo 1.26.0\n",
		"b/deep/b.go":    "package b" + job,
		"other/c/go.mod": "module example.com/c\n\ngo 1.26.0\n",
		"other/c/c.go":   "package c" + job,
		"other/go.work":  "go 1.26.0\n\nuse ./c\n",
	})
	t.Setenv("GOWORK", "")
	l := New(t.Context(), "")
	dirs, err := l.Find(dir, []string{"./a/...", "./b/...", "./b/deep", "./other/c"})
	if err != nil {
		t.Fatal(err)
	}
	if len(l.members) != 2 {
		t.Errorf("%d workspaces were listed, want 2: %v", len(l.members), l.members)
	}
	var marked []*Dir
	for _, d := range dirs {
		if d.IsMarked() {
			marked = append(marked, d)
		}
	}
	groups := grouped(marked)
	if len(marked) != 3 || len(groups) != 2 || groups[0].root != filepath.Join(dir, "a") || len(groups[0].dirs) != 2 {
		t.Errorf("%d directories in the groups %+v, want 3 in 2", len(marked), groups)
	}
	t.Setenv("GOWORK", "off")
	if groups := grouped(marked); len(groups) != 3 {
		t.Errorf("without workspaces, the groups are %+v, want 3", groups)
	}
}
