// Command lambda is the Lambda function of the picture jobs.
package main

import (
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/jobgen/jobgen/examples/image"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(image.NewDispatcher(image.Jobs{
		PictureJob: &image.PictureJob{Log: lambdacontext.NewLogger()},
	}))
}
