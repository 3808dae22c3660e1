package devpage

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// hostile is a text that must be escaped.
const hostile = `"><script>alert(1)</script>`

// source is a Source with one event of each kind.
type source struct {
	put   []string
	fired []string
}

func (*source) State() State {
	at := time.Date(2026, 11, 30, 20, 15, 1, 250e6, time.UTC)
	return State{
		Main:  "./lambda",
		Build: Build{Status: "The last build failed; the program before it runs.", Failed: true, Time: at, Findings: "jobs.go:3:1: error " + hostile},
		Buses: []string{"default", "shop"},
		Rules: []Rule{
			{ID: "OrderJobPlaced", Bus: "shop", Fires: `source shop.orders`, Function: "OrderJob.Placed"},
			{ID: "OrderJobSweep", Fires: "rate(1 hour)", Function: "OrderJob.Sweep"},
			{ID: "OrderJobLate", Absent: "it does not exist with Stage=dev, only if Stage is prod"},
		},
		Events: []Event{
			{
				ID: "e2", Time: at, Title: `"Order Placed" from "shop.orders"`, Body: []byte(`{"source":"shop.orders","detail":{"note":"` + `<b>` + `"}}`),
				Outcome: "1 failed", Failed: true,
				Firings:  []Firing{{Rule: "OrderJobPlaced", Failed: true, Facts: []Fact{{"time", "1.2 ms"}, {"FAILED", hostile}}, Payload: []byte(`{"a":1}`)}},
				Silences: []Silence{{"OrderJobSweep", "it fires on rate(1 hour)"}},
			},
			{ID: "e1", Time: at, Title: hostile, Outcome: "handled", Firings: []Firing{{Rule: "OrderJobSweep", Answer: []byte("null")}}},
		},
	}
}

func (*source) Sources() []string { return []string{"aws.ec2", "shop.orders"} }

func (*source) DetailTypes(source string) []string {
	if source == "aws.ec2" {
		return []string{"EC2 Instance State-change Notification"}
	}
	return nil
}

func (*source) Sample(source, detailType string) ([]byte, error) {
	return fmt.Appendf(nil, `{"source": %q, "detail-type": %q}`, source, detailType), nil
}

func (*source) EventFor(rule string) ([]byte, error) {
	if rule != "OrderJobPlaced" {
		return nil, errors.New("no rule has the id " + rule)
	}
	return []byte(`{"made": "for OrderJobPlaced"}`), nil
}

func (s *source) Put(bus string, text []byte) ([]string, error) {
	if !strings.HasPrefix(string(text), "{") {
		return nil, errors.New("not JSON")
	}
	s.put = append(s.put, bus+" "+string(text))
	return []string{"e3"}, nil
}

func (s *source) Fire(rule string) (string, error) {
	s.fired = append(s.fired, rule)
	return "e4", nil
}

// get requests a page.
func get(t *testing.T, s *source, path string) (*httptest.ResponseRecorder, string) {
	t.Helper()
	w := httptest.NewRecorder()
	Handler(s).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w, w.Body.String()
}

// post sends a form.
func post(s *source, path string, form url.Values) (*httptest.ResponseRecorder, string) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	Handler(s).ServeHTTP(w, r)
	return w, w.Body.String()
}

func wantIn(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page has no %q:\n%s", text, page)
		}
	}
}

func TestShow(t *testing.T) {
	w, page := get(t, &source{}, "/")
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	wantIn(t, page,
		"<title>Build failed: ./lambda - jobgen dev</title>", "The last build failed; the program before it runs.",
		"jobs.go:3:1: error", `<article id="e2">`, "20:15:01.250", "1 failed", "1 rule did not fire", "it fires on rate(1 hour)",
		"<option>OrderJobPlaced</option>", "it does not exist with Stage=dev", `<option value="aws.ec2">`,
	)
	if strings.Contains(page, "<option>OrderJobLate</option>") || strings.Contains(page, `value="OrderJobLate"`) {
		t.Error("a rule that doesn't exist can be fired")
	}
}

// TestNothingForeign checks that the page has no script, loads nothing, and shows texts as texts.
func TestNothingForeign(t *testing.T) {
	w, page := get(t, &source{}, "/?source="+url.QueryEscape(hostile)+"&sent="+url.QueryEscape(hostile))
	for _, bad := range []string{`<script`, `https?:`, `<b>`, ` on\w+=`, `<link`, `<img`} {
		if found := regexp.MustCompile(bad).FindString(page); found != "" {
			t.Errorf("the page has %q", found)
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(page)
	if style == nil {
		t.Fatal("the page has no style")
	}
	hash := sha256.Sum256([]byte(style[1]))
	policy := w.Header().Get("Content-Security-Policy")
	wantIn(t, policy, "default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'")
	for name, value := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin"} {
		if got := w.Header().Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

// TestElements checks that each element is closed, and that each label belongs to a field.
func TestElements(t *testing.T) {
	_, page := get(t, &source{}, "/?source=aws.ec2&refresh=2")
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.AutoClose = []string{"meta", "input"}
	ids, labels := map[string]bool{}, []string{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, page)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "id":
				if ids[a.Value] {
					t.Errorf("two elements have the id %s", a.Value)
				}
				ids[a.Value] = true
			case "for", "list", "aria-labelledby":
				labels = append(labels, a.Value)
			}
		}
	}
	for _, label := range labels {
		if !ids[label] {
			t.Errorf("no element has the id %s", label)
		}
	}
}

func TestRefresh(t *testing.T) {
	for query, want := range map[string]bool{"": false, "?refresh=2": true, "?refresh=10": true, "?refresh=0": false, "?refresh=1": false, "?refresh=x": false} {
		_, page := get(t, &source{}, "/"+query)
		if got := strings.Contains(page, `http-equiv="refresh"`); got != want {
			t.Errorf("%q: the page reloads itself: %v, want %v", query, got, want)
		}
	}
}

// TestForm goes through the forms: a text for them, its sending, and an error, after which the
// text is still there.
func TestForm(t *testing.T) {
	s := &source{}
	_, page := get(t, s, "/?rule=OrderJobPlaced")
	wantIn(t, page, `{&#34;made&#34;: &#34;for OrderJobPlaced&#34;}</textarea>`, "<option selected>shop</option>")
	_, page = get(t, s, "/?source=aws.ec2")
	wantIn(t, page, "<option>EC2 Instance State-change Notification</option>", `value="aws.ec2"`)
	_, page = get(t, s, "/?source=aws.ec2&detail-type=EC2+Instance+State-change+Notification")
	wantIn(t, page, `{&#34;source&#34;: &#34;aws.ec2&#34;`)

	w, page := get(t, s, "/?source=aws.nothing")
	wantIn(t, page, `no events are known from the source &#34;aws.nothing&#34;`)
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}
	w, page = get(t, s, "/?rule=Other")
	wantIn(t, page, "no rule has the id Other")
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}

	w, _ = post(s, "/dev/put", url.Values{"bus": {"shop"}, "event": {" {\"a\": 1}\r\n"}})
	if location := w.Header().Get("Location"); w.Code != http.StatusSeeOther || location != "/?sent=e3" || len(s.put) != 1 || s.put[0] != `shop {"a": 1}` {
		t.Errorf("status %d, location %q, put %q", w.Code, location, s.put)
	}
	_, page = get(t, s, "/?sent=e3")
	wantIn(t, page, `<a href="#e3">e3</a>`)
	w, page = post(s, "/dev/put", url.Values{"event": {"oh <no>"}})
	wantIn(t, page, "not JSON", "oh &lt;no&gt;</textarea>")
	if w.Code != http.StatusBadRequest {
		t.Errorf("status %d", w.Code)
	}
	w, _ = post(s, "/dev/fire", url.Values{"rule": {"OrderJobSweep"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/?sent=e4" || len(s.fired) != 1 || s.fired[0] != "OrderJobSweep" {
		t.Errorf("status %d, fired %q", w.Code, s.fired)
	}
}

// TestLimits checks that other methods and paths, and texts beyond the limit, have no effect.
func TestLimits(t *testing.T) {
	s := &source{}
	if w, _ := post(s, "/dev/put", url.Values{"event": {"{" + strings.Repeat("x", maxText)}}); w.Code != http.StatusBadRequest {
		t.Errorf("status %d for a large text", w.Code)
	}
	for _, path := range []string{"/dev/put", "/dev/fire", "/dev/other", "/other"} {
		if w, _ := get(t, s, path+"?event={}&rule=OrderJobSweep"); w.Code != http.StatusMethodNotAllowed && w.Code != http.StatusNotFound {
			t.Errorf("GET %s: status %d", path, w.Code)
		}
	}
	if len(s.put)+len(s.fired) > 0 {
		t.Errorf("put %q, fired %q", s.put, s.fired)
	}
}
