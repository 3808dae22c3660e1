package jobs

import (
	"context"
	"reflect"
	"time"
)

// Logger takes what a dispatcher logs; a *slog.Logger is one. The arguments are
// keys and values by turns. This package doesn't import log/slog, so that a
// function that logs nothing is the smaller for it.
type Logger interface {
	DebugContext(ctx context.Context, message string, args ...any)
	InfoContext(ctx context.Context, message string, args ...any)
	ErrorContext(ctx context.Context, message string, args ...any)
}

// isNil reports whether there is no logger, or a nil pointer to one.
func isNil(log Logger) bool {
	v := reflect.ValueOf(log)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// logPlan tells which jobs a payload is for.
func (d *Dispatcher) logPlan(ctx context.Context, event *Payload, p *plan) {
	for _, r := range p.runs() {
		d.log.DebugContext(ctx, "event accepted", r.attrs(event)...)
	}
}

// logRun tells how a job went, and how long it took.
func (d *Dispatcher) logRun(ctx context.Context, event *Payload, r *run, took time.Duration, err error) {
	args := append(r.attrs(event), "duration", took)
	if err != nil {
		d.log.ErrorContext(ctx, "job failed", append(args, "error", err)...)
		return
	}
	d.log.InfoContext(ctx, "job done", args...)
}

// attrs says in a log line what the line is about.
func (r *run) attrs(event *Payload) []any {
	args := []any{"handler", r.handler()}
	if r.rule != nil {
		args = append(args, "rule", r.rule.ID)
	}
	if id := event.id(); id != "" {
		args = append(args, "event_id", clip(id, maxQuoted))
	}
	return args
}
