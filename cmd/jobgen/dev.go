package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/busaws"
	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/children"
	"github.com/jobgen/jobgen/internal/devpage"
	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/loopback"
	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/internal/tempdir"
	"github.com/jobgen/jobgen/internal/watch"
)

var devCommand = command{
	name: "dev", args: "MAIN",
	summary: "run a local EventBridge with the real binary, rebuilt on change",
	help: `
It generates, builds the main package MAIN, and listens on this machine as
EventBridge, EventBridge Scheduler, SQS and Lambda, until it is interrupted. AWS's
CLI and SDKs put events, send messages and call functions there, once they have the
environment that jobgen dev prints. The log says for each event which rules it fires,
why it doesn't fire the others, and what the functions answer.

When a source changes, it builds again. The program before stays until the new one is
ready; no event is lost. If the build fails, the log has the findings, and the program
before continues.

The address in a browser is a page with the last events and a form that sends one.
On standard input, these lines have an effect:

  fire RULE        send an event that is made for a rule to this rule
  put FILE [BUS]   put the events of a file, or an event as JSON
  rules            list the rules
  help             list these lines

Parameters (${Name}) have the value that -param gives, or else that of the environment,
or else their default. Requests are answered to programs of this machine only. Their
signatures are not checked. Functions have the environment and the credentials of
jobgen dev.

With -json, standard output has one object a line. Its field kind is listening, build,
finding, event, call, deadLetter, unknownOperation, unfinished or message.

Exit: 0 after SIGINT or SIGTERM; 2 if MAIN is not a main package, usage, I/O.`,
	examples: `
  jobgen dev ./lambda
  jobgen dev -http 127.0.0.1:0 ./lambda             a free port
  jobgen dev -param Stage=prod -json ./lambda`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		d := &dev{app: a}
		d.declare(a, flags)
		d.declareParams(flags)
		flags.StringVar(&d.address, "http", "127.0.0.1:8080", "the `ADDRESS` to listen on: a loopback address and a port; port 0 takes a free one")
		flags.StringVar(&d.letters, "dead-letters", "", "append dead letters to `FILE`, one JSON object a line (default jobgen/dead-letters.ndjson in the user's cache folder)")
		flags.BoolVar(&d.poll, "poll", false, "compare the files' times every second, for folders whose changes the system does not report, such as those of a network or a container")
		return d.run
	},
}

// endMoment is the time that calls of functions have to end when jobgen dev ends.
const endMoment = 3 * time.Second

// dev is one call of the dev command.
type dev struct {
	*app
	options
	address string
	letters string
	poll    bool
	main    string

	ctx     context.Context // ends at the first signal
	log     devLog
	bus     *localbus.Bus
	watcher *watch.Watcher
	server  *http.Server // nil before the first build

	mu    sync.Mutex
	last  *devBuild // the last build
	ready *devBuild // the build that runs
}

func (d *dev) run(args []string) int {
	if len(args) != 1 {
		return d.usage("dev", "name the main package, such as ./cmd/lambda, and nothing else")
	}
	if _, err := d.config(d.app, nil); err != nil {
		return d.usage("dev", "%v", err)
	}
	d.main = args[0]
	listener, err := loopback.Listen(d.address)
	if _, isSystem := errors.AsType[*net.OpError](err); isSystem {
		return d.fail(fmt.Errorf("%w; -http 127.0.0.1:0 takes a free port", err))
	} else if err != nil {
		return d.usage("dev", "-http: %v", err)
	}
	defer listener.Close()
	ctx, stop := context.WithCancel(d.app.ctx)
	defer stop()
	d.ctx = ctx
	end := func() { stop() }
	d.end.Store(&end)
	if err := d.start(); err != nil {
		return d.fail(err)
	}
	defer d.close()
	return d.loop(listener)
}

// start makes the parts of jobgen dev.
func (d *dev) start() error {
	if err := d.chooseLetters(); err != nil {
		return err
	}
	if d.json {
		d.log = &jsonLog{w: d.exact}
	} else {
		d.log = &textLog{w: d.stdout, errors: d.logs, letters: d.letters}
	}
	d.bus = localbus.New(localbus.Options{Sink: d.log.entry, Logs: &lineWriter{w: d.logs}, DeadLetters: d.letters})
	opts := watch.Options{Skip: output.IsOurs, Say: func(sentence string) { fmt.Fprintf(d.stderr, "jobgen: %s\n", sentence) }}
	if d.poll {
		opts.Poll = time.Second
	}
	d.watcher = watch.New(opts)
	return nil
}

// chooseLetters sets the path of the file with dead letters.
func (d *dev) chooseLetters() error {
	if d.letters != "" {
		d.letters = d.abs(d.letters)
		return nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil // then they are in the log only
	}
	d.letters = filepath.Join(cache, "jobgen", "dead-letters.ndjson")
	return os.MkdirAll(filepath.Dir(d.letters), 0o700)
}

// loop builds the program, and again after each change, until the context ends.
func (d *dev) loop(listener net.Listener) int {
	var changed []string
	for {
		slices.Sort(changed)
		changed = slices.Compact(changed)
		d.log.builds(d.short(changed))
		b, more := d.build(changed)
		if d.ctx.Err() != nil {
			return exitClean
		}
		if b == nil {
			changed = append(changed, more...)
			continue
		}
		d.use(b)
		if d.server == nil {
			if b.unusable {
				return exitBad
			}
			d.serve(listener)
			go d.readLines()
		}
		select {
		case changed = <-d.watcher.Changes():
		case <-d.ctx.Done():
			return exitClean
		}
	}
}

// build makes a build. If files change before its end, it is given up. Then build returns these
// files.
func (d *dev) build(changed []string) (b *devBuild, more []string) {
	ctx, cancel := context.WithCancel(d.ctx)
	defer cancel()
	done := make(chan *devBuild, 1)
	maker := &devBuilder{app: d.app, options: d.options, main: d.main, watcher: d.watcher}
	names := d.short(changed)
	go func() { done <- maker.build(ctx, names) }()
	select {
	case b = <-done:
		return b, nil
	case more = <-d.watcher.Changes():
	case <-d.ctx.Done():
	}
	cancel()
	if b = <-done; b != nil {
		b.remove() // it was ready at the same moment
	}
	return nil, more
}

// use makes a build the one that runs, if it has succeeded.
func (d *dev) use(b *devBuild) {
	d.mu.Lock()
	d.last = b
	if !b.Failed {
		d.ready = b
	}
	d.mu.Unlock()
	if !b.Failed {
		d.bus.Swap(b.program)
	}
	d.log.built(b)
}

// short returns paths relative to the directory, if they are below it.
func (d *dev) short(paths []string) []string {
	var names []string
	for _, path := range paths {
		if rel, err := filepath.Rel(d.dir, path); err == nil && filepath.IsLocal(rel) {
			path = rel
		}
		names = append(names, path)
	}
	return names
}

// builds returns the last build, and the one that runs, which is nil if none has succeeded.
func (d *dev) builds() (last, ready *devBuild) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last, d.ready
}

// serve starts to answer requests.
func (d *dev) serve(listener net.Listener) {
	mux := http.NewServeMux()
	page := devpage.Handler(d)
	for _, pattern := range devpage.Patterns {
		mux.Handle(pattern, page)
	}
	mux.Handle("/", busaws.Handler(d.bus, d.log.unknown))
	d.server = &http.Server{Handler: loopback.Protect(mux), ReadHeaderTimeout: time.Minute}
	go func() { _ = d.server.Serve(listener) }() // until close
	url := "http://" + listener.Addr().String()
	d.log.listens(url, variables(url))
}

// variable is a variable of an environment.
type variable struct{ name, value string }

// variables returns the variables that lead AWS's clients to an address (AWS SDKs and Tools
// reference guide, page feature-ss-endpoints). The credentials are none of a real account, so a
// request that goes to AWS nevertheless fails.
func variables(url string) []variable {
	var all []variable
	for _, service := range []string{"EVENTBRIDGE", "SCHEDULER", "SQS", "LAMBDA"} {
		all = append(all, variable{"AWS_ENDPOINT_URL_" + service, url})
	}
	for _, region := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} { // AWS CLI v1 and boto3 read the second
		all = append(all, variable{region, catalog.SampleRegion})
	}
	return append(all, variable{"AWS_ACCESS_KEY_ID", "jobgen"}, variable{"AWS_SECRET_ACCESS_KEY", "jobgen"})
}

// command returns the command of a shell that sets the variable: of PowerShell on Windows, of a
// POSIX shell elsewhere.
func (v variable) command() string {
	if runtime.GOOS == "windows" {
		return fmt.Sprintf("$env:%s = %q", v.name, v.value)
	}
	return "export " + v.name + "=" + v.value
}

// close ends all parts. Calls that run have a moment to end.
func (d *dev) close() {
	moment, cancel := context.WithTimeout(d.app.ctx, endMoment)
	defer cancel()
	slow := time.AfterFunc(endMoment/10, func() {
		d.log.says(fmt.Sprintf("ending; functions that run have %v, and Ctrl-C stops them at once", endMoment))
	})
	defer slow.Stop()
	var closing sync.WaitGroup
	if d.server != nil {
		closing.Go(func() {
			if d.server.Shutdown(moment) != nil {
				_ = d.server.Close() // the listener is closed already
			}
		})
	}
	d.log.left(d.bus.Close(moment))
	closing.Wait()
	d.watcher.Close()
	// A go command whose build was given up can have left compilers, and their files.
	children.Kill()
	tempdir.RemoveAll()
}
