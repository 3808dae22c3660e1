package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBlocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	write(t, path, "<!-- module: deploys -->\n\n# Page\n\nIn `jobs.go`:\n\n```go\npackage deploys\n```\n\n"+
		"<!-- sh: true -->\n\n```sh\necho 1\n```\n\nIt prints\n\n```text\n1\n```\n\n## Next\n\n```sh\naws\n```\n\n## Other\n\n```text\n2\n```\n")
	p, err := readPage(path)
	if err != nil {
		t.Fatal(err)
	}
	if p.module != "deploys" {
		t.Errorf("the module is %q", p.module)
	}
	if len(p.blocks) != 6 || p.blocks[0].named != "jobs.go" || !p.blocks[1].hidden || p.blocks[1].text != "true\n" {
		t.Fatalf("the blocks are %+v", p.blocks)
	}
	if want, ok := p.shown(2); !ok || want != "1\n" {
		t.Errorf("the output of the first block is %q, %v", want, ok)
	}
	if want, ok := p.shown(4); ok {
		t.Errorf("the output of the second block is %q, from another section", want)
	}
}

func TestComparable(t *testing.T) {
	first := "go: downloading x\n  | 2026/11/23 07:00:27 WARN a\n  time    0.8 ms (and 5.3 ms to start)\n"
	second := "  time    12 ms (and 1 s to start)  \n  | 2027/01/02 17:10:07 WARN a\n"
	if comparable(first) != comparable(second) {
		t.Errorf("these differ:\n%s\n%s", comparable(first), comparable(second))
	}
	if comparable(first) == comparable(strings.Replace(second, "WARN a", "WARN b", 1)) {
		t.Error("different logs are the same")
	}
}

func TestLinks(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "docs/a.md", "# A page: `code`, and more\n\n## Twice\n\n## Twice\n\n```\n# no heading\n```\n")
	for target, right := range map[string]bool{
		"a.md": true, "b.md": false, "../docs": true, "https://example.com/#x": true,
		"a.md#a-page-code-and-more": true, "a.md#twice-1": true, "a.md#twice-2": false, "a.md#no-heading": false,
	} {
		if err := checkLink("docs/a.md", target); (err == nil) != right {
			t.Errorf("the link %s: %v", target, err)
		}
	}
}

func TestExcerpts(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "examples/app.yaml", "Resources:\n  Bus:\n    Type: AWS::Events::EventBus\n")
	for text, want := range map[string]string{
		"In [`app.yaml`](../examples/app.yaml):\n\n```yaml\n  Bus:\n    Type: AWS::Events::EventBus\n```\n": "",
		"In [`app.yaml`](../examples/app.yaml):\n\n```yaml\n  Bus:\n    Type: AWS::SNS::Topic\n```\n":       "docs/page.md:3: the block is not a part of ../examples/app.yaml",
		"In [`app.yaml`](../examples/none.yaml):\n\n```yaml\n  Bus:\n```\n":                                 "docs/page.md:3: open examples/none.yaml",
		"In [the folder](../examples):\n\n```yaml\n  Bus:\n```\n":                                           "",
	} {
		err := checkExcerpts([]page{{path: "docs/page.md", blocks: blocks(text)}})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: the error is %v, not %q", text, err, want)
		}
	}
}

func TestExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "examples/jobs.go", "//jobs:event_rule state: DISABLED\n//jobs:rate 1 hour\n")
	for row, want := range map[string]string{
		"| a state | `//jobs:event_rule state: DISABLED` | [jobs](../examples/jobs.go) |":  "",
		"| two | `state: DISABLED`, `//jobs:rate 1 hour` | [jobs](../examples/jobs.go) |":  "",
		"| two | `state: DISABLED`, `//jobs:rate 2 hours` | [jobs](../examples/jobs.go) |": "docs/page.md:1: ../examples/jobs.go doesn't have //jobs:rate 2 hours",
		"| a state | `state: DISABLED` | [jobs](../examples/none.go) |":                    "docs/page.md:1: open examples/none.go",
		"| a state | `state: ENABLED` | [a page](page.md) |":                               "",
	} {
		err := checkExamples([]page{{path: "docs/page.md", text: row + "\n"}})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: the error is %v, not %q", row, err, want)
		}
	}
}

// TestGoBlocks checks that a mistake in a Go block is reported, in a part of a file, in a
// complete file, and in a block that doesn't have the finding that it names.
func TestGoBlocks(t *testing.T) {
	const method = "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [%]}}\n" +
		"func (j *Job) Run(ctx context.Context, e jobs.Event[Change]) error\n"
	for name, test := range map[string]struct{ language, text, want string }{
		"right":      {"go", strings.Replace(method, "%", "stopping", 1), ""},
		"typo":       {"go", strings.Replace(method, "%", "stoping", 1), "page.md:7: jobgen reports"},
		"named":      {"go JOB805", strings.Replace(method, "%", "stoping", 1), ""},
		"not found":  {"go JOB805", strings.Replace(method, "%", "stopping", 1), "page.md:7: jobgen doesn't report JOB805"},
		"tag":        {"go", "type Order struct {\n\tTotal float64 `json:\"total\" jobs:\"{numbers: ['>=', 1]}\"`\n}\n", "page.md:7: jobgen reports"},
		"directives": {"go", "//jobs:function timeout: 30m\n", "page.md:7: jobgen reports"},
		"file":       {"go", "package example\n\nvar x int = \"\"\n", "don't compile"},
		"other":      {"go", "x := 1\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := checkGo([]page{{path: "page.md", blocks: []block{{language: test.language, text: test.text, line: 7}}}})
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("the error is %v, not %q", err, test.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Chdir("../..")
	for line, want := range map[string]string{
		"4096 <!-- pattern.MaxLength -->": "",
		"4095 <!-- pattern.MaxLength -->": "page.md:1: pattern.MaxLength is 4096, not 4095",
		"1 <!-- pattern.MaxWidth -->":     "package pattern has no constant MaxWidth",
	} {
		err := checkLimits([]page{{path: "page.md", text: line}})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: the error is %v, not %q", line, err, want)
		}
	}
}

func TestPictures(t *testing.T) {
	if lines := wrap("\x1b[1mabc\x1b[0mdef", 4); len(lines) != 2 || lines[0] != "\x1b[1mabc\x1b[0md" || lines[1] != "ef" {
		t.Errorf("the lines are %q", lines)
	}
	svg := string(picture{title: "a & b", columns: 10}.svg([]string{"  \x1b[1;31mx < y\x1b[0m z"}))
	for _, want := range []string{
		"<title>a &amp; b</title>",
		`<text x="32.8" y="31" textLength="42.0" font-weight="bold" fill="#ff7b72">x &lt; y</text>`,
		`<text x="83.2" y="31" textLength="8.4">z</text>`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s is not in\n%s", want, svg)
		}
	}
}
