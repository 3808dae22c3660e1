package jobs

import (
	"context"
	"reflect"
	"time"

	"github.com/jobgen/jobgen/internal/payload"
)

// Logger takes what a dispatcher logs; a *slog.Logger is one. The arguments are
// keys and values by turns. This package doesn't import log/slog, so that a
// function that logs nothing is the smaller for it.
type Logger interface {
	DebugContext(ctx context.Context, message string, args ...any)
	InfoContext(ctx context.Context, message string, args ...any)
	ErrorContext(ctx context.Context, message string, args ...any)
}

// journal is told what a dispatcher does. It is an interface so that a program that
// logs nothing is without the code for it: WithLogger alone makes one. It is given
// jobs by value, so that a plan stays on the stack.
type journal interface {
	refused(ctx context.Context, err error)
	// accepted is called for each job that a payload is for.
	accepted(ctx context.Context, event *payload.Payload, r run)
	// send calls the job, and tells how it went.
	send(ctx context.Context, event *payload.Payload, r run) ([]byte, error)
}

type logging struct{ log Logger }

// journalOf returns the journal that a Logger is to have; nil where there is no
// logger, or a nil pointer to one.
func journalOf(log Logger) journal {
	v := reflect.ValueOf(log)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	return logging{log}
}

func (l logging) refused(ctx context.Context, err error) {
	l.log.ErrorContext(ctx, "payload refused", "error", err)
}

func (l logging) accepted(ctx context.Context, event *payload.Payload, r run) {
	l.log.DebugContext(ctx, "event accepted", r.attrs(event)...)
}

// send tells how a job went, and how long it took.
func (l logging) send(ctx context.Context, event *payload.Payload, r run) ([]byte, error) {
	start := time.Now()
	answer, err := r.send(ctx, event)
	args := append(r.attrs(event), "duration", time.Since(start))
	if err != nil {
		l.log.ErrorContext(ctx, "job failed", append(args, "error", err)...)
	} else {
		l.log.InfoContext(ctx, "job done", args...)
	}
	return answer, err
}

// attrs says in a log line what the line is about.
func (r *run) attrs(event *payload.Payload) []any {
	handler, rule := r.labels()
	args := []any{"handler", handler}
	if rule != "" {
		args = append(args, "rule", rule)
	}
	if id := event.ID(); id != "" {
		args = append(args, "event_id", clip(id, maxQuoted))
	}
	return args
}
