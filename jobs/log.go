package jobs

import (
	"context"
	"reflect"
	"time"

	"github.com/jobgen/jobgen/internal/payload"
)

// Logger receives a dispatcher's log; *slog.Logger implements it. The arguments are
// alternating keys and values. This package doesn't import log/slog, to keep programs
// that don't log small.
type Logger interface {
	DebugContext(ctx context.Context, message string, args ...any)
	InfoContext(ctx context.Context, message string, args ...any)
	ErrorContext(ctx context.Context, message string, args ...any)
}

// journal receives what a dispatcher does. It is an interface, and only WithLogger
// creates one, so that programs that don't log don't link its code. It takes jobs by
// value, so that a plan stays on the stack.
type journal interface {
	refused(ctx context.Context, err error)
	// accepted is called for each job that a payload is for.
	accepted(ctx context.Context, event *payload.Payload, r run)
	// send calls the job and logs the result.
	send(ctx context.Context, event *payload.Payload, r run) ([]byte, error)
}

type logging struct{ log Logger }

// journalOf returns the journal for a Logger, or nil if the logger is nil or a nil
// pointer.
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

// send calls a job and logs its result and duration.
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

// attrs returns the attributes of a log line that identify the job.
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
