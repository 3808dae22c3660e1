package localaws_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/localaws/fake"
)

// clientEnv returns an environment that leads AWS's clients to a server, as jobgen dev prints it.
// The machine's configuration of AWS has no effect.
func clientEnv(t *testing.T, url string) []string {
	t.Helper()
	var env []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "AWS_") {
			env = append(env, entry)
		}
	}
	for _, service := range []string{"EVENTBRIDGE", "SCHEDULER", "SQS", "LAMBDA"} {
		env = append(env, "AWS_ENDPOINT_URL_"+service+"="+url)
	}
	none := filepath.Join(t.TempDir(), "none")
	return append(env, "AWS_ACCESS_KEY_ID=jobgen", "AWS_SECRET_ACCESS_KEY=jobgen", "AWS_DEFAULT_REGION="+fake.Region,
		"AWS_CONFIG_FILE="+none, "AWS_SHARED_CREDENTIALS_FILE="+none, "AWS_EC2_METADATA_DISABLED=true", "NO_PROXY=127.0.0.1")
}

// TestBoto3 calls the operations with the SDK for Python.
func TestBoto3(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs Python")
	}
	needTool(t, "boto3 is installed with moto", exec.CommandContext(t.Context(), "python3", "-c", "import boto3").Run())
	s := start(t)
	cmd := exec.CommandContext(t.Context(), "python3", filepath.Join("testdata", "clients.py"))
	cmd.Env = clientEnv(t, s.url)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestCLI calls an operation of each service with the AWS CLI. A command takes a second, so the
// other operations are tested with boto3, which has the same core.
func TestCLI(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the AWS CLI")
	}
	_, err := exec.LookPath("aws")
	if err == nil {
		err = exec.CommandContext(t.Context(), "aws", "--version").Run()
	}
	needTool(t, "the AWS CLI is installed with pip install awscli", err)
	s := start(t)
	answer := filepath.Join(t.TempDir(), "answer.json")
	for _, test := range []struct {
		command string
		args    []string // further arguments
		want    string   // JSON, or a part of the error
	}{
		{"events put-events", []string{"--entries", `[{"Source": "shop.orders", "DetailType": "order.placed", "Detail": "{\"id\": 1}"}]`}, `{"FailedEntryCount": 0, "Entries": [{"EventId": "00000000-0000-4000-8000-000000000001"}]}`},
		{"events describe-rule --name X", nil, "An error occurred (ResourceNotFoundException) when calling the DescribeRule operation: Rule X does not exist on EventBus default."},
		{"scheduler get-schedule --name Report --query FlexibleTimeWindow", nil, `{"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}`},
		{"sqs send-message --message-body hello --endpoint-url " + s.url + " --queue-url " + s.url + "/123456789012/orders", nil, `{"MD5OfMessageBody": "5d41402abc4b2a76b9719d911017c592", "MessageId": "11111111-0000-4000-8000-000000000001"}`},
		{"lambda invoke --function-name orders --invocation-type Event --payload {} " + answer, nil, `{"StatusCode": 202}`},
	} {
		cmd := exec.CommandContext(t.Context(), "aws", append(strings.Fields(test.command), test.args...)...)
		cmd.Env = append(clientEnv(t, s.url), "AWS_DEFAULT_OUTPUT=json", "AWS_PAGER=")
		out, _ := cmd.CombinedOutput()
		if !strings.HasPrefix(test.want, "[") && !strings.HasPrefix(test.want, "{") {
			if !strings.Contains(string(out), test.want) {
				t.Errorf("aws %s: got %s, want %s", test.command, out, test.want)
			}
			continue
		}
		if got := compacted(out); got != compacted([]byte(test.want)) {
			t.Errorf("aws %s: got %s, want %s", test.command, out, test.want)
		}
	}
}

// compacted returns JSON with its fields in order, or the text itself.
func compacted(text []byte) string {
	var v any
	if json.Unmarshal(text, &v) != nil {
		return string(text)
	}
	out, _ := json.Marshal(v)
	return string(out)
}
