package lint

import (
	"os"
	"os/exec"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// freshProcess is the variable that makes the test binary run its check in a new process,
// which hasn't unpacked the catalog yet.
const freshProcess = "JOBGEN_FRESH_PROCESS"

// TestCatalogStaysPackedWithoutNeed checks that a run whose rules name no AWS event doesn't
// unpack the catalog, and that other runs unpack only the parts that they use.
func TestCatalogStaysPackedWithoutNeed(t *testing.T) {
	if os.Getenv(freshProcess) == "" {
		inFreshProcess(t)
		return
	}
	steps := []struct {
		pattern string
		parts   int // the number of unpacked parts
	}{
		{`{source: [my.app], detail-type: [Order Placed], detail: {state: [stoping]}}`, 0},
		{`{source: [{prefix: com.example}], detail: {eventName: [RunInstance]}}`, 0},
		{`{account: ['123456789012'], detail: {event_source: [a]}}`, 0},
		{`{$or: [{source: [my.app]}, {source: [my.shop], detail-type: [{exists: true}]}]}`, 0},
		{`{source: [aws.ec2], detail: {state: [stopping]}}`, 1},
		{`{source: [aws.ec2], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [RunInstances]}}`, 2},
	}
	for _, step := range steps {
		checkPattern(t, step.pattern)
		if got := catalog.Unpacked(); got != step.parts {
			t.Errorf("after %s, %d parts of the catalog are unpacked, want %d", step.pattern, got, step.parts)
		}
	}
}

// TestActionsStayPackedWithoutNeed checks that only a statement that allows actions by name
// unpacks IAM's actions, and the calls with them.
func TestActionsStayPackedWithoutNeed(t *testing.T) {
	if os.Getenv(freshProcess) == "" {
		inFreshProcess(t)
		return
	}
	steps := []struct {
		statement model.Statement
		parts     int
	}{
		{model.Statement{Effect: "Allow", Actions: []string{"*"}}, 0},
		{model.Statement{Effect: "Deny", Actions: []string{"s3:GetObject"}}, 0},
		{model.Statement{Effect: "Allow", Actions: []string{"s3:GetObject"}, NotAction: true}, 0},
		{model.Statement{Effect: "Allow", Actions: []string{"s3:GetObject"}}, 2},
	}
	for _, step := range steps {
		step.statement.Resources = []model.Text{model.Literal("arn:aws:s3:::reports/*")}
		p := &Package{Functions: []*Function{{Statements: []*Statement{{Statement: step.statement, ActionsAt: make([]model.Pos, 1)}}}}}
		for _, c := range Checks() {
			if c.Name == "actions" || c.Name == "action-resources" {
				c.pkg(p, &Facts{}, &diag.List{})
			}
		}
		if got := catalog.Unpacked(); got != step.parts {
			t.Errorf("after %v, %d parts of the catalog are unpacked, want %d", step.statement, got, step.parts)
		}
	}
}

func inFreshProcess(t *testing.T) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), freshProcess+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
