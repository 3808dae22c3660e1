package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/pattern"
)

// TestLayoutsHandleEventsIdentically sends the same events through EventBridge's
// rules to the functions of either layout: each rule that matches is handled
// once, with the same answer and the same calls.
func TestLayoutsHandleEventsIdentically(t *testing.T) {
	t.Parallel()
	p := build(t, "shop.txtar")
	checkStart(t, p)
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			got := handled(t, p, layout)
			if diff := cmp.Diff(p.files["handled.want"], got); diff != "" {
				t.Errorf("events are handled otherwise (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("image", func(t *testing.T) { images(t, p) })
	t.Run("corners", func(t *testing.T) { corners(t, p) })
}

func handled(t *testing.T, p *program, layout model.Layout) string {
	t.Helper()
	return handledBy(t, p, layout, func(p *model.Package, r *model.Rule) string { return handler(p, r, layout) })
}

// handledBy describes how every event is handled. For each rule that matches the event, it has
// the answer and the calls of jobs. HandlerOf returns the _HANDLER of the rule's function.
func handledBy(t *testing.T, p *program, layout model.Layout, handlerOf func(*model.Package, *model.Rule) string) string {
	t.Helper()
	f := start(t, p)
	var b strings.Builder
	for event := range strings.Lines(p.files["events.ndjson"]) {
		fmt.Fprintln(&b, strings.TrimSpace(event))
		for _, pkg := range p.packages {
			for _, rule := range pkg.Rules() {
				if matches(t, rule, event) {
					result := f.invoke(handlerOf(pkg, rule), string(input(t, rule, layout, event)))
					fmt.Fprintf(&b, "  %s: %s\n    called %s\n", rule.ID, outcome(result), list(f.taken()))
				}
			}
		}
	}
	return b.String()
}

func list(calls []string) string {
	if len(calls) == 0 {
		return "nothing"
	}
	return strings.Join(calls, ", ")
}

// matches is what EventBridge does.
func matches(t *testing.T, rule *model.Rule, event string) bool {
	t.Helper()
	src := rule.Pattern.JSON(func(text model.Text) string {
		return text.Expand(func(string) string { return "b-test" })
	})
	p, err := pattern.Parse([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	matched, err := p.Match([]byte(event))
	if err != nil {
		t.Fatal(err)
	}
	return matched
}

// outcome describes an answer, or the type and the first line of an error. It leaves out the
// rule in that line, because only one of the layouts knows it.
func outcome(r runtimeapi.Result) string {
	if r.FunctionError == "" {
		return string(r.Payload)
	}
	message, _, _ := strings.Cut(r.ErrorMessage, "\n")
	if before, rest, ok := strings.Cut(message, " (rule "); ok {
		_, after, _ := strings.Cut(rest, ")")
		message = before + after
	}
	return r.ErrorType + ": " + message
}
