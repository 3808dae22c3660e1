package lint

import (
	"os"
	"os/exec"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
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
		parts   int // the number of unpacked parts, of two
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

func inFreshProcess(t *testing.T) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), freshProcess+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
