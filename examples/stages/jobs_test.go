package stages_test

import (
	"context"
	"testing"

	"github.com/jobgen/jobgen/examples/stages"
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/jobstest"
)

// dispatcher returns a dispatcher whose job sends no mail.
func dispatcher() *jobs.Dispatcher {
	job := &stages.InvoiceJob{Mail: func(context.Context, string, string) error { return nil }}
	return stages.NewDispatcher(stages.Jobs{InvoiceJob: job})
}

// Without an environment variable, a parameter has its declared default.
func TestDefaults(t *testing.T) {
	d := dispatcher()
	jobstest.Fire(t, d, `{"source": "shop.dev", "detail-type": "invoice.created", "detail": {"id": "7"}}`).Ran(stages.HandlerInvoiceJobSend)
	jobstest.Fire(t, d, jobstest.For(t, d, stages.RuleInvoiceJobArchive)).Ran(stages.HandlerInvoiceJobArchive)
	jobstest.Fire(t, d, `{"source": "shop.invoices", "detail-type": "invoice.changed", "detail": {"id": "7", "status": "open"}}`).Ran()
}

// The production stage, with other statuses.
func TestProduction(t *testing.T) {
	t.Setenv("Stage", "prod")
	t.Setenv("Statuses", "paid,open")
	d := dispatcher()
	jobstest.Fire(t, d, `{"source": "shop.dev", "detail-type": "invoice.created", "detail": {"id": "7"}}`).Ran()
	jobstest.Fire(t, d, `{"source": "shop.prod", "detail-type": "invoice.created", "detail": {"id": "7"}}`).Ran(stages.HandlerInvoiceJobSend)
	jobstest.Fire(t, d, `{"source": "shop.invoices", "detail-type": "invoice.changed", "detail": {"id": "7", "status": "open"}}`).Ran(stages.HandlerInvoiceJobArchive)
}
