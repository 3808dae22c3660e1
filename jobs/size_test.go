package jobs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

// maxEvent is the size of the largest event. An entry of PutEvents has less than 1 MB, and
// so have asynchronous payloads of Lambda.
const maxEvent = 1 << 20

// largest returns the largest payload: wrap adds the JSON around an order, and last is the
// order's last item. The order has many items, a long text with escapes and 1,000 levels,
// which is EventBridge's limit.
func largest(wrap func(detail string) string, last string) string {
	build := func(items int) string {
		deep := strings.Repeat(`[`, 990) + strings.Repeat(`]`, 990)
		text := strings.Repeat(`\u00e9 `, 20_000)
		return wrap(`{"id":"` + text + `","deep":` + deep + `,"total":1,"items":[` + strings.Repeat(`{"price":7},`, items) + last + `]}`)
	}
	payload := build((maxEvent - len(build(0))) / len(`{"price":7},`))
	return payload + strings.Repeat(" ", maxEvent-len(payload))
}

// TestTheLargestEvent sends an event of 1 MB, by handler, enveloped and bare.
func TestTheLargestEvent(t *testing.T) {
	order := func(detail string) string { return event("shop", "Order Placed", detail) }
	id := strings.TrimSpace(strings.Repeat("é ", 20_000))
	for name, tt := range map[string]struct {
		handler string
		wrap    func(string) string
	}{
		"bare":                    {"", order},
		"by handler":              {"Shop.Typed", order},
		"in an envelope":          {"", func(detail string) string { return enveloped("ShopTyped", order(detail)) }},
		"for a rule that is gone": {"", func(detail string) string { return enveloped("Renamed", order(detail)) }},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shop{}
			if _, err := invoke(t, s.dispatcher().WithHandler(tt.handler), largest(tt.wrap, `{"price":7}`)); err != nil {
				t.Fatalf("%.300v", err)
			}
			if len(s.ran) != 1 || s.ran[0] != "Typed "+id {
				t.Errorf("%d jobs ran: %.100q", len(s.ran), s.ran)
			}
			_, err := invoke(t, s.dispatcher().WithHandler(tt.handler), largest(tt.wrap, `{"price":"x"}`))
			wrong, ok := errors.AsType[*jobs.DecodeError](err)
			if !ok || !strings.HasPrefix(wrong.Field, "detail.items[") || !strings.HasSuffix(wrong.Field, "].price") {
				t.Errorf("the error doesn't name the field: %.300v", err)
			}
		})
	}
}
