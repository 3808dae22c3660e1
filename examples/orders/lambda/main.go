// Command lambda is the Lambda function of the order jobs.
package main

import (
	"github.com/jobgen/jobgen/examples/orders"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(orders.NewDispatcher(orders.Jobs{
		OrderJob: &orders.OrderJob{Limit: 5000},
	}))
}
