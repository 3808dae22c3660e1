package main

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/catalog/schema"
	"github.com/jobgen/jobgen/internal/spell"
)

var eventsCommand = command{
	name: "events", args: "[SOURCE [DETAIL-TYPE]]",
	summary: "browse AWS's events and your own",
	help: `
Without arguments it lists the sources, with a source its detail-types, and with
both the fields of the event. A first argument that is not a source is searched
for in sources, detail-types, field values and API calls. With -json each line is
an object.

With -schema, the events of your own that the documents describe are among them.

With -p, a sample of "Scheduled Event" has an event for each schedule of the
packages.

  jobgen events aws.ec2
  jobgen events stopping
  jobgen events RunInstances
  jobgen events -go aws.ec2 "EC2 Instance State-change Notification"
  jobgen events -sample aws.ec2 "EC2 Instance State-change Notification" | jobgen which -
  jobgen events -schema shop.orders=order.json -go shop.orders "Order Placed"
  jobgen events -sample -p . aws.events "Scheduled Event" | jobgen run ./cmd/lambda`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		var packages []string
		flags.Func("p", "`packages` whose schedules a sample of Scheduled Event fires; can be repeated", func(p string) error {
			packages = append(packages, p)
			return nil
		})
		goType := flags.Bool("go", false, "print a Go type for the event's detail")
		sample := flags.Bool("sample", false, "print an example of the event")
		asJSON := flags.Bool("json", false, "print JSON, one object a line")
		name := flags.String("name", "", "`name` of the Go type (default: of the detail-type)")
		given := &options{}
		flags.Func("schema", schemaUsage, func(arg string) error { return given.addSchema(a, arg) })
		return func(args []string) int {
			b := browser{a, *asJSON, given.schemas}
			switch {
			case *asJSON && (*goType || *sample):
				return a.usage("events", "-json is for lists and fields; -go prints Go, and -sample always prints JSON")
			case *goType && *sample:
				return a.usage("events", "-go and -sample can't be used together")
			case (*goType || *sample) && len(args) != 2:
				return a.usage("events", "-go and -sample need a source and a detail-type")
			case len(args) > 2:
				return a.usage("events", "a detail-type of several words is quoted: %q", strings.Join(args[1:], " "))
			case len(packages) > 0 && (!*sample || args[0] != scheduledSource || args[1] != scheduledType):
				return a.usage("events", "-p can be used only with -sample %s %q", scheduledSource, scheduledType)
			case len(packages) > 0:
				return b.printScheduled(packages)
			case *goType:
				return b.printGoType(args[0], args[1], *name)
			case *sample:
				return b.printSample(args[0], args[1])
			}
			return b.browse(args)
		}
	},
}

// row is a line of the output: columns for people, an object for programs.
type row interface{ columns() []string }

type sourceRow struct {
	Source      string `json:"source"`
	DetailTypes int    `json:"detailTypes"`
}

func (r sourceRow) columns() []string {
	return []string{r.Source, plural(r.DetailTypes, "detail-type", "detail-types")}
}

type eventRow struct {
	Source     string `json:"source"`
	DetailType string `json:"detailType"`
	short      bool   // the columns leave out the source
}

func (r eventRow) columns() []string {
	detailType := cmp.Or(r.DetailType, "any detail-type")
	if r.short {
		return []string{detailType}
	}
	return []string{r.Source, detailType}
}

// valueRow is an event with a field's value.
type valueRow struct {
	Source     string `json:"source"`
	DetailType string `json:"detailType"`
	Path       string `json:"path"`
	Value      string `json:"value"`
}

func (r valueRow) columns() []string {
	return []string{r.Source, r.DetailType, r.Path + " = " + r.Value}
}

type fieldRow struct {
	Path   string   `json:"path"`
	Type   string   `json:"type"`
	Values []string `json:"values,omitempty"`
	// Others reports whether other values are possible.
	Others bool `json:"otherValues,omitempty"`
}

func (r fieldRow) columns() []string {
	if len(r.Values) == 0 {
		return []string{r.Path, r.Type}
	}
	values := r.Values
	if r.Others {
		values = append(slices.Clone(values), "…")
	}
	return []string{r.Path, r.Type, strings.Join(values, " | ")}
}

// browser shows the catalog, and events of the user's.
type browser struct {
	*app
	json bool // rows are JSON objects
	own  ownEvents
}

// lookup returns an event of the user's or of AWS's.
func (b browser) lookup(source, detailType string) (catalog.Event, bool) {
	if e, ok := b.own.lookup(source, detailType); ok {
		return e, true
	}
	return catalog.Lookup(source, detailType)
}

func (b browser) browse(args []string) int {
	var rows []row
	switch {
	case len(args) == 2:
		e, ok := b.lookup(args[0], args[1])
		if !ok {
			return b.unknownEvent(args[0], args[1])
		}
		if !b.json {
			rows = append(rows, eventRow{Source: e.Source, DetailType: e.DetailType})
		}
		rows = append(rows, fieldRows(e.Detail, "detail")...)
	case len(args) == 0:
		for _, s := range b.own.sources() {
			rows = append(rows, sourceRow{s, len(b.own.of(s).detailTypes())})
		}
		for _, s := range catalog.Sources() {
			rows = append(rows, sourceRow{s, len(catalog.DetailTypes(s))})
		}
	case len(b.own.of(args[0])) > 0:
		rows = b.own.of(args[0]).rows(true)
	case catalog.HasSource(args[0]):
		for _, t := range catalog.DetailTypes(args[0]) {
			rows = append(rows, eventRow{args[0], t, true})
		}
	default:
		if rows = b.found(args[0]); len(rows) == 0 {
			return b.nothingFound(args[0])
		}
	}
	return b.printRows(rows)
}

// found returns the events with these words in their names, and then the events with
// them as a field's value or an API call.
func (b browser) found(words string) []row {
	rows := b.own.named(words)
	for _, e := range catalog.Search(strings.Fields(words)...) {
		rows = append(rows, eventRow{Source: e.Source, DetailType: e.DetailType})
	}
	for _, hit := range catalog.SearchValues(words, b.own.events()...) {
		rows = append(rows, valueRow{hit.Source, hit.DetailType, hit.Path, hit.Value})
	}
	return rows
}

func (b browser) printRows(rows []row) int {
	if b.json {
		if err := writeNDJSON(b.exact, rows); err != nil {
			return b.fail(err)
		}
		return exitClean
	}
	for _, r := range rows {
		fmt.Fprintln(b.stdout, strings.Join(r.columns(), "\t"))
	}
	return exitClean
}

// nothingFound reports that no event has the words, with the nearest source.
func (b browser) nothingFound(words string) int {
	message := fmt.Sprintf("no AWS event has %q in its source or detail-type, as a field's value or as an API call", words)
	if near, ok := spell.Nearest(words, catalog.Sources()); ok {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	fmt.Fprintln(b.stderr, "jobgen:", message)
	return exitNo
}

// fieldRows returns the fields below a path.
func fieldRows(f *catalog.Field, path string) []row {
	var rows []row
	for _, inner := range catalog.Element(f).Fields {
		at := path + "." + inner.Name
		rows = append(rows, fieldRow{at, schema.Type(inner), inner.Values, inner.Likely})
		rows = append(rows, fieldRows(inner, at)...)
	}
	return rows
}

func (b browser) printSample(source, detailType string) int {
	e, ok := b.lookup(source, detailType)
	if !ok {
		return b.unknownEvent(source, detailType)
	}
	fmt.Fprintf(b.exact, "%s\n", strings.TrimRight(string(e.Sample()), "\n"))
	return exitClean
}

// printScheduled prints the event of each schedule in packages.
func (b browser) printScheduled(patterns []string) int {
	res, code := b.parse("events", &options{}, patterns)
	if res == nil {
		return code
	}
	rules, err := liveRules(res)
	if err != nil {
		return b.fail(err)
	}
	rules = slices.DeleteFunc(rules, func(r *liveRule) bool { return r.Schedule == "" })
	if len(rules) == 0 {
		fmt.Fprintf(b.stderr, "jobgen: no schedules in %s\n", patternList(patterns))
		return exitNo
	}
	for _, r := range rules {
		sample, _ := catalog.Sample(scheduledSource, scheduledType, ruleARN(r))
		fmt.Fprintf(b.exact, "%s\n", strings.TrimRight(string(sample), "\n"))
	}
	return exitClean
}

func (b browser) printGoType(source, detailType, name string) int {
	e, ok := b.lookup(source, detailType)
	if !ok {
		return b.unknownEvent(source, detailType)
	}
	if name == "" {
		name = catalog.GoName(detailType)
	}
	text, ok := e.GoType(name)
	if !ok {
		return b.usage("events", "%q is not the name of a Go type", name)
	}
	fmt.Fprintf(b.stdout, "%s\n", strings.TrimRight(text, "\n"))
	return exitClean
}

// unknownEvent reports that the catalog lacks an event, with the nearest one.
func (b browser) unknownEvent(source, detailType string) int {
	message := fmt.Sprintf("no event %q of %q is known", detailType, source)
	if len(b.own.of(source)) > 0 {
		message = b.own.missing(source, detailType)
	} else if !catalog.HasSource(source) {
		if m, ok := catalog.NearestSource(source); ok {
			message += fmt.Sprintf("; did you mean %q?", m.Word)
		}
	} else if m, ok := catalog.NearestDetailType(detailType, source); ok {
		message += fmt.Sprintf("; did you mean %q?", m.Word)
	} else {
		message += fmt.Sprintf("; `jobgen events %s` lists its detail-types", source)
	}
	fmt.Fprintln(b.stderr, "jobgen:", message)
	return exitNo
}
