package jobs

import (
	"context"
	"log/slog"
	"time"
)

// logPlan tells which jobs a payload is for.
func (d *Dispatcher) logPlan(ctx context.Context, p plan) {
	if !d.log.Enabled(ctx, slog.LevelDebug) {
		return
	}
	for _, r := range p.runs {
		d.log.DebugContext(ctx, "event accepted", r.attrs(p.event)...)
	}
}

// logRun tells how a job went, and how long it took.
func (d *Dispatcher) logRun(ctx context.Context, event header, r run, took time.Duration, err error) {
	level, message := slog.LevelInfo, "job done"
	if err != nil {
		level, message = slog.LevelError, "job failed"
	}
	if !d.log.Enabled(ctx, level) {
		return
	}
	attrs := append(r.attrs(event), slog.Duration("duration", took))
	if err != nil {
		attrs = append(attrs, slog.Any("error", err))
	}
	d.log.Log(ctx, level, message, attrs...)
}

// attrs says in a log line what the line is about.
func (r run) attrs(event header) []any {
	attrs := []any{slog.String("handler", r.handler())}
	if r.rule != "" {
		attrs = append(attrs, slog.String("rule", r.rule))
	}
	if event.id != "" {
		attrs = append(attrs, slog.String("event_id", clip(event.id, maxQuoted)))
	}
	return attrs
}
