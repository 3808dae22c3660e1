package runtimeapi

import (
	"encoding/json"
	"net/http"

	"github.com/jobgen/jobgen/internal/uuid"
)

// register registers an extension. If a function has an extension, Lambda sends SIGTERM
// before SIGKILL, so aws-lambda-go registers one for functions that want SIGTERM
// (runtimes-extensions-api; WithEnableSIGTERM). Extensions get no events here, because
// aws-lambda-go's doesn't ask for any.
func (a *api) register(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Lambda-Extension-Name") == "" {
		reply(w, http.StatusBadRequest, "Extension.InvalidExtensionName", "Header Lambda-Extension-Name is missing")
		return
	}
	a.mu.Lock()
	a.extensions++
	a.mu.Unlock()
	w.Header().Set("Lambda-Extension-Identifier", uuid.New())
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{
		"functionName":    a.fn.Name,
		"functionVersion": "$LATEST",
		"handler":         a.fn.Handler,
	})
}

// extensionNext keeps an extension's request open until the process ends.
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
