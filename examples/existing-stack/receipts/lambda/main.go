// Command lambda is the program of the Lambda functions of the receipt jobs.
package main

import (
	"context"
	"log/slog"

	"github.com/jobgen/jobgen/examples/existing-stack/receipts"
	"github.com/jobgen/jobgen/jobs"
)

func main() {
	jobs.Start(receipts.NewDispatcher(receipts.Jobs{
		ReceiptJob: &receipts.ReceiptJob{Mail: logMail},
	}))
}

// logMail logs a mail instead of sending it.
func logMail(ctx context.Context, to, text string) error {
	slog.InfoContext(ctx, text, "to", to)
	return nil
}
