package terminal

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// screen interprets what is written to a terminal: text, line feeds, and the two codes of
// a progress line.
type screen struct {
	t     *testing.T
	mu    sync.Mutex
	lines []string
}

func (s *screen) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for rest := string(text); rest != ""; {
		if after, ok := strings.CutPrefix(rest, erase); ok {
			rest = after
			s.lines[len(s.lines)-1] = ""
			continue
		}
		switch rest[0] {
		case '\n':
			s.lines = append(s.lines, "")
		case '\r', '\x1b':
			s.t.Errorf("unknown code in %q", text)
		default:
			s.lines[len(s.lines)-1] += rest[:1]
		}
		rest = rest[1:]
	}
	return len(text), nil
}

func (s *screen) check(want string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := strings.Join(s.lines, "\n"); got != want {
		s.t.Errorf("the terminal shows %q, want %q", got, want)
	}
}

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &screen{t: t, lines: []string{""}}
		p := &Progress{w: s, columns: func() int { return 30 }}
		out := p.Above(s)
		wait := func(d time.Duration) {
			time.Sleep(d)
			synctest.Wait()
		}

		done := p.Step("jobgen: loading packages")
		wait(900 * time.Millisecond)
		s.check("")
		done()
		s.check("")

		done = p.Step("jobgen: loading packages")
		wait(1100 * time.Millisecond)
		s.check("jobgen: loading packages (1 s") // one column stays free
		_, _ = io.WriteString(out, "a finding\n")
		s.check("a finding\n")
		wait(time.Second)
		s.check("a finding\njobgen: loading packages (2 s")
		done()
		s.check("a finding\n")

		done = p.Step("run \x1b[2J\n")
		wait(12100 * time.Millisecond)
		s.check("a finding\nrun \\x1b[2J\\n (12 s)")
		done()
		wait(time.Minute)
		s.check("a finding\n")
	})
}

// TestNoProgress checks that an output that is not a terminal gets nothing but the output.
func TestNoProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := NewProgress(&b)
		if p != nil {
			t.Fatal("a buffer has a progress line")
		}
		done := p.Step("step")
		time.Sleep(time.Minute)
		_, _ = io.WriteString(p.Above(&b), "text\n")
		done()
		if b.String() != "text\n" {
			t.Errorf("got %q", b.String())
		}
	})
}
