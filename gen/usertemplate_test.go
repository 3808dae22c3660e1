package gen

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/jobgen/jobgen/internal/model"
)

func templated(t *testing.T, p *model.Package, text string) (string, error) {
	t.Helper()
	files, err := Generate(p, Options{Templates: []Template{{Name: "dir/my.txt.tmpl", Text: text}}})
	if err != nil {
		return "", err
	}
	last := files[len(files)-1]
	if last.Name != "my.txt" {
		t.Errorf("the file is called %s", last.Name)
	}
	return string(last.Data), nil
}

func TestTemplateFunctions(t *testing.T) {
	p := fullPackage(model.PerMethod)
	tests := []struct{ name, text, want string }{
		{"field", `{{.Package}} {{len .Rules}}`, "shop 8"},
		{"toJSON", `{{(index .Rules 0).PutRule.Description | toJSON}}`, `"Orders # over 1000: \"big\"\nin ${EUR} 😀"`},
		{"toYAML of text", `{{toYAML "yes"}}, {{toYAML "a"}}`, `"yes", a`},
		{"toYAML of a structure", `{{(index .Rules 0).PutTargets.Targets | toYAML}}`, `[{Id: big-orders, Arn: "${OrdersPlacedFunctionArn}", ` +
			`InputTransformer: {InputPathsMap: {at: "$.time", id: "$.detail.id"}, InputTemplate: "{\"order\": <id>, \"at\": \"<at>\", \"rule\": \"<aws.events.rule-name>\"}"}, ` +
			`RetryPolicy: {MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60}, DeadLetterConfig: {Arn: "${BigOrdersQueueArn}"}}]`},
		{"nest", `pattern:{{(index .Rules 1).PutRule.EventPattern | fromJSON | nest 2}}`, "pattern:\n  detail:\n    Ref: [\"${Account}\", \"a\\\"b\"]\n    tier: [\"${Tiers}\"]"},
		{"fromJSON keeps order and numbers", `{{fromJSON "{\"b\":[1e3,true,null],\"a\":\"x\"}" | toYAML}}`, `{b: [1.0e+3, true, null], a: x}`},
		{"toHCL", `{{fromJSON "{\"a-b\":[\"${x}\",1]}" | toHCL}}`, `{ "a-b" = ["$${x}", 1] }`},
		{"hclString", `{{hclString "%{if}\n"}}`, `"%%{if}\n"`},
		{"interpolate", `{{interpolate "<%s>" "$${" (index .Rules 0).PutRule.EventBusName}} {{interpolate "<%s>" "$${" (index .Rules 0).PutRule.Description}}`,
			"<Bus> Orders # over 1000: \"big\"\nin $${EUR} 😀"},
		{"interpolate an ARN", `{{interpolate "<%s>" "" (index .Functions 0).LogGroupArn}}`, "<OrdersPlacedLogGroupArn>"},
		{"indent", `{{indent 2 "a\nb"}}`, "a\n  b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := templated(t, p, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestTemplateErrors(t *testing.T) {
	p := referencePackage(model.PerMethod)
	tests := []struct {
		name, text   string
		line, column int
		want         string
	}{
		{"syntax", "\n{{", 2, 0, "unclosed action"},
		{"unknown field", "a\n  {{.Nmae}}", 2, 5, "can't evaluate field Nmae"},
		{"unknown function", "{{toXML .}}", 1, 0, `function "toXML" not defined`},
		{"not JSON", `{{fromJSON "["}}`, 1, 3, "fromJSON: "},
		{"in a template of the template", "{{define \"x\"}}\n{{.Nmae}}{{end}}{{template \"x\" .}}", 2, 3, "can't evaluate field Nmae"},
		{"without end", `{{range 100000000}}{{printf "%1000d" 1}}{{end}}`, 0, 0, "it makes more than 16 MB"},
		{"calls without end", `{{define "x"}}{{template "x"}}{{end}}{{template "x"}}`, 1, 26, "exceeded maximum template depth"},
		{"spaces without end", `{{indent 1000000000000 "a\nb"}}`, 1, 3, "can't be indented by 1000000000000 spaces, only by 0 to 1000"},
		{"less than no spaces", `{{nest -1 "a"}}`, 1, 3, "can't be indented by -1 spaces"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Generate(p, Options{Templates: []Template{{Name: "dir/a:b.txt.tmpl", Text: tt.text}}})
			e, ok := errors.AsType[*TemplateError](err)
			if !ok || e.Name != "dir/a:b.txt.tmpl" || e.Line != tt.line || e.Column != tt.column || !strings.Contains(e.Message, tt.want) {
				t.Errorf("got %+v, want %d:%d: %s", err, tt.line, tt.column, tt.want)
			}
		})
	}
}

func TestTemplateNames(t *testing.T) {
	p := referencePackage(model.PerMethod)
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"no suffix", []string{"a.yaml"}, "its name must end in .tmpl, .gotmpl, .tpl"},
		{"suffix alone", []string{".tmpl"}, "its name must end in .tmpl, .gotmpl, .tpl"},
		{"a file of jobgen's", []string{"x/jobs.tf.tmpl"}, "would make jobs.tf, which jobgen writes itself"},
		{"a file of jobgen's in capitals", []string{"Jobs.TF.tmpl"}, "would make Jobs.TF, which jobgen writes itself"},
		{"the dispatcher", []string{"jobs_gen.go.tpl"}, "would make jobs_gen.go, which jobgen writes itself"},
		{"one name twice", []string{"Pulumi.yaml.tmpl", "x/pulumi.yaml.tpl"}, "two templates would make pulumi.yaml"},
	}
	for _, tt := range tests {
		var o Options
		for _, file := range tt.files {
			o.Templates = append(o.Templates, Template{Name: file})
		}
		if _, err := Generate(p, o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// TestPulumiExample renders the example of a template, and reads it as Pulumi
// would.
func TestPulumiExample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "templates", "examples", "Pulumi.yaml.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := templated(t, fullPackage(model.PerMethod), string(text))
	if err != nil {
		t.Fatal(err)
	}
	compareGolden(t, filepath.Join("testdata", "template", "Pulumi.yaml"), []byte(got))
	for seed := range seeds(50) {
		got, err := templated(t, randomPackage(seed, model.PerPackage), string(text))
		if err != nil {
			t.Fatal(err)
		}
		checkPulumi(t, randomPackage(seed, model.PerPackage), got)
	}
}

func checkPulumi(t *testing.T, p *model.Package, text string) {
	t.Helper()
	var program struct {
		Resources map[string]struct {
			Properties struct {
				Description string
				Tags        map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(text), &program); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	unescape := strings.NewReplacer("$${", "${")
	for _, r := range p.Rules() {
		if r.Scheduler != nil {
			continue // the example has rules alone
		}
		got := program.Resources[model.LogicalName(r.ID)].Properties
		if unescape.Replace(got.Description) != r.Description {
			t.Errorf("description %q became %q", r.Description, got.Description)
		}
		for _, tag := range r.Tags {
			if unescape.Replace(got.Tags[tag.Key]) != tag.Value {
				t.Errorf("tag %q became %q", tag, got.Tags[tag.Key])
			}
		}
	}
}
