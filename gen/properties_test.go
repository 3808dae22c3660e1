package gen_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// others are the values that properties have where they are not the ones under test:
// properties that can't be left out, and those whose example is the default.
var others = map[string]string{
	"function.timeout":                      "10s",
	"function.vpc.subnets":                  "[subnet-1]",
	"function.vpc.security_groups":          "[sg-1]",
	"event_rule.input_transformer.paths":    "{id: $.time}",
	"event_rule.input_transformer.template": "'<id>'",
	"iam_policy.actions":                    "[s3:PutObject]",
}

// more are values that show what the example hides: that of a property whose value
// also adds a resource or a permission, so that a file differs without naming it.
var more = map[string]string{
	"event_rule.dlq":   "arn:aws:sqs:eu-west-1:123456789012:lost",
	"schedule.dlq":     "arn:aws:sqs:eu-west-1:123456789012:lost",
	"function.tracing": "PassThrough",
}

// pair is a value for a property in place of its example, and the other properties that this
// value needs.
type pair struct{ value, beside string }

var pairs = map[string]pair{
	"function.qualifier":        {"blue", "arn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders'"},
	"function.log_level":        {"ERROR", "log_format: JSON"},
	"function.system_log_level": {"DEBUG", "log_format: JSON"},
	"event_rule.queue.group":    {"ledger", "arn: 'arn:aws:sqs:eu-west-1:123456789012:orders.fifo'"},
}

// ofOneFunction are the properties that belong to one function. Where each method has a function,
// they can't be on a type.
var ofOneFunction = []string{"function.id", "function.name", "function.code"}

// packaged are the properties that are only for the one function of a package.
var packaged = []string{"function.code"}

// propertyCase is a property with two values. The second one is mostly none.
type propertyCase struct {
	name          string
	spec          directive.Spec
	prop          directive.Prop
	with, without string // arguments of the directive
}

// TestProperties generates every file of a package with each property of the table of
// directives, and demands that each differs from the one without it: from the text
// of the directive to the file, no step forgets one. A property that changes no file
// says why in the table.
func TestProperties(t *testing.T) {
	var cases []propertyCase
	for _, spec := range directive.Specs() {
		cases = append(cases, propertyCases(spec, spec.Name, spec.Props, func(args string) string { return args })...)
	}
	var sources []string
	for _, c := range cases {
		for _, source := range places(c) {
			sources = append(sources, source(c.spec.Name, c.with), source(c.spec.Name, c.without))
		}
	}
	files := generated(t, sources)
	for _, c := range cases {
		for place, source := range places(c) {
			with, without := files[source(c.spec.Name, c.with)], files[source(c.spec.Name, c.without)]
			if len(with) != len(gen.Formats())+2 || len(without) != len(with) {
				t.Errorf("%s on the %s: there are %d files with %q and %d with %q", c.name, place, len(with), c.with, len(without), c.without)
			}
			for name, data := range with {
				if name == model.DispatcherFile || name == "Pulumi.yaml" && c.spec.Name != "event_rule" {
					continue // the Pulumi example has rules alone
				}
				if same := data == without[name]; same != (c.prop.NoFile != "" || lacks(c.prop, name)) {
					t.Errorf("%s on the %s: %s is the same with %q and with %q: %t; the table says %q",
						c.name, place, name, c.with, c.without, same, c.prop.NoFile)
				}
			}
		}
	}
}

// lacks reports whether a file's format has no such property.
func lacks(p directive.Prop, file string) bool {
	i := slices.Index(gen.FileNames(), file)
	return i > 0 && slices.Contains(p.NotIn, gen.Formats()[i-1]) // the first file is the dispatcher
}

// propertyCases returns the cases of a mapping's properties; wrap makes the arguments
// of the directive of the mapping's own.
func propertyCases(spec directive.Spec, path string, props []directive.Prop, wrap func(string) string) []propertyCase {
	var cases []propertyCase
	for _, p := range props {
		name := path + "." + p.Name
		if len(p.Props) > 0 {
			cases = append(cases, propertyCases(spec, name, p.Props, func(args string) string {
				switch {
				case args == "" && p.Word != "":
					args = p.Word
				case args != "" && p.Kind == directive.PropNamed:
					args = "{SlackToken: {" + args + "}}"
				case args != "":
					args = "{" + args + "}"
				default:
					return ""
				}
				return p.Name + ": " + args
			})...)
			if p.Word != "" {
				cases = append(cases, propertyCase{name, spec, p, wrap(p.Name + ": " + p.Word), wrap("")})
			}
			continue
		}
		without := p.Name + ": " + others[name]
		opposite, negated := strings.CutPrefix(p.Name, "not_")
		if negated {
			without = opposite + ": " + p.Example
		} else if others[name] == "" {
			without = ""
		}
		var beside []string
		if needs, ok := pairs[name]; ok {
			without, beside = p.Name+": "+needs.value, []string{needs.beside}
		}
		for _, sibling := range props {
			if value := others[path+"."+sibling.Name]; value != "" && sibling.Name != p.Name && (!negated || sibling.Name != opposite) {
				beside = append(beside, sibling.Name+": "+value)
			}
		}
		args := func(own string) string {
			if own == "" {
				return wrap(strings.Join(beside, ", "))
			}
			return wrap(strings.Join(append([]string{own}, beside...), ", "))
		}
		for _, value := range []string{p.Example, more[name]} {
			if value != "" {
				cases = append(cases, propertyCase{name, spec, p, args(p.Name + ": " + value), args(without)})
			}
		}
	}
	return cases
}

// places returns what writes a package with a case's directive in each place that it has.
func places(c propertyCase) map[string]func(name, args string) string {
	const source = "%s\npackage app\n\n%s\ntype Shop struct{}\n\n%s\n//jobs:event_pattern {source: [\"${SlackToken}\"]}\nfunc (Shop) Run() error { return nil }\n"
	line := func(name, args string) string {
		switch {
		case args == "" && name == "schedule":
			return "//jobs:schedule"
		case args == "":
			return "//"
		case name == "iam_policy":
			args = "{" + args + "}"
		}
		return "//jobs:" + name + " " + args
	}
	writers := map[string]func(name, args string) string{}
	if c.spec.On.Has(directive.OnPackage) {
		rule := "//"
		if c.name == "package.forwarded" {
			rule = "//jobs:event_rule event_bus: central" // the example's bus must have a rule
		}
		writers["package"] = func(name, args string) string {
			text := fmt.Sprintf(source, line(name, args), "//jobs:function environment: {TOKEN: \"${SlackToken}\"}", rule)
			if c.name == "package.secrets" { // which can't be in a pattern
				text = strings.Replace(text, "[\"${SlackToken}\"]", "[my.app]", 1)
			}
			return text
		}
	}
	if c.spec.On.Has(directive.OnMethod) && !slices.Contains(packaged, c.name) {
		writers["method"] = func(name, args string) string {
			text := fmt.Sprintf(source, "//", "//", line(name, args))
			if strings.Contains(args, "expression: ") { // it takes the place of another line
				return strings.NewReplacer("//jobs:event_pattern {source: [\"${SlackToken}\"]}", "//", "//jobs:cron 0 12 * * ? *", "//").Replace(text)
			}
			if name == "schedule" {
				text = strings.Replace(text, "event_pattern {source: [\"${SlackToken}\"]}", "cron 0 12 * * ? *", 1)
			}
			return text
		}
	}
	if c.spec.On.Has(directive.OnType) {
		if !slices.Contains(ofOneFunction, c.name) {
			writers["type"] = func(name, args string) string { return fmt.Sprintf(source, "//", line(name, args), "//") }
		}
		writers["type-packaged"] = func(name, args string) string {
			return fmt.Sprintf(source, "//jobs:package functions: package", line(name, args), "//")
		}
	}
	if c.prop.Kind == directive.PropWhen {
		for place, write := range writers {
			writers[place] = func(name, args string) string { return withStage(write(name, args)) }
		}
	}
	return writers
}

// withStage adds a parameter for conditions to a source: its declaration, and a reference to it.
func withStage(source string) string {
	const refer = "//jobs:function environment: {STAGE: \"${Stage}\"}\n"
	source = strings.Replace(source, "\ntype ", "\n"+refer+"type ", 1)
	return "//jobs:package params: {Stage: {default: dev, allowed: [dev, staging, prod]}}\n" + source
}

// generated returns the files of all formats for packages with one source each, by
// source. Their import paths, which differ, are one in the files.
func generated(t *testing.T, sources []string) map[string]map[string]string {
	module := testmodule.New(t)
	packages, byPath := map[string]string{}, map[string]string{}
	for i, source := range slices.Compact(slices.Sorted(slices.Values(sources))) {
		name := fmt.Sprintf("p%d", i)
		packages[name+"/app.go"], byPath[testmodule.Path+"/"+name] = source, source
	}
	result, err := parse.Parse(context.Background(), parse.Config{Dir: module.Dir(t, packages), Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics.Sorted() {
		if d.Severity == diag.Error {
			t.Error(d)
		}
	}
	pulumi, err := os.ReadFile(filepath.Join(module.Root, "templates", "examples", "Pulumi.yaml.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	options := gen.Options{Formats: gen.Formats(), Templates: []gen.Template{{Name: "Pulumi.yaml.tmpl", Text: string(pulumi)}}}
	all := map[string]map[string]string{}
	for _, p := range result.Packages {
		files, err := gen.Generate(p, options)
		if err != nil {
			t.Fatal(err)
		}
		all[byPath[p.Path]] = map[string]string{}
		for _, f := range files {
			all[byPath[p.Path]][f.Name] = strings.ReplaceAll(string(f.Data), p.Path, testmodule.Path)
		}
	}
	return all
}
