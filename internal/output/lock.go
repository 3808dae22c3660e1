package output

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// lockPatience is how long Apply waits for another run. A run holds its locks
// while it writes, which takes milliseconds.
const lockPatience = time.Minute

// lock waits for a folder's lock. It reports false where the folder can't be
// locked at all.
func lock(ctx context.Context, f folder, name string) (bool, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, lockPatience,
		fmt.Errorf("another process has held the lock on the directory %s for %v: end it, then run jobgen again", name, lockPatience))
	defer cancel()
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		got, err := f.TryLock()
		switch {
		case got:
			return true, nil
		case errors.Is(err, errors.ErrUnsupported):
			return false, nil
		case err != nil:
			return false, fmt.Errorf("the directory %s cannot be locked: %w", name, snapshot.WithoutPath(err))
		}
		select {
		case <-ctx.Done():
			return false, context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}
