package jobs_test

import (
	"bytes"
	"errors"
	"log/slog"
	"regexp"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

func TestLog(t *testing.T) {
	placed := event("shop", "Order Placed", `{"id":"lambda"}`)
	tests := map[string]struct {
		level            slog.Level
		handler, payload string
		want             string
	}{
		"done": {slog.LevelInfo, "Shop.Typed", placed, `level=INFO msg="job done" handler=Shop.Typed event_id=e-1 duration=X
`},
		"rule": {slog.LevelInfo, "", enveloped("ShopTyped", placed), `level=INFO msg="job done" handler=Shop.Typed rule=ShopTyped event_id=e-1 duration=X
`},
		"decisions": {slog.LevelDebug, "", placed, `level=DEBUG msg="event accepted" handler=Shop.Typed rule=ShopTyped event_id=e-1
level=DEBUG msg="event accepted" handler=Shop.Lambda rule=ShopLambda event_id=e-1
level=INFO msg="job done" handler=Shop.Typed rule=ShopTyped event_id=e-1 duration=X
level=ERROR msg="job failed" handler=Shop.Lambda rule=ShopLambda event_id=e-1 duration=X error="no stock"
`},
		"failures only": {slog.LevelError, "", placed, `level=ERROR msg="job failed" handler=Shop.Lambda rule=ShopLambda event_id=e-1 duration=X error="no stock"
`},
		"payload without an id": {slog.LevelInfo, "Shop.Raw", `{}`, `level=INFO msg="job done" handler=Shop.Raw duration=X
`},
		"refused": {slog.LevelError, "Shop.Typed", `null`, `level=ERROR msg="payload refused" error="jobs: Shop.Typed: the payload (4 bytes) is null: want an EventBridge event, an object with the strings source and detail-type and the object detail; check what invokes this function, or give the rule that sends it an input"
`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			s := &shop{fail: map[string]error{"Lambda": errors.New("no stock")}}
			_, _ = invoke(t, s.dispatcher().WithLogger(logger(&b, tt.level)).WithHandler(tt.handler), tt.payload)
			got := regexp.MustCompile(`duration=\S+`).ReplaceAllString(b.String(), "duration=X")
			if got != tt.want {
				t.Errorf("log:\n%swant:\n%s", got, tt.want)
			}
		})
	}
}

func logger(b *bytes.Buffer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
}

func TestNothingIsLoggedUnasked(t *testing.T) {
	var b bytes.Buffer
	previous := slog.Default()
	slog.SetDefault(logger(&b, slog.LevelDebug))
	t.Cleanup(func() { slog.SetDefault(previous) })
	for _, d := range []*jobs.Dispatcher{(&shop{}).dispatcher(), (&shop{}).dispatcher().WithLogger(nil)} {
		_, _ = invoke(t, d, event("shop", "Order Placed", `{}`))
		_, _ = invoke(t, d, `null`)
	}
	if b.Len() > 0 {
		t.Errorf("log:\n%s", b.String())
	}
}

func TestMuxLogsWhereItsFirstDispatcherDoes(t *testing.T) {
	var first, second bytes.Buffer
	var ran []string
	d := jobs.Mux(
		one("a", "A.Run", "A", `{"source":["x"]}`, &ran).WithLogger(logger(&first, slog.LevelInfo)),
		one("b", "B.Run", "B", `{"source":["x"]}`, &ran).WithLogger(logger(&second, slog.LevelInfo)),
	)
	if _, err := invoke(t, d, event("x", "y", `{}`)); err != nil {
		t.Fatal(err)
	}
	if bytes.Count(first.Bytes(), []byte("job done")) != 2 || second.Len() > 0 {
		t.Errorf("first:\n%ssecond:\n%s", first.String(), second.String())
	}
}

func TestANilLoggerLogsNothing(t *testing.T) {
	var none *slog.Logger
	for name, d := range map[string]*jobs.Dispatcher{
		"nil":           (&shop{}).dispatcher().WithLogger(nil),
		"a nil pointer": (&shop{}).dispatcher().WithLogger(none),
	} {
		if _, err := invoke(t, d.WithHandler("Shop.Typed"), event("shop", "Order Placed", `{"id":"o"}`)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := invoke(t, d.WithHandler("Shop.Typed"), `null`); err == nil {
			t.Errorf("%s: null is no event", name)
		}
	}
}
