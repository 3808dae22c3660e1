package gen

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

func TestGenerateFiles(t *testing.T) {
	tests := []struct {
		formats []string
		want    []string
	}{
		{nil, []string{"jobs_gen.go"}},
		{[]string{"cloudformation"}, []string{"jobs_gen.go", "jobs.cfn.yaml"}},
		{[]string{"json", "sam", "json"}, []string{"jobs_gen.go", "jobs.sam.yaml", "jobs.rules.json"}},
		{Formats(), FileNames()},
	}
	for _, tt := range tests {
		files, err := Generate(referencePackage(model.PerMethod), Options{Formats: tt.formats})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
			if !bytes.Contains(f.Data, []byte(model.Header)) || bytes.HasSuffix(f.Data, []byte("\n\n")) || !bytes.HasSuffix(f.Data, []byte("\n")) {
				t.Errorf("%s lacks the header, or does not end in one line break", f.Name)
			}
		}
		if diff := cmp.Diff(tt.want, names); diff != "" {
			t.Errorf("formats %v (-want +got):\n%s", tt.formats, diff)
		}
	}
}

func TestGenerateWithoutJobs(t *testing.T) {
	files, err := Generate(newPackage("empty", model.PerPackage), Options{Formats: Formats()})
	if files != nil || err != nil {
		t.Errorf("got %v, %v", files, err)
	}
}

// rules makes a package of one method with rules of these ids.
func rulesCalled(ids ...string) *model.Package {
	j := job("Run", model.Function{})
	for _, id := range ids {
		j.Rules = append(j.Rules, &model.Rule{ID: id, Schedule: model.Literal("rate(1 hour)")})
	}
	return newPackage("p", model.PerMethod, &model.Receiver{Type: "T", Jobs: []*model.Job{j}})
}

// withFunction makes a package of one method with a function's properties and a
// rule with a pattern.
func withFunction(f model.Function, pattern *model.Value) *model.Package {
	return newPackage("p", model.PerMethod, &model.Receiver{Type: "T", Jobs: []*model.Job{
		job("Run", f, &model.Rule{ID: "TRun", Pattern: pattern}),
	}})
}

func TestGenerateErrors(t *testing.T) {
	source := object(field("source", list(paramValue("$Stage"))))
	environment := func(name string, value model.Text) model.Function {
		return model.Function{Environment: []model.EnvVar{{Name: name, Value: value}}}
	}
	tests := []struct {
		name   string
		p      *model.Package
		format string
		want   string
	}{
		{"unknown format", referencePackage(model.PerMethod), "yaml",
			`unknown format "yaml": the formats are cloudformation, sam, terraform, serverless, json`},
		{"ids that are one logical id", rulesCalled("sweep-all", "SweepAll"), "cloudformation",
			"jobs.cfn.yaml: Rule of sweep-all and Rule of SweepAll would both be called SweepAllRule: give one of them another name or id"},
		{"the same in Terraform", rulesCalled("sweep-all", "SweepAll"), "terraform", "jobs.tf: rule of sweep-all and rule of SweepAll would both be called SweepAll"},
		{"the same in JSON", rulesCalled("sweep-all", "SweepAll"), "json", "jobs.rules.json: rule sweep-all and rule SweepAll would both be called ${SweepAllRuleArn}"},
		{"a parameter called as a resource", withFunction(environment("A", param("$TRunRole")), source), "cloudformation",
			"parameter TRunRole and Role of TRun would both be called TRunRole"},
		{"a parameter called as ours", withFunction(environment("A", param("$CodeS3Key")), source), "cloudformation",
			"parameter CodeS3Key and parameter CodeS3Key would both be called CodeS3Key"},
		{"a parameter called as Serverless's", withFunction(environment("A", param("$codeZip")), source), "serverless", "codeZip"},
		{"a parameter called as Terraform's", withFunction(environment("A", param("$name_prefix")), source), "terraform",
			"the variable name_prefix and parameter ${name_prefix} would both be called var.name_prefix"},
		{"a parameter that Terraform reserves", withFunction(environment("A", param("$version")), source), "terraform",
			"jobs.tf: terraform has no variables called version: give the parameter ${version} another name"},
		{"a decomposed character", withFunction(model.Function{Description: "re\u0301sume\u0301"}, source), "terraform",
			`jobs.tf: terraform would change characters of "\"description\": \"re\u0301sume\u0301\"", which`},
		{"a variable that hides a parameter", withFunction(environment("Stage", model.Literal("x")), source), "json",
			`T.Run has an environment variable Stage = "x", but the pattern of rule TRun needs the parameter ${Stage} there: give one of them another name`},
		{"a variable called Ref", withFunction(environment("Ref", model.Literal("x")), source), "sam",
			"jobs.sam.yaml: CloudFormation would take the name Ref for one of its functions: choose another"},
		{"a condition with Ref", withFunction(model.Function{Policies: []model.Statement{{Condition: object(field("StringEquals", object(field("Ref", str("x")))))}}}, source),
			"cloudformation", `{"StringEquals":{"Ref":"x"}} has a key that CloudFormation would take for one of its functions`},
		{"more resources than a stack has", rulesOn(nil, 101, func(int) *model.Value { return source }), "cloudformation",
			"jobs.cfn.yaml: the template would have 505 resources, CloudFormation takes 500; split the package, use another format, or use -functions package"},
		{"more resources with one function", inOneFunction(rulesOn(nil, 600, func(int) *model.Value { return source })), "cloudformation",
			"CloudFormation takes 500; split the package, or use another format"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files, err := Generate(tt.p, Options{Formats: []string{tt.format}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if files != nil {
				t.Errorf("there are files: %d", len(files))
			}
		})
	}
}

// TestParameterIsTheVariable lets a function's environment hold just the
// parameter that its pattern needs.
func inOneFunction(p *model.Package) *model.Package {
	p.Layout = model.PerPackage
	return p
}

func TestParameterIsTheVariable(t *testing.T) {
	p := withFunction(model.Function{Environment: []model.EnvVar{{Name: "Stage", Value: param("$Stage")}}}, object(field("source", list(paramValue("$Stage")))))
	s, err := newStack(p)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Functions[0].Environment); n != 1 {
		t.Errorf("the function has %d variables", n)
	}
}

// TestSameBytes generates models twice.
func TestSameBytes(t *testing.T) {
	for seed := range seeds(20) {
		for _, layout := range layouts {
			first := generated(t, randomPackage(seed, layout))
			again := generated(t, randomPackage(seed, layout))
			for i, f := range first {
				if !bytes.Equal(f.Data, again[i].Data) {
					t.Errorf("seed %d: %s differs from one time to the next", seed, f.Name)
				}
			}
		}
	}
}

var declared = regexp.MustCompile(`(?m)^(?:  ([A-Za-z0-9]+):$|resource ("\w+" "\w+") \{)`)

// names returns the names of resources in a rule file, sorted.
func names(f File) []string {
	var out []string
	for _, m := range declared.FindAllSubmatch(f.Data, -1) {
		out = append(out, string(m[1])+string(m[2]))
	}
	slices.Sort(out)
	return out
}

// TestNamesKeep reverses the order of types, methods and rules, and takes one
// away: the others' names stay as they are.
func TestNamesKeep(t *testing.T) {
	for seed := range seeds(30) {
		p, reversed, fewer := randomPackage(seed, model.PerMethod), randomPackage(seed, model.PerMethod), randomPackage(seed, model.PerMethod)
		slices.Reverse(reversed.Receivers)
		for _, r := range reversed.Receivers {
			slices.Reverse(r.Jobs)
			for _, j := range r.Jobs {
				slices.Reverse(j.Rules)
			}
		}
		last := fewer.Receivers[len(fewer.Receivers)-1]
		last.Jobs = last.Jobs[1:]
		if len(fewer.Jobs()) == 0 {
			continue
		}
		backward, without := generated(t, reversed), generated(t, fewer)
		for i, f := range generated(t, p) {
			if f.Name == "jobs.rules.json" {
				continue // it has no names that it makes of others
			}
			all := names(f)
			if diff := cmp.Diff(all, names(backward[i])); diff != "" {
				t.Errorf("seed %d: %s depends on order (-forward +backward):\n%s", seed, f.Name, diff)
			}
			for _, name := range names(without[i]) {
				if _, ok := slices.BinarySearch(all, name); !ok {
					t.Errorf("seed %d: %s: %s is called so for want of another", seed, f.Name, name)
				}
			}
		}
	}
}

func TestCFNID(t *testing.T) {
	tests := []struct{ in, want string }{
		{"SecurityJobInstanceStopping", "SecurityJobInstanceStopping"},
		{"sweep-all", "SweepAll"},
		{"my_jobs", "MyJobs"},
		{"a1-2b", "A12b"},
		{"Überwacher", "U00DCberwacher"},
	}
	for _, tt := range tests {
		if got := cfnID(tt.in, ""); got != tt.want {
			t.Errorf("cfnID(%s) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestCFNText(t *testing.T) {
	tests := []struct {
		text model.Text
		want string
	}{
		{nil, `""`},
		{model.Literal("a b"), "a b"},
		{model.Literal("${x}"), `"${x}"`},
		{param("$Stage"), "!Ref Stage"},
		{param("$Table_Name"), "!Ref TableName"},
		{model.Text{{Literal: ""}, {Param: "Stage"}, {Literal: ""}}, "!Ref Stage"},
		{param("a-", "$Stage", "-b"), `!Sub "a-${Stage}-b"`},
		{param("{x}$", "y", "$Stage"), `!Sub "{x}$y${Stage}"`},
		{model.Text{{Literal: "$"}, {Literal: "{x}"}, {Param: "Stage"}}, `!Sub "${!x}${Stage}"`},
		{model.Text{{Literal: "$"}, {Param: "Stage"}}, `!Join ["", ["$", !Ref Stage]]`},
		{model.Text{{Literal: "${"}, {Param: "Stage"}, {Literal: "}"}}, `!Join ["", ["${", !Ref Stage, "}"]]`},
		{model.Text{{Literal: "${!x}"}, {Param: "Stage"}}, `!Join ["", ["${!x}", !Ref Stage]]`},
	}
	for _, tt := range tests {
		if got := newCFNWriter(nil).text(tt.text); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text.String(), got, tt.want)
		}
	}
}

func TestServerlessString(t *testing.T) {
	w := newCFNWriter(nil)
	w.variables = slsVariables
	tests := []struct{ in, want string }{
		{"${x}", `"${x}"`},
		{"${AWS::Region}", `"${AWS::Region}"`},
		{"${self:service}", `!Join ["", ["$", "{self:service}"]]`},
		{"a$${env(x):b} ${y}", `!Join ["", ["a$$", "{env(x):b} $", "{y}"]]`},
		{`\${x}`, `!Join ["", ["\\$", "{x}"]]`},
	}
	for _, tt := range tests {
		if got := w.string(tt.in); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestHCLText(t *testing.T) {
	tests := []struct {
		text model.Text
		want string
	}{
		{nil, `""`},
		{model.Literal("a \"b\"\n%{c} ${d} $${e}"), `"a \"b\"\n%%{c} $${d} $$${e}"`},
		{param("$Stage"), "var.Stage"},
		{param("a-", "$Stage"), `"a-${var.Stage}"`},
		{model.Text{{Literal: "a$$"}, {Param: "Stage"}}, `"a${"$$"}${var.Stage}"`},
		{model.Text{{Literal: "100%"}, {Param: "Stage"}}, `"100%${var.Stage}"`},
	}
	for _, tt := range tests {
		if got := hclText(tt.text); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text.String(), got, tt.want)
		}
	}
}

func TestShortName(t *testing.T) {
	long := strings.Repeat("Abcdefgh", 10)
	a, b := shortName(long+"1"), shortName(long+"2")
	if len(a) != shortNameLimit || a == b || !strings.HasPrefix(a, long[:shortNameLimit-8]) {
		t.Errorf("%s, %s", a, b)
	}
	if got := shortName("my-rule"); got != "MyRule" {
		t.Error(got)
	}
}

func TestParameterDescription(t *testing.T) {
	p := stackParameter{Name: "P"}
	for i, want := range []string{"For the a0.", "For the a0, the a1.", "For the a0, the a1, the a2.", "For the a0, the a1, the a2, the a3.", "For the a0, the a1, the a2, the a3 and 1 more."} {
		p.Uses = append(p.Uses, fmt.Sprint("a", i))
		if got := p.Description(); got != want {
			t.Errorf("%d uses: %s", i+1, got)
		}
	}
}
