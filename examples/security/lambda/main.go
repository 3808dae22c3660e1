// Command lambda is the Lambda function of the security jobs.
package main

import (
	"github.com/jobgen/jobgen/examples/security"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(security.NewDispatcher(security.Jobs{
		SecurityJob: &security.SecurityJob{Alerts: security.LogNotifier{}},
	}))
}
