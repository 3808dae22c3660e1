//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/testmodule"
)

const devJobs = `package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jobgen/jobgen/jobs"
)

type Order struct {
	ID    string
	Total int
}

type OrderJob struct{}

//jobs:event_pattern {source: [shop.orders], detail-type: [Order Placed]}
func (j *OrderJob) Placed(ctx context.Context, e jobs.Event[Order]) (string, error) {
	fmt.Println("order", e.Detail.ID)
	return "first build: " + e.Detail.ID, nil
}

//jobs:event_pattern {source: [shop.orders], detail-type: [Order Refused]}
//jobs:function {async: {retries: 1}}
func (j *OrderJob) Refused() error { return errors.New("always") }

//jobs:event_pattern {source: [shop.slow]}
func (j *OrderJob) Slow() error {
	time.Sleep(time.Second)
	return nil
}

//jobs:event_pattern {source: [shop.stuck]}
//jobs:function {timeout: 900}
func (j *OrderJob) Stuck() error {
	time.Sleep(time.Hour)
	return nil
}

//jobs:rate 12 hours
func (j *OrderJob) Sweep() error { return nil }
`

const devMain = `package main

import (
	"example.com/app"
	"github.com/jobgen/jobgen/jobs"
)

func main() { jobs.Start(app.NewDispatcher(app.Jobs{OrderJob: &app.OrderJob{}})) }
`

// devModule makes a module with jobs.
func devModule(t *testing.T) (dir string, env []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds a program several times")
	}
	module, dir := testmodule.New(t), t.TempDir()
	if err := module.Write(dir); err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, map[string]string{"jobs.go": devJobs, "lambda/main.go": devMain})
	return dir, module.Env()
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// devProcess is a running jobgen dev with -json.
type devProcess struct {
	*process
	t    *testing.T
	read int // the lines of the output that were read
	url  string
}

// logged is a line of the log.
type logged struct {
	Kind      string
	URL       string
	OK        bool
	Changed   []string
	Written   []string
	Code      string
	File      string
	ID        string
	Fires     []string
	Silent    []struct{ Rule, Reason string }
	Events    []string
	Rules     any // a number or a list
	Attempt   int
	Answer    any
	Error     string
	ErrorType string
	RetryInMs float64
	Text      string
	Running   bool
}

// launchDev starts jobgen dev and waits until it listens.
func launchDev(t *testing.T, dir string, env []string, flags ...string) *devProcess {
	t.Helper()
	return launchDevIn(t, t.TempDir(), dir, env, flags...)
}

// launchDevIn starts jobgen dev with a temporary folder.
func launchDevIn(t *testing.T, tmp, dir string, env []string, flags ...string) *devProcess {
	t.Helper()
	d := &devProcess{t: t}
	args := slices.Concat([]string{"dev", "-json", "-http", "127.0.0.1:0", "-dead-letters", "letters.ndjson"}, flags, []string{"./lambda"})
	d.process = launchIn(t, tmp, dir, env, args...)
	d.url = d.await("listening", nil).URL
	return d
}

// await returns the next line of a kind for which a condition is true. A nil condition is always
// true.
func (d *devProcess) await(kind string, is func(l logged) bool) logged {
	d.t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		lines := strings.SplitAfter(d.out.String(), "\n")
		for ; d.read < len(lines)-1; d.read++ {
			var l logged
			if err := json.Unmarshal([]byte(lines[d.read]), &l); err != nil {
				d.t.Fatalf("%v in %s", err, lines[d.read])
			}
			if l.Kind == kind && (is == nil || is(l)) {
				d.read++
				return l
			}
		}
		select {
		case <-d.ended:
			d.t.Fatalf("jobgen dev has ended, and there is no %s:\n%s%s", kind, d.out.String(), d.er.String())
		default:
		}
	}
	d.t.Fatalf("timeout while waiting for %s:\n%s%s", kind, d.out.String(), d.er.String())
	return logged{}
}

func (d *devProcess) typed(format string, args ...any) {
	d.t.Helper()
	if _, err := fmt.Fprintf(d.stdin, format+"\n", args...); err != nil {
		d.t.Fatal(err)
	}
}

// order is an event of the shop.
func order(detailType, id string) string {
	return fmt.Sprintf(`{"source":"shop.orders","detail-type":%q,"detail":{"id":%q}}`, detailType, id)
}

// edit replaces a text in jobs.go.
func edit(t *testing.T, dir, before, after string) {
	t.Helper()
	path := filepath.Join(dir, "jobs.go")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), before) {
		t.Fatalf("jobs.go has no %q", before)
	}
	// As many editors save: into another file, which is renamed.
	if err := os.WriteFile(path+"~", []byte(strings.ReplaceAll(string(text), before, after)), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}

// answers puts an order and checks the answer of the method Placed.
func (d *devProcess) answers(id, want string) {
	d.t.Helper()
	d.typed("put %s", order("Order Placed", id))
	event := d.await("event", nil)
	call := d.await("call", func(l logged) bool { return l.Events[0] == event.ID })
	if call.Answer != want || call.Error != "" {
		d.t.Errorf("answer %v and error %q, want %q", call.Answer, call.Error, want)
	}
}

// awaitAnswers waits for calls with these answers, in any order.
func (d *devProcess) awaitAnswers(want ...string) {
	d.t.Helper()
	for len(want) > 0 {
		d.await("call", func(l logged) bool {
			i := slices.Index(want, fmt.Sprint(l.Answer))
			if i < 0 {
				return false
			}
			want = slices.Delete(want, i, i+1)
			return true
		})
	}
}

// page returns the page.
func (d *devProcess) page(query string) string {
	d.t.Helper()
	response, err := http.Get(d.url + "/" + query)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(body)
}

func (d *devProcess) wantOnPage(texts ...string) {
	d.t.Helper()
	page := d.page("")
	for _, text := range texts {
		if !strings.Contains(page, text) {
			d.t.Errorf("the page has no %q:\n%s", text, page)
		}
	}
}

// TestDev goes through the life of jobgen dev: events, changes, a failed build, the page and its
// form, the lines of standard input, and the end.
func TestDev(t *testing.T) {
	dir, env := devModule(t)
	d := launchDev(t, dir, env)
	d.answers("a1", "first build: a1")

	t.Run("what fires and what does not", func(*testing.T) {
		d.typed("put %s", order("Order Refused", "a2"))
		event := d.await("event", nil)
		if fmt.Sprint(event.Fires) != "[OrderJobRefused]" || len(event.Silent) != 4 {
			t.Errorf("fires %v, silent %v", event.Fires, event.Silent)
		}
		if s := event.Silent[0]; s.Rule != "OrderJobPlaced" || !strings.Contains(s.Reason, "detail-type") {
			t.Errorf("the reason is %v", s)
		}
		first := d.await("call", nil)
		second := d.await("call", nil)
		if first.Attempt != 1 || first.RetryInMs == 0 || second.Attempt != 2 || second.RetryInMs != 0 || second.Error != "always" {
			t.Errorf("calls %+v and %+v", first, second)
		}
	})
	t.Run("rebuild", func(*testing.T) {
		edit(t, dir, "first build", "second build")
		if b := d.await("build", nil); !b.OK || fmt.Sprint(b.Changed) != "[jobs.go]" || len(b.Written) != 0 {
			t.Errorf("build %+v", b)
		}
		d.answers("a3", "second build: a3")
	})
	t.Run("a finding keeps the last program", func(*testing.T) {
		edit(t, dir, "detail-type: [Order Refused]", "detail-typ: [Order Refused]")
		if f := d.await("finding", nil); f.Code == "" {
			t.Errorf("finding %+v", f)
		}
		if b := d.await("build", nil); b.OK {
			t.Errorf("build %+v", b)
		}
		d.answers("a4", "second build: a4")
		d.wantOnPage("the program before it continues", "detail-typ", "Build failed: ./lambda", "second build: a4")
	})
	t.Run("a compiler error keeps the last program", func(*testing.T) {
		edit(t, dir, "detail-typ: [Order Refused]", "detail-type: [Order Refused]")
		d.await("build", func(l logged) bool { return l.OK })
		writeFiles(t, dir, map[string]string{"lambda/main.go": devMain + "\nvar x int = \"\"\n"})
		if b := d.await("build", nil); b.OK || !strings.Contains(b.Error, "main.go:10") {
			t.Errorf("build %+v", b)
		}
		d.answers("a5", "second build: a5")
		writeFiles(t, dir, map[string]string{"lambda/main.go": devMain})
		d.await("build", func(l logged) bool { return l.OK })
	})
	t.Run("a new package", func(*testing.T) {
		edit(t, dir, `"second build: "`, "text.Third")
		edit(t, dir, `"github.com/jobgen/jobgen/jobs"`, "\"example.com/app/text\"\n\t\"github.com/jobgen/jobgen/jobs\"")
		d.await("build", func(l logged) bool { return !l.OK })
		writeFiles(t, dir, map[string]string{"text/text.go": "package text\n\nconst Third = \"third build: \"\n"})
		d.await("build", func(l logged) bool { return l.OK })
		d.answers("a6", "third build: a6")
		writeFiles(t, dir, map[string]string{"text/text.go": "package text\n\nconst Third = \"fourth build: \"\n"})
		d.await("build", func(l logged) bool { return l.OK })
		d.answers("a7", "fourth build: a7")
	})
	t.Run("no build without a change", func(*testing.T) {
		writeFiles(t, dir, map[string]string{"lambda/main.go": devMain, "notes.md": "notes", "jobs_test.go": "package app\n"})
		if err := os.Remove(filepath.Join(dir, "jobs.cfn.yaml")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(500 * time.Millisecond)
		if strings.Contains(strings.Join(strings.SplitAfter(d.out.String(), "\n")[d.read:], ""), `"kind":"build"`) {
			t.Errorf("there was a build:\n%s", d.out.String())
		}
	})
	t.Run("the page", func(*testing.T) { d.tryPage() })
	t.Run("lines", func(*testing.T) { d.tryLines(dir) })
	t.Run("only loopback", func(*testing.T) { d.tryOrigin() })
	if !strings.Contains(d.er.String(), "| order a1\n") {
		t.Errorf("standard error has no line of the function:\n%s", d.er.String())
	}
	d.interrupts(syscall.SIGINT)
}

// tryPage sends events with the page's forms.
func (d *devProcess) tryPage() {
	t := d.t
	if page := d.page("?rule=OrderJobPlaced"); !strings.Contains(page, "shop.orders&#34;") {
		t.Errorf("the form has no event:\n%s", page)
	}
	if page := d.page("?source=aws.ec2&detail-type=EC2+Instance+State-change+Notification"); !strings.Contains(page, "instance-id&#34;") {
		t.Errorf("the form has no sample:\n%s", page)
	}
	response, err := http.PostForm(d.url+"/dev/put", url.Values{"event": {order("Order Placed", "p1") + "\n" + order("Order Placed", "p2")}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	d.awaitAnswers("fourth build: p1", "fourth build: p2")
	d.wantOnPage("fourth build: p1", "fourth build: p2", "wants &#34;Order Refused&#34;")
	response, err = http.PostForm(d.url+"/dev/fire", url.Values{"rule": {"OrderJobSweep"}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	d.await("call", func(l logged) bool { return fmt.Sprint(l.Rules) == "[OrderJobSweep]" })
}

// tryLines types lines.
func (d *devProcess) tryLines(dir string) {
	writeFiles(d.t, dir, map[string]string{"event.json": order("Order Placed", "f1") + order("Order Placed", "f2")})
	d.typed("put event.json")
	d.awaitAnswers("fourth build: f1", "fourth build: f2")
	d.typed("fire OrderJobSweep")
	d.await("call", func(l logged) bool { return fmt.Sprint(l.Rules) == "[OrderJobSweep]" })
	for line, want := range map[string]string{
		"fire OrderJobSweeb": `did you mean "OrderJobSweep"?`, "fire": "name a rule", "put": "name a file", "put none.json": "none.json",
		"put {": "not JSON", "rule": `did you mean "rules"?`, "rules": "OrderJobSweep", "help": "send an event that is made for a rule",
		"restart": "there are fire, put, rules, help", "put [1]": "event",
	} {
		d.typed("%s", line)
		if said := d.await("message", nil); !strings.Contains(said.Text, want) {
			d.t.Errorf("%q: the answer %q has no %q", line, said.Text, want)
		}
	}
}

// tryOrigin sends requests of other origins.
func (d *devProcess) tryOrigin() {
	for header, value := range map[string]string{"Origin": "https://evil.example", "Host": "evil.example"} {
		for _, path := range []string{"/", "/dev/put"} {
			r, err := http.NewRequest(http.MethodPost, d.url+path, strings.NewReader("event="+url.QueryEscape(order("Order Placed", "evil"))))
			if err != nil {
				d.t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header, value)
			if header == "Host" {
				r.Host = value
			}
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				d.t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusForbidden {
				d.t.Errorf("%s: %s: %s is answered with %s", path, header, value, response.Status)
			}
		}
	}
	if strings.Contains(d.out.String(), "evil") {
		d.t.Error("an event of another origin was put")
	}
}

// interrupts sends a signal and checks that jobgen dev ends and leaves neither processes nor
// files, nor its port.
func (d *devProcess) interrupts(signal os.Signal) {
	d.t.Helper()
	if err := d.Process.Signal(signal); err != nil {
		d.t.Fatal(err)
	}
	select {
	case <-d.ended:
	case <-time.After(endMoment + slack):
		d.t.Fatalf("still running after %v", signal)
	}
	if code := d.ProcessState.ExitCode(); code != exitClean {
		d.t.Errorf("exit code %d, want %d; standard error:\n%s", code, exitClean, d.er.String())
	}
	d.checkLeft(d.t)
	if _, err := http.Get(d.url); err == nil {
		d.t.Error("the port still answers")
	}
}

// TestDevEnds interrupts jobgen dev while it waits, builds, and runs functions.
func TestDevEnds(t *testing.T) {
	dir, env := devModule(t)
	for i, signal := range endings {
		t.Run("waiting "+signal.String(), func(t *testing.T) {
			d := launchDev(t, dir, env)
			d.answers("w", "first build: w")
			d.interrupts(signal)
		})
		t.Run("a function ends "+signal.String(), func(t *testing.T) {
			d := launchDev(t, dir, env)
			d.typed(`put {"source":"shop.slow","detail-type":"x","detail":{}}`)
			d.await("event", nil)
			time.Sleep(300 * time.Millisecond)
			d.interrupts(signal)
			if out := d.out.String(); !strings.Contains(out, `"kind":"call"`) || strings.Contains(out, "unfinished") {
				t.Errorf("the function was stopped:\n%s", out)
			}
		})
		t.Run("building "+signal.String(), func(t *testing.T) {
			d := launchDev(t, dir, env)
			edit(t, dir, "build: ", "build : ")
			waitFor(t, "the second build", func() bool {
				found, _ := filepath.Glob(filepath.Join(d.tmp, "jobgen-run-*"))
				return len(found) > 1
			})
			time.Sleep(time.Duration(rand.IntN(200*(i+1))) * time.Millisecond)
			d.interrupts(signal)
			edit(t, dir, "build : ", "build: ")
		})
		t.Run("two signals "+signal.String(), func(t *testing.T) {
			d := launchDev(t, dir, env)
			d.typed(`put {"source":"shop.stuck","detail-type":"x","detail":{}}`)
			d.await("event", nil)
			time.Sleep(300 * time.Millisecond)
			for range 2 {
				if err := d.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				time.Sleep(100 * time.Millisecond)
			}
			select {
			case <-d.ended:
			case <-time.After(endLimit + slack):
				t.Fatal("still running")
			}
			d.checkLeft(t)
		})
	}
	t.Run("a function that does not end", func(t *testing.T) {
		d := launchDev(t, dir, env)
		d.typed(`put {"source":"shop.stuck","detail-type":"x","detail":{}}`)
		event := d.await("event", nil)
		time.Sleep(300 * time.Millisecond)
		d.interrupts(syscall.SIGINT)
		if out := d.out.String(); !strings.Contains(out, `"kind":"unfinished"`) || !strings.Contains(out, event.ID) || !strings.Contains(out, "ending; functions that run have") {
			t.Errorf("the log doesn't name what was not finished:\n%s", out)
		}
	})
}

// TestDevKilled kills jobgen dev. Its functions end, and the next start removes its folders.
func TestDevKilled(t *testing.T) {
	dir, env := devModule(t)
	d := launchDev(t, dir, env)
	d.answers("k", "first build: k") // its process is idle now
	d.typed(`put {"source":"shop.stuck","detail-type":"x","detail":{}}`)
	d.await("event", nil)
	waitFor(t, "the functions", func() bool { return len(d.processes(t)) >= 3 })
	if err := d.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-d.ended
	waitFor(t, "the end of the functions", func() bool { return len(d.processes(t)) == 0 })
	left := func() []string {
		found, _ := filepath.Glob(filepath.Join(d.tmp, "jobgen-*"))
		return found
	}
	if len(left()) == 0 {
		t.Fatal("the killed jobgen dev has left no folder")
	}
	before := left()
	next := launchDevIn(t, d.tmp, dir, env)
	for _, folder := range before {
		if _, err := os.Stat(folder); err == nil {
			t.Errorf("%s still exists", folder)
		}
	}
	next.interrupts(syscall.SIGINT)
}

// TestDevSchema changes a schema, with a watcher that polls.
func TestDevSchema(t *testing.T) {
	dir, env := devModule(t)
	schema := func(states string) {
		writeFiles(t, dir, map[string]string{"slow.json": `{"type": "object", "properties": {"state": {"type": "string", "enum": [` + states + `]}}}`})
	}
	schema(`"paid", "open"`)
	edit(t, dir, "{source: [shop.slow]}", "{source: [shop.slow], detail: {state: [paid]}}")
	d := launchDev(t, dir, env, "-poll", "-schema", "shop.slow=slow.json")
	d.answers("s1", "first build: s1")
	schema(`"refunded", "open"`)
	if f := d.await("finding", nil); f.File != "jobs.go" {
		t.Errorf("finding %+v", f)
	}
	d.await("build", func(l logged) bool { return slices.Equal(l.Changed, []string{"slow.json"}) })
	writeFiles(t, dir, map[string]string{"slow.json": "no JSON"})
	if b := d.await("build", nil); b.OK || !strings.Contains(b.Error, "-schema: ") {
		t.Errorf("build %+v", b)
	}
	d.answers("s2", "first build: s2")
	schema(`"paid", "open"`)
	d.await("build", func(l logged) bool { return l.OK })
	d.interrupts(syscall.SIGTERM)
}

// TestDevUsage checks errors for which jobgen dev doesn't start.
func TestDevUsage(t *testing.T) {
	dir, env := devModule(t)
	listening := launchDev(t, dir, env)
	address := strings.TrimPrefix(listening.url, "http://")
	for i, test := range []struct {
		args []string
		want string
	}{
		{[]string{"dev"}, "name the main package"},
		{[]string{"dev", "./lambda", "x"}, "and nothing else"},
		{[]string{"dev", "-http", "0.0.0.0:8080", "./lambda"}, "would let other machines in"},
		{[]string{"dev", "-http", "8080", "./lambda"}, "host:port"},
		{[]string{"dev", "-functions", "x", "./lambda"}, "it is method or package"},
		{[]string{"dev", "-http", address, "./lambda"}, "-http 127.0.0.1:0 takes a free port"},
		{[]string{"dev", "-http", "127.0.0.1:0", "."}, "dev takes the main package that calls jobs.Start"},
		{[]string{"dev", "-http", "127.0.0.1:0", "./none"}, "is not a Go package"},
	} {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := launch(t, dir, env, test.args...)
			<-p.ended
			if code := p.ProcessState.ExitCode(); code != exitBad || !strings.Contains(p.er.String(), test.want) {
				t.Errorf("%v: exit code %d, standard error %s", test.args, code, p.er.String())
			}
			p.checkLeft(t)
		})
	}
}
