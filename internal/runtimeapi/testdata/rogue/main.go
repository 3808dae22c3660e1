// Rogue is a function that asks the Runtime API for what it must not have, and
// answers with the status codes that it got.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

var base = "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API")

func main() {
	for {
		id, ok := next()
		if !ok {
			os.Exit(3)
		}
		codes := []int{
			status("GET", "/2018-06-01/runtime/invocation/next"),
			status("POST", "/2018-06-01/runtime/init/error"),
			status("POST", "/2018-06-01/runtime/invocation/other/response"),
			status("POST", "/2018-06-01/runtime/invocation/other/error"),
			status("PUT", "/2018-06-01/runtime/invocation/"+id+"/response"),
			status("GET", "/2018-06-01/runtime/nothing"),
			status("POST", "/2020-01-01/extension/register"),
		}
		body, _ := json.Marshal(codes)
		code := post("/2018-06-01/runtime/invocation/"+id+"/response", string(body))
		again := post("/2018-06-01/runtime/invocation/"+id+"/response", string(body))
		fmt.Println("answer", code, "again", again)
	}
}

func next() (id string, ok bool) {
	resp, err := http.Get(base + "/2018-06-01/runtime/invocation/next")
	if err != nil {
		return "", false
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.Header.Get("Lambda-Runtime-Aws-Request-Id"), resp.StatusCode == http.StatusOK
}

func status(method, path string) int {
	req, err := http.NewRequest(method, base+path, strings.NewReader("{}"))
	if err != nil {
		return -1
	}
	return do(req)
}

func post(path, body string) int {
	req, err := http.NewRequest("POST", base+path, strings.NewReader(body))
	if err != nil {
		return -1
	}
	return do(req)
}

func do(req *http.Request) int {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return -2
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}
