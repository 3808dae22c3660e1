// Command lambda is the Lambda function of the invoice jobs.
package main

import (
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/jobgen/jobgen/examples/roles"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	log := lambdacontext.NewLogger()
	jobs.Start(roles.NewDispatcher(roles.Jobs{
		InvoiceJob: &roles.InvoiceJob{Log: log},
		ArchiveJob: &roles.ArchiveJob{Log: log},
	}))
}
