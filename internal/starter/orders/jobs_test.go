package orders

import (
	"log/slog"
	"os"
	"testing"

	"github.com/jobgen/jobgen/jobs/jobstest"
)

func TestReview(t *testing.T) {
	event, err := os.ReadFile("testdata/order-placed.json")
	if err != nil {
		t.Fatal(err)
	}
	d := NewDispatcher(Jobs{OrderJob: &OrderJob{Log: slog.New(slog.DiscardHandler)}})
	fired := jobstest.Fire(t, d, event)
	fired.Ran(HandlerOrderJobReview)

	var id string
	fired.Answer(HandlerOrderJobReview, &id)
	if id != "4711" {
		t.Errorf("the job answered %q, want 4711", id)
	}
}

func TestSmallOrder(t *testing.T) {
	d := NewDispatcher(Jobs{OrderJob: &OrderJob{Log: slog.New(slog.DiscardHandler)}})
	event := jobstest.Event("shop.orders", "Order Placed", OrderPlaced{ID: "4712", Country: "DE", Total: 10})
	jobstest.Fire(t, d, event).Ran() // no job
}
