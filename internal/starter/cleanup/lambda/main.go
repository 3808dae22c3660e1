// Command lambda is the Lambda function of the jobs in package cleanup.
package main

import (
	"log/slog"
	"time"

	"github.com/jobgen/jobgen/internal/starter/cleanup"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(cleanup.NewDispatcher(cleanup.Jobs{
		CleanupJob: &cleanup.CleanupJob{Log: slog.Default(), Age: 30 * 24 * time.Hour},
	}))
}
