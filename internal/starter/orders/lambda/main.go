// Command lambda is the Lambda function of the jobs in package orders.
package main

import (
	"log/slog"

	"github.com/jobgen/jobgen/internal/starter/orders"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(orders.NewDispatcher(orders.Jobs{
		OrderJob: &orders.OrderJob{Log: slog.Default()},
	}))
}
