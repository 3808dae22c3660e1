//go:build unix

package output

import (
	"net"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is no regular file is neither opened nor written to.
func TestPlanRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir) // a socket's path is short
	if err := syscall.Mkfifo("pipe.go", 0o644); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", "socket.go")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = socket.Close() }()
	places := map[string]string{"pipe.go": "a named pipe", "socket.go": "a socket"}
	// Only root makes devices: here the one of /dev/zero, which has no end.
	if err := syscall.Mknod("device.go", syscall.S_IFCHR|0o666, 1<<8|5); err == nil {
		places["device.go"] = "a device"
	}
	before := tree(t, dir)
	for name, want := range places {
		_, err := NewPlan([]Dir{{Path: dir, Files: []File{{name, []byte("x")}}}})
		wantError(t, err, name+" is "+want)
		mustApply(t, Dir{Path: dir, NoJobs: true, Known: []string{name}})
		_, err = ReadInside(dir, name)
		wantError(t, err, "it is "+want+", not a regular file")
	}
	if after := tree(t, dir); after != before {
		t.Errorf("something changed:\n%s", cmp.Diff(before, after))
	}
}

// What comes into an output's place after planning is seen before writing.
func TestApplyLooksAgain(t *testing.T) {
	tests := []struct {
		about string
		make  func(t *testing.T, path string)
		want  string
	}{
		{"a link", func(t *testing.T, path string) { symlink(t, "elsewhere", path) }, "jobs_gen.go is a symbolic link"},
		{"a pipe", func(t *testing.T, path string) {
			if err := syscall.Mkfifo(path, 0o644); err != nil {
				t.Fatal(err)
			}
		}, "jobs_gen.go is a named pipe"},
		{"someone's file", func(t *testing.T, path string) { write(t, path, "package mine\n") }, "jobs_gen.go was not written by jobgen"},
		{"a directory", mkdir, "jobs_gen.go is a directory"},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			dir := t.TempDir()
			p := mustPlan(t, Dir{Path: dir, Files: []File{{"jobs.tf", []byte(newTF)}, {"jobs_gen.go", []byte(newGo)}}})
			tt.make(t, filepath.Join(dir, "jobs_gen.go"))
			before := tree(t, dir)
			wantError(t, p.Apply(t.Context(), nil), tt.want)
			if after := tree(t, dir); after != before {
				t.Errorf("something changed:\n%s", cmp.Diff(before, after))
			}
		})
	}
}
