package runtimeapi

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// request sends the API a request as a process would, and returns the status.
func request(a *api, method, path string, body io.Reader, trailer http.Header) int {
	r := httptest.NewRequest(method, path, body)
	r.Trailer = trailer
	w := httptest.NewRecorder()
	a.handler().ServeHTTP(w, r)
	return w.Code
}

// withInvocation returns an API with an invocation that waits for its answer.
func withInvocation() (*api, *invocation) {
	a := newAPI(Function{Timeout: time.Second})
	inv := newInvocation(a.fn, []byte("{}"))
	a.take(inv)
	return a, inv
}

func TestInitErrorIsTakenOnce(t *testing.T) {
	a := newAPI(Function{})
	for i, want := range []int{http.StatusAccepted, http.StatusForbidden} {
		body := strings.NewReader(`{"errorType":"Config.Missing"}`)
		if got := request(a, "POST", "/2018-06-01/runtime/init/error", body, nil); got != want {
			t.Errorf("report %d: status %d, want %d", i+1, got, want)
		}
	}
	if r := <-a.init; r.ErrorType != "Config.Missing" {
		t.Errorf("got %+v", r)
	}
}

func TestAnswerThatBreaksOff(t *testing.T) {
	a, inv := withInvocation()
	body := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if got := request(a, "POST", "/2018-06-01/runtime/invocation/"+inv.id+"/response", body, nil); got != http.StatusBadRequest {
		t.Errorf("status %d", got)
	}
	if r := <-inv.result; r.FunctionError != Unhandled || r.ErrorType != "Runtime.TruncatedResponse" {
		t.Errorf("got %+v", r)
	}
	broken := iotest.ErrReader(io.ErrUnexpectedEOF)
	if got := request(a, "POST", "/2018-06-01/runtime/init/error", broken, nil); got != http.StatusBadRequest {
		t.Errorf("init error that breaks off: status %d", got)
	}
}

// TestErrorInTheTrailer tests an error after the first bytes of a response. Its
// description may be missing or invalid.
func TestErrorInTheTrailer(t *testing.T) {
	for name, body := range map[string]string{"absent": "", "not base64": "{}"} {
		a, inv := withInvocation()
		trailer := http.Header{}
		trailer.Set("Lambda-Runtime-Function-Error-Type", "Stream.Broken")
		trailer.Set("Lambda-Runtime-Function-Error-Body", body)
		path := "/2018-06-01/runtime/invocation/" + inv.id + "/response"
		if got := request(a, "POST", path, bytes.NewReader([]byte("half")), trailer); got != http.StatusAccepted {
			t.Errorf("%s: status %d", name, got)
		}
		if r := <-inv.result; r.FunctionError != Unhandled || r.ErrorType != "Stream.Broken" {
			t.Errorf("%s: got %+v", name, r)
		}
	}
}
