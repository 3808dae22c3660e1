package main

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/catalog/schema"
	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/firing"
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

With -for it prints an event that fires the rule with that id: AWS's event, one of
your own that a document describes, or one with the fields of the handler's type.
The values are those that the pattern asks for, and examples otherwise. Parameters
(${Name}) have the value that -param gives, or else that of the environment, their
default, or an example. A rule whose condition is false has no event. With -for the arguments
are the packages whose rules are searched (default .).

With -p, a sample of "Scheduled Event" has an event for each schedule of the
packages.`,
	examples: `
  jobgen events aws.ec2
  jobgen events stopping
  jobgen events RunInstances
  jobgen events -go aws.ec2 "EC2 Instance State-change Notification"
  jobgen events -sample aws.ec2 "EC2 Instance State-change Notification" | jobgen which -
  jobgen events -for SecurityJobInstanceStopping ./... > testdata/stopping.json
  jobgen events -for Archive -param Stage=prod ./...
  jobgen events -schema shop.orders=order.json -go shop.orders "Order Placed"
  jobgen events -sample -p . aws.events "Scheduled Event" | jobgen run ./lambda`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		b := &browser{app: a}
		flags.Func("p", "`packages` whose rules -for searches, and whose schedules a sample of Scheduled Event fires; can be repeated", func(p string) error {
			b.packages = append(b.packages, p)
			return nil
		})
		flags.BoolVar(&b.goType, "go", false, "print a Go type for the event's detail")
		flags.BoolVar(&b.sample, "sample", false, "print an example of the event")
		flags.StringVar(&b.rule, "for", "", "print an event that fires the rule with this `ID`")
		flags.BoolVar(&b.json, "json", false, "print JSON, one object a line")
		flags.StringVar(&b.name, "name", "", "`name` of the Go type (default: of the detail-type)")
		b.options.declareParams(flags)
		flags.StringVar(&b.options.tags, "tags", "", "build `tags`, separated by commas, for -for and -p")
		flags.Func("schema", schemaUsage, func(arg string) error { return b.options.addSchema(a, arg) })
		return b.run
	},
}

func (b *browser) run(args []string) int {
	b.own = b.options.schemas
	if problem := b.problem(args); problem != "" {
		return b.usage("events", "%s", problem)
	}
	switch {
	case b.rule != "":
		return b.printFor(append(b.packages, args...))
	case len(b.packages) > 0:
		return b.printScheduled()
	case b.goType:
		return b.printGoType(args[0], args[1])
	case b.sample:
		return b.printSample(args[0], args[1])
	}
	return b.browse(args)
}

// problem returns a message about flags or arguments that can't be used together, or "" if there
// are none.
func (b *browser) problem(args []string) string {
	one := b.goType || b.sample // one event is printed as a whole
	switch {
	case b.json && (one || b.rule != ""):
		return "-json is for lists and fields; -go prints Go, and -sample and -for always print JSON"
	case b.goType && b.sample:
		return "-go and -sample can't be used together"
	case b.rule != "" && one:
		return "-for can't be used with -go or -sample"
	case b.rule != "":
		return ""
	case one && len(args) != 2:
		return "-go and -sample need a source and a detail-type"
	case len(b.options.params) > 0 && len(b.packages) == 0:
		return "-param can be used only with -for or -p"
	case len(args) > 2:
		return fmt.Sprintf("a detail-type of several words is quoted: %q", strings.Join(args[1:], " "))
	case len(b.packages) > 0 && (!b.sample || args[0] != firing.ScheduledSource || args[1] != firing.ScheduledType):
		return fmt.Sprintf("-p can be used only with -for, or with -sample %s %q", firing.ScheduledSource, firing.ScheduledType)
	}
	return ""
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
	options  options
	own      ownEvents
	json     bool     // rows are JSON objects
	goType   bool     // print a Go type
	sample   bool     // print an example
	rule     string   // print an event that fires the rule with this id
	name     string   // of the Go type
	packages []string // whose rules are read
}

func (b *browser) browse(args []string) int {
	var rows []row
	switch {
	case len(args) == 2:
		e, ok := b.own.orAWS(args[0], args[1])
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
func (b *browser) found(words string) []row {
	rows := b.own.named(words)
	for _, e := range catalog.Search(strings.Fields(words)...) {
		rows = append(rows, eventRow{Source: e.Source, DetailType: e.DetailType})
	}
	for _, hit := range catalog.SearchValues(words, b.own.events()...) {
		rows = append(rows, valueRow{hit.Source, hit.DetailType, hit.Path, hit.Value})
	}
	return rows
}

func (b *browser) printRows(rows []row) int {
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
func (b *browser) nothingFound(words string) int {
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

func (b *browser) printSample(source, detailType string) int {
	e, ok := b.own.orAWS(source, detailType)
	if !ok {
		return b.unknownEvent(source, detailType)
	}
	fmt.Fprintf(b.exact, "%s\n", strings.TrimRight(string(e.Sample()), "\n"))
	return exitClean
}

// printFor prints an event that fires the rule.
func (b *browser) printFor(patterns []string) int {
	res, code := b.parse("events", &b.options, patterns)
	if res == nil {
		return code
	}
	if len(res.Packages) == 0 {
		return b.fail(fmt.Errorf("no jobs in %s", patternList(patterns)))
	}
	rule, err := deployed.Find(res.Packages, b.rule, b.options.params, true)
	if err != nil {
		return b.fail(err)
	}
	event, err := rule.Event(b.own.orAWS, res.Detail(rule.Rule), time.Time{})
	if err != nil {
		return b.fail(err)
	}
	fmt.Fprintf(b.exact, "%s", event)
	return exitClean
}

// printScheduled prints the event of each schedule in packages.
func (b *browser) printScheduled() int {
	res, code := b.parse("events", &b.options, b.packages)
	if res == nil {
		return code
	}
	rules, err := deployed.Rules(res.Packages, b.options.params)
	if err != nil {
		return b.fail(err)
	}
	rules, _ = deployed.Partition(rules)
	rules = slices.DeleteFunc(rules, func(r *deployed.Rule) bool { return r.Schedule == nil })
	if len(rules) == 0 {
		fmt.Fprintf(b.stderr, "jobgen: no schedules in %s\n", patternList(b.packages))
		return exitNo
	}
	sayOpen(b.stderr, rules)
	for _, r := range rules {
		event, err := r.Event(b.own.orAWS, res.Detail(r.Rule), time.Time{})
		if err != nil {
			return b.fail(err)
		}
		fmt.Fprintf(b.exact, "%s", event)
	}
	return exitClean
}

func (b *browser) printGoType(source, detailType string) int {
	name := b.name
	e, ok := b.own.orAWS(source, detailType)
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
func (b *browser) unknownEvent(source, detailType string) int {
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
