// Command lambda is the Lambda function of the scheduled jobs.
package main

import (
	"time"

	"github.com/jobgen/jobgen/examples/schedules"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(schedules.NewDispatcher(schedules.Jobs{
		CleanupJob: &schedules.CleanupJob{Now: time.Now},
	}))
}
