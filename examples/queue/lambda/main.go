// Command lambda is the Lambda function of the mail jobs.
package main

import (
	"context"
	"log"

	"github.com/jobgen/jobgen/examples/queue"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(queue.NewDispatcher(queue.Jobs{
		MailJob: &queue.MailJob{Send: func(_ context.Context, to, _ string) error {
			log.Printf("a mail to %s", to)
			return nil
		}},
	}))
}
