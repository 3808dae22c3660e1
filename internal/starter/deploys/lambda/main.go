// Command lambda is the Lambda function of the jobs in package deploys.
package main

import (
	"log/slog"

	"github.com/jobgen/jobgen/internal/starter/deploys"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(deploys.NewDispatcher(deploys.Jobs{
		PipelineJob: &deploys.PipelineJob{Log: slog.Default()},
	}))
}
