// Package devpage is the page of jobgen dev: the last events, why each rule fired or did not, the
// state of the build, and a form that sends an event.
//
// The server makes the whole page. It has no script, and it loads nothing from elsewhere. The
// page reloads itself only if its reader turns that on.
package devpage

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// State is what the page shows.
type State struct {
	Main   string // the main package
	Build  Build
	Buses  []string // the names of the event buses, the default one first
	Rules  []Rule   // of the program that runs
	Events []Event  // the last ones, the newest first
}

// Build is the last build.
type Build struct {
	Status   string // a sentence
	Failed   bool
	Time     time.Time
	Findings string // the findings and the compiler's errors, as in the log
}

// Rule is a rule of the program.
type Rule struct {
	ID       string
	Bus      string // the name of its event bus, or "" for a schedule of EventBridge Scheduler
	Fires    string // what fires it
	Function string
	Absent   string // why the rule doesn't exist, or ""
}

// Event is an event that was put, or another call of a function.
type Event struct {
	ID       string
	Time     time.Time
	Title    string // its detail-type and source
	Body     []byte
	Outcome  string // in a few words
	Failed   bool
	Firings  []Firing
	Silences []Silence
}

// Firing is a call of a function.
type Firing struct {
	Rule    string
	Failed  bool
	Facts   []Fact
	Payload []byte
	Answer  []byte
}

// Fact is a name and a value.
type Fact struct{ Name, Value string }

// Silence is a rule that did not fire, and why.
type Silence struct{ Rule, Reason string }

// Source is what the page shows and changes.
type Source interface {
	State() State
	// Sources returns the sources of known events.
	Sources() []string
	// DetailTypes returns the detail-types of a source's known events.
	DetailTypes(source string) []string
	// Sample returns an example of a known event.
	Sample(source, detailType string) ([]byte, error)
	// EventFor returns an event that fires a rule.
	EventFor(rule string) ([]byte, error)
	// Put sends the events in a text to the rules of an event bus. It returns their ids.
	Put(bus string, text []byte) (ids []string, err error)
	// Fire sends an event that is made for a rule to that rule alone.
	Fire(rule string) (id string, err error)
}

// The paths of the page. The AWS protocols use none of them.
const (
	pagePath = "/{$}"
	putPath  = "/dev/put"
	firePath = "/dev/fire"
)

// Patterns are the patterns, for an http.ServeMux, of the requests that Handler answers. The
// services of AWS get POST requests at / too.
var Patterns = []string{"GET " + pagePath, "GET /dev/", "POST /dev/"}

//go:embed page.html
var pageHTML string

//go:embed style.css
var styleCSS string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"clock":  func(t time.Time) string { return t.Format("15:04:05.000") },
	"pretty": pretty,
	"style":  func() template.CSS { return template.CSS(styleCSS) },
	"count":  count,
}).Parse(pageHTML))

// policy is the Content-Security-Policy of the page. It allows the page's own style and forms,
// and nothing else.
var policy = func() string {
	hash := sha256.Sum256([]byte(styleCSS))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}()

// maxText is the maximum size of a text that the form sends. PutEvents takes less.
const maxText = 4 << 20

// Handler returns the handler of the page.
func Handler(source Source) http.Handler {
	h := handler{source}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+pagePath, h.show)
	mux.HandleFunc("POST "+putPath, h.put)
	mux.HandleFunc("POST "+firePath, h.fire)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cache-Control", "no-store")
		// Without a referrer, the page's own forms would be sent with the origin null.
		header.Set("Referrer-Policy", "same-origin")
		mux.ServeHTTP(w, r)
	})
}

type handler struct{ source Source }

// view is the data of the template.
type view struct {
	State
	Refresh     int // seconds; 0 for a page that does not reload itself
	Sources     []string
	Source      string // the chosen source
	DetailTypes []string
	Text        string // of the form
	Bus         string // the chosen event bus
	Sent        []string
	Error       string
}

// refreshes are the intervals at which the page can reload itself, in seconds.
var refreshes = []int{2, 10}

// Refreshes returns the intervals for the template.
func (view) Refreshes() []int { return refreshes }

// show answers with the page. The query says what the form contains.
func (h handler) show(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	v := view{Sent: query["sent"], Source: query.Get("source")}
	if seconds, err := strconv.Atoi(query.Get("refresh")); err == nil && slices.Contains(refreshes, seconds) {
		v.Refresh = seconds
	}
	var err error
	var text []byte
	switch {
	case query.Get("rule") != "":
		text, err = h.source.EventFor(query.Get("rule"))
	case query.Get("detail-type") != "":
		text, err = h.source.Sample(v.Source, query.Get("detail-type"))
	}
	v.Text, v.Bus = string(text), h.busOf(query.Get("rule"))
	if v.Source != "" {
		if v.DetailTypes = h.source.DetailTypes(v.Source); len(v.DetailTypes) == 0 {
			err = fmt.Errorf("no events are known from the source %q", v.Source)
		}
	}
	h.render(w, v, http.StatusNotFound, err)
}

// busOf returns the event bus of a rule, or "".
func (h handler) busOf(rule string) string {
	for _, r := range h.source.State().Rules {
		if r.ID == rule {
			return r.Bus
		}
	}
	return ""
}

// render writes the page. If there is an error, the answer has the status.
func (h handler) render(w http.ResponseWriter, v view, status int, err error) {
	v.State, v.Sources = h.source.State(), h.source.Sources()
	if err != nil {
		v.Error = err.Error()
	}
	var out bytes.Buffer
	if failure := page.Execute(&out, v); failure != nil {
		http.Error(w, failure.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err != nil {
		w.WriteHeader(status)
	}
	_, _ = out.WriteTo(w) // the browser may be gone
}

// put sends the event of the form.
func (h handler) put(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxText)
	if err := r.ParseForm(); err != nil {
		h.render(w, view{}, http.StatusBadRequest, err)
		return
	}
	text := strings.TrimSpace(r.PostForm.Get("event"))
	bus := r.PostForm.Get("bus")
	ids, err := h.source.Put(bus, []byte(text))
	if err != nil {
		h.render(w, view{Text: text, Bus: bus}, http.StatusBadRequest, err)
		return
	}
	redirect(w, r, ids)
}

// fire fires a rule.
func (h handler) fire(w http.ResponseWriter, r *http.Request) {
	id, err := h.source.Fire(r.PostFormValue("rule"))
	if err != nil {
		h.render(w, view{}, http.StatusBadRequest, err)
		return
	}
	redirect(w, r, []string{id})
}

// redirect leads to the page, so that reloading it sends nothing again.
func redirect(w http.ResponseWriter, r *http.Request, sent []string) {
	query := url.Values{"sent": sent}
	http.Redirect(w, r, "/?"+query.Encode(), http.StatusSeeOther)
}

// pretty indents JSON. Another text is returned unchanged.
func pretty(data []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, data, "", "  ") != nil {
		return string(data)
	}
	return out.String()
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
