// Package watch reports when the bytes of a program's sources change.
//
// It watches folders, because editors save a file in several ways: they write it, or they write
// another file and rename it. A notification of the system only causes a look at the files. A
// change is reported if the bytes of a file differ from those before, or if a file is new or gone.
// So touching a file or saving it unchanged reports nothing, and neither do an editor's temporary
// files. The files are looked at when no notification has come for a moment, because a branch
// switch changes many files at once.
package watch

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options configures a Watcher.
type Options struct {
	// Skip reports whether a file is no source although its name is that of one.
	Skip func(path string, data []byte) bool
	// Poll makes the watcher compare the files' sizes and times at this interval, and use no
	// notifications of the system. If it is zero, the watcher does that only if the system can't
	// notify it, every second.
	Poll time.Duration
	// Say is called with a sentence when the watcher can't be notified by the system. It may be nil.
	Say func(sentence string)
}

// The times of a burst of changes: the files are looked at when no change has come for
// quiet, and at the latest after longest.
const (
	quiet   = 100 * time.Millisecond
	longest = time.Second
)

// fallbackPoll is the interval of polling if the system can't notify the watcher.
const fallbackPoll = time.Second

// Watcher reports changes of a set of files.
type Watcher struct {
	opts    Options
	changes chan []string
	kick    chan struct{} // full if the files have to be looked at
	close   chan struct{}
	closed  chan struct{}

	mu      sync.Mutex
	notify  *fsnotify.Watcher // nil while the watcher polls
	set     Set
	known   map[string]digest // the bytes that the last report, or Watch, has seen
	watched map[string]bool   // the folders that notify watches
	stamps  map[string]stamp  // the sizes and times of the files when they were last read
}

// New returns a watcher of no files.
func New(opts Options) *Watcher {
	w := &Watcher{
		opts: opts, changes: make(chan []string), kick: make(chan struct{}, 1),
		close: make(chan struct{}), closed: make(chan struct{}),
		known: map[string]digest{}, watched: map[string]bool{},
	}
	if opts.Poll == 0 {
		notify, err := fsnotify.NewWatcher()
		if err != nil {
			w.poll(err)
		} else {
			w.notify = notify
		}
	}
	go w.run()
	return w
}

// Changes returns a channel with the paths of files that have changed, sorted. Changes that are
// not received are reported together.
func (w *Watcher) Changes() <-chan []string { return w.changes }

// Watch replaces the set of files. Files that were in the set before are compared with the bytes
// that they had then, so that no change is missed. The others are compared with the bytes that
// they have now.
func (w *Watcher) Watch(set Set) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.set.list()
	now := set.list()
	w.follow(now)
	w.stamps = now.stamps()
	known := now.digests(w.opts.Skip)
	for path := range known {
		// A new file in a folder that was watched is a change.
		if digest, ok := w.known[path]; ok {
			known[path] = digest
		} else if before.files[path] {
			delete(known, path)
		}
	}
	for path, digest := range w.known {
		if _, ok := known[path]; !ok && !before.files[path] {
			known[path] = digest // it was removed
		}
	}
	w.set, w.known = set, known
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

// Close ends the watcher.
func (w *Watcher) Close() {
	close(w.close)
	<-w.closed
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stop()
}

// stop ends the notifications. The caller holds w.mu.
func (w *Watcher) stop() {
	if w.notify != nil {
		_ = w.notify.Close() // it is not used any more
		w.notify = nil
	}
}

// run waits for notifications and reports changes.
func (w *Watcher) run() {
	defer close(w.closed)
	ticker := time.NewTicker(cmp.Or(w.opts.Poll, fallbackPoll))
	defer ticker.Stop()
	var burst burst
	var pending []string
	for {
		var out chan []string
		if len(pending) > 0 {
			out = w.changes
		}
		events, errs := w.notifications()
		select {
		case <-w.close:
			return
		case out <- pending:
			pending = nil
		case e, ok := <-events:
			if ok && w.concerns(e) {
				burst.extend()
			}
		case <-errs: //nolint:errcheck // some notifications are lost, so the files are looked at
			burst.extend()
		case <-w.kick:
			burst.extend()
		case <-ticker.C:
			if w.isTouched() {
				burst.extend()
			}
		case <-burst.end():
			burst = noBurst
			pending = merge(pending, w.look())
		}
	}
}

// burst is a sequence of changes in a short time.
type burst struct {
	begin time.Time
	quiet <-chan time.Time
}

var noBurst burst

// extend adds a change to the burst.
func (b *burst) extend() {
	if b.begin.IsZero() {
		b.begin = time.Now()
	}
	b.quiet = time.After(min(quiet, time.Until(b.begin.Add(longest))))
}

// end returns a channel that gets a value at the end of the burst.
func (b *burst) end() <-chan time.Time { return b.quiet }

// notifications returns the channels of the system's notifications, which are nil while the
// watcher polls.
func (w *Watcher) notifications() (<-chan fsnotify.Event, <-chan error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.notify == nil {
		return nil, nil
	}
	return w.notify.Events, w.notify.Errors
}

// concerns reports whether a notification may be about a file of the set.
func (w *Watcher) concerns(e fsnotify.Event) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
		w.forget(e.Name)
	}
	if e.Has(fsnotify.Create) || e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
		return true
	}
	_, isListed := w.stamps[e.Name]
	return e.Has(fsnotify.Write) && isListed
}

// forget ends the notifications about a folder that was removed or renamed, and about the folders
// that were in it. There can be other folders with these paths by now. The caller holds w.mu.
func (w *Watcher) forget(path string) {
	for folder := range w.watched {
		if isBelow(path, folder) {
			delete(w.watched, folder)
			if w.notify != nil {
				_ = w.notify.Remove(folder) // it fails if the folder is gone
			}
		}
	}
}

// follow makes the system notify the watcher of changes in folders, and in no others. If it can't,
// the watcher polls. The caller holds w.mu.
func (w *Watcher) follow(l listing) {
	for folder := range w.watched {
		if !l.folders[folder] {
			w.forget(folder)
		}
	}
	for folder := range l.folders {
		if w.notify == nil {
			return
		}
		if w.watched[folder] || !isFolder(folder) {
			continue
		}
		err := w.notify.Add(folder)
		switch {
		case err == nil:
			w.watched[folder] = true
		case !errors.Is(err, fs.ErrNotExist): // it can be removed meanwhile
			w.poll(err)
		}
	}
}

// poll makes the watcher poll because the system can't notify it. The caller holds w.mu.
func (w *Watcher) poll(err error) {
	w.stop()
	if w.opts.Say != nil {
		w.opts.Say(fmt.Sprintf("the system can't report changes of these files (%v), so their sizes and times are compared every %v", err, fallbackPoll))
	}
}

// isTouched reports whether the size or the time of a file differs from the last time that they
// were read. It returns false if the system notifies the watcher.
func (w *Watcher) isTouched() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.notify != nil {
		return false
	}
	before := w.stamps
	w.stamps = w.set.list().stamps()
	return !maps.Equal(before, w.stamps)
}

// look compares the files with the bytes that they had at the last look. It returns the paths of
// those that differ, sorted.
func (w *Watcher) look() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.set.list()
	w.follow(now) // first, so that each later change is reported
	w.stamps = now.stamps()
	known := now.digests(w.opts.Skip)
	var changed []string
	for path, digest := range known {
		if before, ok := w.known[path]; !ok || before != digest {
			changed = append(changed, path)
		}
	}
	for path := range w.known {
		if _, ok := known[path]; !ok {
			changed = append(changed, path)
		}
	}
	w.known = known
	slices.Sort(changed)
	return changed
}

// merge returns the paths of both lists, sorted.
func merge(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
