// Package schedules holds jobs that run by the clock.
package schedules

import (
	"context"
	"log/slog"
	"time"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// CleanupJob keeps the account tidy.
//
//jobs:function timeout: 5m, log_retention: 14
//jobs:function async: {retries: 0, on_failure: create}
type CleanupJob struct{ Now func() time.Time }

// Heartbeat says that the account is watched.
//
//jobs:rate 10 minutes
func (j *CleanupJob) Heartbeat() error {
	slog.Info("alive", "at", j.Now().UTC().Format(time.TimeOnly))
	return nil
}

// Recipients has the address of a digest.
type Recipients struct {
	To string `json:"to"`
}

// Digest is sent on working days at nine in Berlin, in summer and in winter. It is a schedule of
// EventBridge Scheduler, because a rule's schedule is in UTC.
//
//jobs:schedule timezone: Europe/Berlin, window: 15m, input: {to: ops}, description: Sends the digest
//jobs:cron 0 9 ? * MON-FRI *
func (j *CleanupJob) Digest(ctx context.Context, e jobs.Event[Recipients]) error {
	slog.InfoContext(ctx, "digest", "to", e.Detail.To, "of", e.Time.Format(time.DateOnly))
	return nil
}

// EndOfCentury runs once.
//
//jobs:at 2099-12-31T23:00:00
func (j *CleanupJob) EndOfCentury(ctx context.Context) error {
	slog.InfoContext(ctx, "the century ends in an hour")
	return nil
}

// Sweep is the input of a sweep.
type Sweep struct {
	Mode string `json:"mode"`
}

// Report is the result of a sweep.
type Report struct {
	Mode    string `json:"mode"`
	Removed int    `json:"removed"`
}

// Sweep removes unused resources: old snapshots every night, and everything on
// the last day of the month.
//
//jobs:event_rule id: SweepNightly, description: Removes old snapshots, input: {mode: snapshots}
//jobs:cron 0 3 * * ? *
//jobs:event_rule id: SweepMonthly, description: Removes all that is unused, input: {mode: full}
//jobs:cron 30 4 L * ? *
//jobs:iam_policy {actions: [ec2:DescribeSnapshots, ec2:DeleteSnapshot], resources: ['*']}
func (j CleanupJob) Sweep(_ context.Context, s Sweep) (Report, error) {
	return Report{Mode: s.Mode, Removed: len(s.Mode)}, nil
}
