// Command generated is a function with jobgen's dispatcher.
package main

import (
	"github.com/jobgen/jobgen/bench/cold"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(cold.NewDispatcher(cold.Jobs{Watch: &cold.Watch{}}))
}
