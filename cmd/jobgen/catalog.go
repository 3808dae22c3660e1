package main

import (
	"flag"
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/catalog/schema"
	"github.com/jobgen/jobgen/internal/spell"
)

var eventsCommand = command{
	name: "events", args: "[SOURCE [DETAIL-TYPE]]",
	summary: "browse the catalog of AWS events",
	help: `
Without arguments it lists the sources, with a source its detail-types, with
both the fields of the event. A first argument that is no source is words that
are looked for in the names of sources and detail-types.

  jobgen events aws.ec2
  jobgen events stopping
  jobgen events -go aws.ec2 "EC2 Instance State-change Notification"
  jobgen events -sample aws.ec2 "EC2 Instance State-change Notification" | jobgen which -`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		goType := flags.Bool("go", false, "print a Go type for the event's detail")
		sample := flags.Bool("sample", false, "print an example of the event")
		name := flags.String("name", "", "`name` of the Go type (default: of the detail-type)")
		return func(args []string) int {
			switch {
			case *goType && *sample:
				return a.usage("events", "-go and -sample can't stand together")
			case (*goType || *sample) && len(args) != 2:
				return a.usage("events", "-go and -sample want a source and a detail-type")
			case len(args) > 2:
				return a.usage("events", "a detail-type of several words is quoted: %q", strings.Join(args[1:], " "))
			case *goType:
				return a.printGoType(args[0], args[1], *name)
			case *sample:
				return a.printSample(args[0], args[1])
			}
			return a.browse(args)
		}
	},
}

func (a *app) browse(args []string) int {
	switch {
	case len(args) == 0:
		for _, s := range catalog.Sources() {
			fmt.Fprintf(a.stdout, "%s\t%s\n", s, plural(len(catalog.DetailTypes(s)), "detail-type", "detail-types"))
		}
		return exitClean
	case len(args) == 2:
		return a.printFields(args[0], args[1])
	case catalog.HasSource(args[0]):
		for _, t := range catalog.DetailTypes(args[0]) {
			fmt.Fprintln(a.stdout, t)
		}
		return exitClean
	}
	return a.searchEvents(args[0])
}

// searchEvents prints the events that hold all words in their source or
// detail-type.
func (a *app) searchEvents(words string) int {
	found := catalog.Search(strings.Fields(words)...)
	for _, e := range found {
		fmt.Fprintf(a.stdout, "%s\t%s\n", e.Source, e.DetailType)
	}
	if len(found) > 0 {
		return exitClean
	}
	message := fmt.Sprintf("no AWS event has %q in its source or detail-type", words)
	if near, ok := spell.Nearest(words, catalog.Sources()); ok {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	fmt.Fprintln(a.stderr, "jobgen:", message)
	return exitNo
}

func (a *app) printFields(source, detailType string) int {
	e, ok := catalog.Lookup(source, detailType)
	if !ok {
		return a.unknownEvent(source, detailType)
	}
	fmt.Fprintf(a.stdout, "%s\t%s\n", e.Source, e.DetailType)
	a.printField(e.Detail, "detail")
	return exitClean
}

// printField prints the fields below a path, one a line.
func (a *app) printField(f *catalog.Field, path string) {
	el := catalog.Element(f)
	for _, inner := range el.Fields {
		at := path + "." + inner.Name
		line := at + "\t" + schema.Type(inner)
		if len(inner.Values) > 0 {
			line += "\t" + strings.Join(inner.Values, " | ")
		}
		fmt.Fprintln(a.stdout, line)
		a.printField(inner, at)
	}
}

func (a *app) printSample(source, detailType string) int {
	sample, ok := catalog.Sample(source, detailType)
	if !ok {
		return a.unknownEvent(source, detailType)
	}
	fmt.Fprintf(a.stdout, "%s\n", strings.TrimRight(string(sample), "\n"))
	return exitClean
}

func (a *app) printGoType(source, detailType, name string) int {
	if _, ok := catalog.Lookup(source, detailType); !ok {
		return a.unknownEvent(source, detailType)
	}
	if name == "" {
		name = catalog.GoName(detailType)
	}
	text, ok := catalog.GoType(source, detailType, name)
	if !ok {
		return a.usage("events", "%q is no name of a Go type", name)
	}
	fmt.Fprintf(a.stdout, "%s\n", strings.TrimRight(text, "\n"))
	return exitClean
}

// unknownEvent says what is near an event that the catalog doesn't have.
func (a *app) unknownEvent(source, detailType string) int {
	message := fmt.Sprintf("no event %q of %q is known", detailType, source)
	if !catalog.HasSource(source) {
		if m, ok := catalog.NearestSource(source); ok {
			message += fmt.Sprintf("; did you mean %q?", m.Word)
		}
	} else if m, ok := catalog.NearestDetailType(detailType, source); ok {
		message += fmt.Sprintf("; did you mean %q?", m.Word)
	} else {
		message += fmt.Sprintf("; `jobgen events %s` lists its detail-types", source)
	}
	fmt.Fprintln(a.stderr, "jobgen:", message)
	return exitNo
}
