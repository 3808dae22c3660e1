//go:build unix

package runtimeapi

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestAnswer(t *testing.T) {
	in, _ := start(t, Function{
		Name: "shop", Handler: "Orders.Placed", MemoryMB: 256, Timeout: 20 * time.Second,
		Region: "eu-central-1", Account: "210987654321",
	})
	r, result := invokeReport(t, in, `{"Do":"report","Env":["_HANDLER","AWS_REGION","AWS_DEFAULT_REGION",
		"AWS_LAMBDA_FUNCTION_VERSION","AWS_LAMBDA_FUNCTION_MEMORY_SIZE","AWS_LAMBDA_INITIALIZATION_TYPE","LAMBDA_TASK_ROOT","TZ"]}`)

	if r.RequestID != result.RequestID || !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(r.RequestID) {
		t.Errorf("function got request id %q, result has %q", r.RequestID, result.RequestID)
	}
	if want := "arn:aws:lambda:eu-central-1:210987654321:function:shop"; r.ARN != want {
		t.Errorf("ARN is %s, want %s", r.ARN, want)
	}
	if !regexp.MustCompile(`^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$`).MatchString(r.Trace) {
		t.Errorf("trace is %q", r.Trace)
	}
	if r.Remaining > 20*time.Second || r.Remaining < 15*time.Second {
		t.Errorf("%v remain to the context's deadline, want nearly 20 s", r.Remaining)
	}
	if r.Name != "shop" || r.Memory != 256 || r.LogGroup != "/aws/lambda/shop" {
		t.Errorf("name %q, memory %d, log group %q", r.Name, r.Memory, r.LogGroup)
	}
	root := filepath.Dir(program(t, "function"))
	want := map[string]string{
		"_HANDLER": "Orders.Placed", "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1",
		"AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
		"AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand", "LAMBDA_TASK_ROOT": root, "TZ": ":UTC",
	}
	for name, value := range want {
		if r.Env[name] != value {
			t.Errorf("%s is %q, want %q", name, r.Env[name], value)
		}
	}
	if result.Duration <= 0 || result.InitDuration <= 0 {
		t.Errorf("duration %v, init duration %v", result.Duration, result.InitDuration)
	}
}

// TestEnvironment tests that the function gets the developer's variables, that the
// function's variables override them, and that Lambda's override both.
func TestEnvironment(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "mine")
	t.Setenv("TABLE", "developer")
	t.Setenv("TZ", "Europe/Berlin")
	t.Setenv("AWS_EXECUTION_ENV", "CloudShell")
	t.Setenv("AWS_LAMBDA_MAX_CONCURRENCY", "9")
	t.Setenv("AWS_REGION", "ap-south-2")
	in, _ := start(t, Function{
		Dir: t.TempDir(),
		Env: []string{"TABLE=function", "_HANDLER=forged", "TABLE=last", "EMPTY=", "AWS_LAMBDA_FUNCTION_NAME=forged"},
	})
	r, _ := invokeReport(t, in, `{"Do":"report","Env":["AWS_ACCESS_KEY_ID","TABLE","TZ","AWS_EXECUTION_ENV",
		"AWS_LAMBDA_MAX_CONCURRENCY","AWS_REGION","_HANDLER","EMPTY","PATH"]}`)

	want := map[string]string{
		"AWS_ACCESS_KEY_ID": "mine", "TABLE": "last", "TZ": ":UTC", "AWS_REGION": "ap-south-2", "_HANDLER": "", "EMPTY": "",
	}
	for name, value := range want {
		if got, set := r.Env[name]; got != value || !set {
			t.Errorf("%s is %q (set: %t), want %q", name, got, set, value)
		}
	}
	for _, name := range []string{"AWS_EXECUTION_ENV", "AWS_LAMBDA_MAX_CONCURRENCY"} {
		if value, set := r.Env[name]; set {
			t.Errorf("%s is set to %q", name, value)
		}
	}
	if r.Env["PATH"] == "" || r.Name != "function" || r.Memory != 128 {
		t.Errorf("PATH %q, name %q, memory %d", r.Env["PATH"], r.Name, r.Memory)
	}
	if dir, err := filepath.EvalSymlinks(in.fn.Dir); err != nil || r.Dir != dir && r.Dir != in.fn.Dir {
		t.Errorf("working directory is %s, want %s (%v)", r.Dir, dir, err)
	}
}

func TestSequentialInvokesKeepTheProcess(t *testing.T) {
	in, _ := start(t, Function{})
	first, cold := invokeReport(t, in, `{"Do":"report"}`)
	second, warm := invokeReport(t, in, `{"Do":"report"}`)
	if first.PID != second.PID || second.Calls != 2 || first.RequestID == second.RequestID {
		t.Errorf("first %+v, second %+v: want the same process and another request", first, second)
	}
	if cold.InitDuration == 0 || warm.InitDuration != 0 {
		t.Errorf("init took %v and %v: want it once", cold.InitDuration, warm.InitDuration)
	}
}

func TestError(t *testing.T) {
	in, out := start(t, Function{})
	before, _ := invokeReport(t, in, `{"Do":"report"}`)
	r := invoke(t, in, `{"Do":"error"}`)
	if r.FunctionError != Unhandled || r.ErrorType != "slowError" || r.ErrorMessage != "gave up after three tries" {
		t.Errorf("got %+v", r)
	}
	if want := `{"errorMessage":"gave up after three tries","errorType":"slowError"}`; string(r.Payload) != want {
		t.Errorf("payload is %s, want %s", r.Payload, want)
	}
	if !strings.Contains(out.String(), "gave up after three tries") {
		t.Errorf("the error is not in the output: %q", out)
	}
	if after, _ := invokeReport(t, in, `{"Do":"report"}`); after.PID != before.PID {
		t.Error("the process was not kept")
	}
}

func TestPanic(t *testing.T) {
	in, _ := start(t, Function{})
	before, _ := invokeReport(t, in, `{"Do":"report"}`)
	r := invoke(t, in, `{"Do":"panic"}`)
	if r.FunctionError != Unhandled || r.ErrorType != "errorString" || r.ErrorMessage != "nil map" {
		t.Errorf("got %+v", r)
	}
	if stack := strings.Join(r.StackTrace, "\n"); !regexp.MustCompile(`main\.go:\d+ handle`).MatchString(stack) {
		t.Errorf("the stack does not name the handler:\n%s", stack)
	}
	if alive(before.PID) {
		t.Error("the process is alive after a panic")
	}
	after, result := invokeReport(t, in, `{"Do":"report"}`)
	if after.PID == before.PID || after.Calls != 1 || result.InitDuration == 0 {
		t.Errorf("after a panic: %+v, want a fresh process", after)
	}
}

func TestExit(t *testing.T) {
	for code, text := range map[int]string{
		0: "Runtime exited without providing a reason",
		7: "Runtime exited with error: exit status 7",
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			in, out := start(t, Function{})
			r := invoke(t, in, fmt.Sprintf(`{"Do":"exit","Code":%d}`, code))
			want := "RequestId: " + r.RequestID + " Error: " + text
			if r.FunctionError != Unhandled || r.ErrorType != "Runtime.ExitError" || r.ErrorMessage != want {
				t.Errorf("got %+v, want message %q", r, want)
			}
			var payload map[string]string
			if err := json.Unmarshal(r.Payload, &payload); err != nil || payload["errorMessage"] != want || payload["errorType"] != r.ErrorType {
				t.Errorf("payload is %s (%v)", r.Payload, err)
			}
			if out.String() != "no newline\n" {
				t.Errorf("output is %q, want the last line with an end", out)
			}
			invokeReport(t, in, `{"Do":"report"}`)
		})
	}
}

func TestTimeout(t *testing.T) {
	in, out := start(t, Function{Timeout: 1500 * time.Millisecond})
	before, _ := invokeReport(t, in, `{"Do":"spawn"}`)
	r := invoke(t, in, `{"Do":"hang"}`)
	if want := "RequestId: " + r.RequestID + " Error: Task timed out after 1.50 seconds"; r.ErrorMessage != want ||
		r.ErrorType != "Sandbox.Timedout" || r.FunctionError != Unhandled {
		t.Errorf("got %+v, want message %q", r, want)
	}
	if r.Duration < 1500*time.Millisecond {
		t.Errorf("timed out after %v", r.Duration)
	}
	if !strings.Contains(out.String(), "hanging\n") {
		t.Errorf("output is %q", out)
	}
	if alive(before.PID) {
		t.Error("the process is alive after its timeout")
	}
	eventually(t, "the process that the function started is gone", func() bool { return !alive(before.Child) })
	if after, _ := invokeReport(t, in, `{"Do":"report"}`); after.PID == before.PID || after.Calls != 1 {
		t.Errorf("after a timeout: %+v, want a fresh process", after)
	}
}

func TestKilledBetweenInvokes(t *testing.T) {
	in, _ := start(t, Function{})
	before, _ := invokeReport(t, in, `{"Do":"report"}`)
	if err := syscall.Kill(before.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the process is gone", func() bool { return !alive(before.PID) })
	eventually(t, "its end is noticed", in.sandbox.hasExited)
	if after, _ := invokeReport(t, in, `{"Do":"report"}`); after.PID == before.PID {
		t.Error("want a fresh process")
	}
}

func TestResponseSize(t *testing.T) {
	in, _ := start(t, Function{})
	for _, tt := range []struct {
		size int
		fits bool
	}{
		{7 << 20, false},
		{maxResponse - 2, true}, // two quotes
		{maxResponse - 1, false},
	} {
		r := invoke(t, in, fmt.Sprintf(`{"Do":"big","Size":%d}`, tt.size))
		if tt.fits {
			if r.FunctionError != "" || len(r.Payload) != tt.size+2 {
				t.Errorf("%d: %s, %d bytes", tt.size, r.ErrorMessage, len(r.Payload))
			}
			continue
		}
		if r.FunctionError != Unhandled || r.ErrorType != "Function.ResponseSizeTooLarge" ||
			r.ErrorMessage != "Response payload size exceeded maximum allowed payload size (6291556 bytes)." {
			t.Errorf("%d: %+v", tt.size, r)
		}
	}
}

func TestResponseThatIsNoJSON(t *testing.T) {
	in, _ := start(t, Function{})
	if r := invoke(t, in, `{"Do":"raw"}`); string(r.Payload) != "no JSON" || r.FunctionError != "" {
		t.Errorf("got %+v", r)
	}
}

func TestErrorWhileSendingTheResponse(t *testing.T) {
	in, _ := start(t, Function{})
	r := invoke(t, in, `{"Do":"stream"}`)
	if r.FunctionError != Unhandled || r.ErrorType != "slowError" || r.ErrorMessage != "gave up after half" {
		t.Errorf("got %+v with payload %s", r, r.Payload)
	}
}

// TestOutputComesBeforeTheAnswer tests that the output before the answer is written, in
// whole lines, when Invoke returns.
func TestOutputComesBeforeTheAnswer(t *testing.T) {
	in, out := start(t, Function{})
	const n = 3000
	for range 5 {
		invoke(t, in, fmt.Sprintf(`{"Do":"print","Size":%d}`, n))
	}
	text := out.String()
	if got := strings.Count(text, "\n"); got != 5*2*n {
		t.Errorf("%d lines, want %d", got, 5*2*n)
	}
	if out.parts > 0 {
		t.Errorf("%d writes were not a line each", out.parts)
	}
}

// TestLog checks that each result has the end of what its own invoke wrote.
func TestLog(t *testing.T) {
	in, _ := start(t, Function{})
	for _, test := range []struct {
		payload     string
		first, last string // of the log
		size        int
	}{
		{`{"Do":"print","Size":1}`, "out 0\n", "err 0\n", len("out 0\nerr 0\n")},
		{`{"Do":"report"}`, "", "", 0},
		{`{"Do":"print","Size":3000}`, "", " 2999\n", 4096}, // of either pipe
		{`{"Do":"exit","Code":3}`, "no newline\n", "no newline\n", len("no newline\n")},
		{`{"Do":"print","Size":1}`, "", "err 0\n", len("out 0\nerr 0\n")},
	} {
		log := string(invoke(t, in, test.payload).Log)
		// Standard output and standard error are two pipes.
		sorted := strings.Join(slices.Sorted(strings.Lines(log)), "")
		if len(log) != test.size || !strings.Contains(sorted, test.first) || !strings.Contains(sorted, test.last) {
			t.Errorf("%s: the log has %d bytes, want %d with %q and %q: %.100q", test.payload, len(log), test.size, test.first, test.last, log)
		}
	}
}

func TestProtocol(t *testing.T) {
	in, out := start(t, Function{Binary: program(t, "rogue")})
	r := invoke(t, in, `{}`)
	// next and init error in the wrong state, unknown ids, wrong method, unknown
	// path, an extension without a name.
	if want := `[403,403,400,400,405,404,400]`; string(r.Payload) != want {
		t.Errorf("status codes are %s, want %s", r.Payload, want)
	}
	if r := invoke(t, in, `{}`); r.FunctionError != "" {
		t.Errorf("second invoke: %+v", r)
	}
	if want := "answer 202 again 400\nanswer 202 again 400\n"; out.String() != want {
		t.Errorf("output is %q, want %q", out, want)
	}
}

func TestInstancesRunInParallel(t *testing.T) {
	var wg sync.WaitGroup
	pids := make([]int, 4)
	for i := range pids {
		in, _ := start(t, Function{Name: fmt.Sprint("f", i)})
		wg.Go(func() {
			for range 20 {
				r, err := in.Invoke(t.Context(), []byte(`{"Do":"report"}`))
				var got report
				if err != nil || json.Unmarshal(r.Payload, &got) != nil || got.Name != fmt.Sprint("f", i) {
					t.Errorf("f%d: %s, %v", i, r.Payload, err)
				}
				pids[i] = got.PID
			}
		})
	}
	wg.Wait()
	seen := map[int]bool{}
	for _, pid := range pids {
		seen[pid] = true
	}
	if len(seen) != len(pids) {
		t.Errorf("processes %v: want one for each instance", pids)
	}
}

func TestOneInvokeAtATime(t *testing.T) {
	in, _ := start(t, Function{})
	calls := make([]int, 30)
	var wg sync.WaitGroup
	for i := range calls {
		wg.Go(func() {
			r, err := in.Invoke(t.Context(), []byte(`{"Do":"report"}`))
			var got report
			if err != nil || json.Unmarshal(r.Payload, &got) != nil {
				t.Errorf("%s, %v", r.Payload, err)
			}
			calls[i] = got.Calls
		})
	}
	wg.Wait()
	seen := map[int]bool{}
	for _, c := range calls {
		seen[c] = true
	}
	if len(seen) != len(calls) || seen[0] {
		t.Errorf("calls counted by the one process: %v, want 1 to %d", calls, len(calls))
	}
}
