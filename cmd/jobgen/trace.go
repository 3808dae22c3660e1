package main

import (
	"os"
	"runtime/trace"
)

// startTrace writes a trace of Go's runtime to a file until stop is called. The regions of
// the trace are the steps of the run.
func startTrace(file string) (stop func() error, err error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := trace.Start(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() error {
		trace.Stop()
		return f.Close()
	}, nil
}
