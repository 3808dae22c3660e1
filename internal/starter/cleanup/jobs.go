// Package cleanup holds the jobs that tidy up by the clock.
package cleanup

import (
	"context"
	"log/slog"
	"time"

	"github.com/jobgen/jobgen/jobs"
)

// CleanupJob deletes old files.
type CleanupJob struct {
	Log *slog.Logger
	Age time.Duration // of the files to delete
}

// Nightly deletes old files every night at 3:00 UTC. It returns the time before which
// a file is old.
//
//jobs:cron 0 3 * * ? *
func (j *CleanupJob) Nightly(ctx context.Context, e jobs.Event[struct{}]) (time.Time, error) {
	before := e.Time.Add(-j.Age)
	j.Log.InfoContext(ctx, "deleting old files", "before", before)
	return before, nil
}
