package jobs_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

// TestReport checks that dispatchers of all kinds report their jobs to a local Lambda
// before they run.
func TestReport(t *testing.T) {
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, string(body))
	}))
	defer server.Close()
	t.Setenv("JOBGEN_REPORT_URL", server.URL)
	placed := event("shop", "Order Placed", `{"id":"lambda"}`)
	tests := map[string]struct {
		dispatcher *jobs.Dispatcher
		payload    string
		want       string
	}{
		"handler":  {(&shop{}).dispatcher().WithHandler("Shop.Typed"), placed, "example.com/shop\nShop.Typed\n\n"},
		"rule":     {(&shop{}).dispatcher(), enveloped("ShopTyped", placed), "example.com/shop\nShop.Typed\nShopTyped\n"},
		"matched":  {(&shop{}).dispatcher(), placed, "example.com/shop\nShop.Typed\nShopTyped\nexample.com/shop\nShop.Lambda\nShopLambda\n"},
		"refused":  {(&shop{}).dispatcher().WithHandler("Shop.Typed"), `null`, ""},
		"logger":   {(&shop{}).dispatcher().WithLogger(nil).WithHandler("Shop.Typed"), placed, "example.com/shop\nShop.Typed\n\n"},
		"Mux":      {jobs.Mux((&shop{}).dispatcher()).WithHandler("Shop.Typed"), placed, "example.com/shop\nShop.Typed\n\n"},
		"no event": {(&shop{}).dispatcher().WithHandler("Shop.Gone"), placed, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got = nil
			_, _ = invoke(t, tt.dispatcher, tt.payload)
			if len(got) != 1 || got[0] != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNoReportOnAWS checks that nothing is reported on AWS.
func TestNoReportOnAWS(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a report")
	}))
	defer server.Close()
	d := (&shop{}).dispatcher()
	t.Setenv("JOBGEN_REPORT_URL", server.URL) // read when the dispatcher is made
	_, _ = invoke(t, d, event("shop", "Order Placed", `{}`))
}
