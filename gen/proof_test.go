package gen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

// The tests here let the tools of each deployment world judge the files. Where a
// tool is missing they skip, and say so; on a CI machine (CI=true) they fail.

// missing skips a test that needs a missing tool, or fails it in CI.
func missing(t *testing.T, what, remedy string) {
	t.Helper()
	text := fmt.Sprintf("%s is not on this machine, so its proof is not run: %s", what, remedy)
	if os.Getenv("CI") == "true" {
		t.Fatal(text)
	}
	t.Skip(text)
}

// tool returns the path of a program. With -short it skips the test, since the programs
// take minutes.
func tool(t *testing.T, name, remedy string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("with -short, " + name + " is not asked for its judgement")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, name, remedy)
	}
	return path
}

// python returns an interpreter that has a module.
func python(t *testing.T, module string) string {
	t.Helper()
	path := tool(t, "python3", "install Python 3")
	if err := exec.Command(path, "-c", "import "+module).Run(); err != nil {
		missing(t, "Python's module "+module, "python3 -m pip install cfn-lint aws-sam-translator PyYAML")
	}
	return path
}

// shared returns a tool of a folder called shared beside the checkout, or "".
func shared(elem ...string) string {
	path, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "shared", "tools"}, elem...)...))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// run runs a command and returns its standard output; the test fails if it does.
func run(t *testing.T, c *exec.Cmd) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", strings.Join(c.Args, " "), err, stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes()
}

// sample is a package whose files are written to a folder.
type sample struct {
	name  string
	model *model.Package
	dir   string
}

func (s sample) file(name string) string { return filepath.Join(s.dir, name) }

// samples are those packages whose files the tools must find nothing wrong with.
func samples(t *testing.T) []sample {
	t.Helper()
	var all []sample
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		all = append(all,
			newSample(t, "reference "+string(layout), gen.ReferencePackage(layout)),
			newSample(t, "full "+string(layout), gen.FullPackage(layout)),
			newSample(t, "existing "+string(layout), gen.ExistingPackage(layout)),
			newSample(t, "outside "+string(layout), gen.OutsidePackage(layout)))
		for _, p := range examples(t, layout) {
			all = append(all, newSample(t, "example "+p.Name+" "+string(layout), p))
		}
	}
	return append(all, newSample(t, "crowded", gen.CrowdedPackage(model.PerPackage)))
}

// conditionalSamples are packages with conditions. The tools must find nothing wrong with their
// files either.
func conditionalSamples(t *testing.T) []sample {
	t.Helper()
	var all []sample
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		for seed := range uint64(2) {
			name := fmt.Sprintf("conditions %s %d", layout, seed)
			all = append(all, newSample(t, name, gen.WithConditions(gen.FullPackage(layout), seed)))
		}
	}
	return append(all, newSample(t, "conditions crowded", gen.WithConditions(gen.CrowdedPackage(model.PerPackage), 1)))
}

func newSample(t *testing.T, name string, p *model.Package) sample {
	t.Helper()
	files, err := gen.Generate(p, gen.Options{Formats: gen.Formats()})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	s := sample{name: name, model: p, dir: t.TempDir()}
	for _, f := range files[1:] {
		if err := os.WriteFile(s.file(f.Name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestCFNLint(t *testing.T) {
	lint := tool(t, "cfn-lint", "python3 -m pip install cfn-lint")
	args := []string{"-r", "us-east-1", "-t"}
	for _, s := range append(samples(t), conditionalSamples(t)...) {
		args = append(args, s.file("jobs.cfn.yaml"), s.file("jobs.sam.yaml"))
	}
	run(t, exec.Command(lint, args...))
}

func TestAWSValidator(t *testing.T) {
	node := tool(t, "node", "install Node.js")
	every := append(samples(t), conditionalSamples(t)...)
	var plain, all []string
	for _, s := range every {
		plain = append(plain, s.file("jobs.cfn.yaml"))
		all = append(all, s.file("jobs.cfn.yaml"), s.file("jobs.sam.yaml"))
	}
	if exec.Command(node, "-e", `require.resolve("@aws/cloudformation-validate")`).Run() != nil {
		validate := shared("cloudformation", "validate")
		if validate == "" {
			missing(t, "@aws/cloudformation-validate", "npm install aws-cdk-lib, and NODE_PATH=node_modules/aws-cdk-lib/node_modules")
		}
		run(t, exec.Command(validate, all...))
		return
	}
	for _, s := range every {
		expanded := s.file("expanded.json")
		if err := os.WriteFile(expanded, expandSAM(t, s.file("jobs.sam.yaml")), 0o644); err != nil {
			t.Fatal(err)
		}
		plain = append(plain, expanded)
	}
	run(t, exec.Command(node, append([]string{filepath.Join("testdata", "tools", "validate.js")}, plain...)...))
}

func expandSAM(t *testing.T, template string) []byte {
	t.Helper()
	return run(t, exec.Command(python(t, "samtranslator"), filepath.Join("testdata", "tools", "sam_expand.py"), template))
}

// TestSAMExpansion checks that AWS's own translator makes of the SAM file what
// the CloudFormation file says.
func TestSAMExpansion(t *testing.T) {
	python(t, "samtranslator")
	all := samples(t)
	for seed := range uint64(2) {
		all = append(all, newSample(t, fmt.Sprint("seed ", seed), gen.RandomPackage(seed, model.PerMethod)))
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			got := cloudFormationFacts(t, readJSON(t, expandSAM(t, s.file("jobs.sam.yaml"))), "CodeImageUri")
			if diff := cmp.Diff(modelFacts(t, s.model), got); diff != "" {
				t.Errorf("the expanded template differs from the model (-model +template):\n%s", diff)
			}
		})
	}
	for _, s := range conditionalSamples(t) {
		t.Run(s.name, func(t *testing.T) {
			expanded := readJSON(t, expandSAM(t, s.file("jobs.sam.yaml")))
			checkTemplate(t, s.model, expanded, func(m map[string]any) map[string]any { return m })
		})
	}
}

// TestYAML11 checks that a reader of YAML 1.1 sees in every file what one of
// YAML 1.2 sees.
func TestYAML11(t *testing.T) {
	interpreter := python(t, "yaml")
	var files []string
	for seed := range uint64(10) {
		s := newSample(t, fmt.Sprint("seed ", seed), gen.RandomPackage(seed, model.PerMethod))
		files = append(files, s.file("jobs.cfn.yaml"), s.file("jobs.sam.yaml"), s.file("jobs.serverless.yml"))
	}
	out := run(t, exec.Command(interpreter, append([]string{filepath.Join("testdata", "tools", "read_yaml.py")}, files...)...))
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if len(lines) != len(files) {
		t.Fatalf("%d lines for %d files", len(lines), len(files))
	}
	for i, name := range files {
		want, got := canonicalFloat(t, readYAML(t, read(t, name))), canonicalFloat(t, readJSON(t, lines[i]))
		if want != got {
			t.Fatalf("%s (-1.2 +1.1):\n%s", name, cmp.Diff(want, got))
		}
	}
}

// canonicalFloat writes numbers as float64, which is what PyYAML makes of them.
func canonicalFloat(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		t.Fatal(err)
	}
	if data, err = json.MarshalIndent(plain, "", " "); err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTerraformFmt(t *testing.T) {
	terraform := tool(t, "terraform", "install Terraform")
	all := append(samples(t), conditionalSamples(t)...)
	for seed := range uint64(20) {
		all = append(all, newSample(t, fmt.Sprint("seed ", seed), gen.RandomPackage(seed, model.PerMethod)))
	}
	args := []string{"fmt", "-check", "-diff"}
	for _, s := range all {
		args = append(args, s.file("jobs.tf"))
	}
	run(t, exec.Command(terraform, args...))
}

// TestTerraformValidate lets Terraform judge names, types and references by the
// AWS provider's schema.
func TestTerraformValidate(t *testing.T) {
	validate := shared("terraform-schema", "validate")
	if validate == "" {
		t.Skip("there is no provider schema beside the checkout (shared/tools/terraform-schema), so terraform validate is not run")
	}
	tool(t, "terraform", "install Terraform")
	all := append(samples(t), conditionalSamples(t)...)
	all = append(all, newSample(t, "module", gen.ModulePackage(model.PerMethod)), newSample(t, "module of one function", gen.ModulePackage(model.PerPackage)))
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		all = append(all, newSample(t, "module with conditions "+string(layout), gen.ConditionalModule(layout)))
	}
	for seed := range uint64(2) {
		all = append(all, newSample(t, fmt.Sprint("seed ", seed), gen.RandomPackage(seed, model.PerMethod)))
	}
	schema := read(t, shared("terraform-schema", "schema.json"))
	for _, s := range all {
		if !bytes.Contains(schema, []byte(strconv.Quote(tfMappingType))) {
			withoutMappings(t, s.file("jobs.tf"))
		}
		run(t, exec.Command(validate, s.dir))
	}
}

// withoutMappings removes the event source mappings, which checkMapping checks. No other
// resource refers to them.
func withoutMappings(t *testing.T, name string) {
	t.Helper()
	f, diagnostics := hclwrite.ParseConfig(read(t, name), name, hcl.InitialPos)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	for _, b := range f.Body().Blocks() {
		if b.Type() == "resource" && b.Labels()[0] == tfMappingType {
			f.Body().RemoveBlock(b)
		}
	}
	if err := os.WriteFile(name, hclwrite.Format(f.Bytes()), 0o644); err != nil {
		t.Fatal(err)
	}
}

const serverlessYML = `service: proof
provider:
  name: aws
  region: us-east-1
resources: ${file(jobs.serverless.yml):resources}
`

// serverlessFunctions is for files with functions. A file in which all functions exist has none.
const serverlessFunctions = "functions: ${file(jobs.serverless.yml):functions}\n"

// serverlessImage is a URI with a digest, for which Serverless doesn't ask AWS.
const serverlessImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/jobs@sha256:"

var (
	serverlessParameter = regexp.MustCompile(`\$\{param:(\w+)\}`)
	// serverlessGiven matches the value that packageServerless gives a parameter.
	serverlessGiven = regexp.MustCompile(`given-(\w+)-end`)
)

// TestServerlessPackage checks that Serverless makes of its file what the
// CloudFormation file says.
func TestServerlessPackage(t *testing.T) {
	osls := tool(t, "osls", "npm install --global osls")
	all := samples(t)
	for seed := range uint64(3) {
		all = append(all, newSample(t, fmt.Sprint("seed ", seed), gen.RandomPackage(seed, model.PerMethod)))
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			want := modelFacts(t, s.model)
			got := cloudFormationFacts(t, withoutServerless(packageServerless(t, osls, s)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the packaged template differs from the model (-model +template):\n%s", diff)
			}
		})
	}
	for _, s := range conditionalSamples(t) {
		t.Run(s.name, func(t *testing.T) {
			checkTemplate(t, s.model, packageServerless(t, osls, s), withoutServerless)
		})
	}
}

// packageServerless runs osls package and returns the template that it made.
func packageServerless(t *testing.T, osls string, s sample) map[string]any {
	t.Helper()
	data := read(t, s.file("jobs.serverless.yml"))
	service := serverlessYML
	if object(readYAML(t, data)["functions"]) != nil {
		service += serverlessFunctions
	}
	for name, text := range map[string]string{"serverless.yml": service, "bootstrap.zip": "code"} {
		if err := os.WriteFile(s.file(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(osls, "package")
	for _, m := range serverlessParameter.FindAllStringSubmatch(string(data), -1) {
		value := "given-" + m[1] + "-end"
		if m[1] == "codeImage" {
			value = serverlessImage + strings.Repeat("0", 64)
		}
		c.Args = append(c.Args, "--param="+m[1]+"="+value)
	}
	c.Dir = s.dir
	c.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x", "SLS_NOTIFICATIONS_MODE=off")
	run(t, c)
	template := readJSON(t, read(t, s.file(filepath.Join(".serverless", "cloudformation-template-update-stack.json"))))
	withoutGiven(t, template, data)
	return template
}

// withoutGiven replaces the values of parameters in a template: the default of a parameter by the
// one that the file's header names, and the others by references.
func withoutGiven(t *testing.T, template map[string]any, file []byte) {
	t.Helper()
	for _, p := range object(template["Parameters"]) {
		given := serverlessGiven.FindStringSubmatch(scalar(object(p)["Default"]))
		if given == nil {
			continue
		}
		delete(object(p), "Default")
		if usual := usualValue(t, file, given[1]); usual != nil {
			object(p)["Default"] = *usual
		}
	}
	for _, r := range object(template["Resources"]) {
		properties := object(object(r)["Properties"])
		if name, _ := properties["FunctionName"].(string); serverlessGiven.MatchString(name) {
			properties["FunctionName"] = map[string]any{"Fn::Sub": serverlessGiven.ReplaceAllString(name, "$${$1}")}
		}
	}
}

// withoutServerless removes what Serverless adds to a template, and the names that it gives to
// functions without one.
func withoutServerless(template map[string]any) map[string]any {
	resources := object(template["Resources"])
	for id, r := range resources {
		typ, _ := object(r)["Type"].(string)
		if strings.HasPrefix(id, "ServerlessDeployment") || typ == "AWS::Lambda::Version" {
			delete(resources, id)
		}
		properties := object(object(r)["Properties"])
		if name, _ := properties["FunctionName"].(string); typ == "AWS::Lambda::Function" && strings.HasPrefix(name, "proof-dev-") {
			delete(properties, "FunctionName")
		}
	}
	return template
}
