package runtimeapi

import (
	"encoding/json"
	"net/http"
)

// register takes an extension in. A function that asks for SIGTERM does it by
// registering one: with an extension Lambda sends SIGTERM before SIGKILL
// (runtimes-extensions-api; aws-lambda-go's WithEnableSIGTERM). None gets an
// event here: those that aws-lambda-go registers ask for none.
func (a *api) register(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Lambda-Extension-Name") == "" {
		reply(w, http.StatusBadRequest, "Extension.InvalidExtensionName", "Header Lambda-Extension-Name is missing")
		return
	}
	a.mu.Lock()
	a.extensions++
	a.mu.Unlock()
	w.Header().Set("Lambda-Extension-Identifier", requestID())
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{
		"functionName":    a.fn.Name,
		"functionVersion": "$LATEST",
		"handler":         a.fn.Handler,
	})
}

// extensionNext holds an extension's request for as long as the process lives.
func (a *api) extensionNext(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-a.over:
	}
}

// wantsSIGTERM reports whether the process gets SIGTERM before it is killed.
func (a *api) wantsSIGTERM() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.extensions > 0
}
