//go:build unix

package snapshot

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestReadFileWaitsForNothing reads what would keep a plain open or read waiting,
// or would never end.
func TestReadFileWaitsForNothing(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(at("fifo"), 0o666); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	link(t, "fifo", at("link"))
	link(t, "/dev/zero", at("zero"))
	link(t, "/dev/tty", at("tty"))
	if err := os.WriteFile(at("large"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(at("large"), MaxSize+1); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"fifo": "named pipe", "link": "named pipe", "socket": "socket", "zero": "device", "tty": "device", "large": "larger than",
	} {
		start := time.Now()
		_, err := ReadFile(at(name))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if waited := time.Since(start); waited > time.Second {
			t.Errorf("%s: waited for %v", name, waited)
		}
	}
}
