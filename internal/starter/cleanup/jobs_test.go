package cleanup

import (
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/jobgen/jobgen/jobs/jobstest"
)

func TestNightly(t *testing.T) {
	event, err := os.ReadFile("testdata/nightly.json")
	if err != nil {
		t.Fatal(err)
	}
	d := NewDispatcher(Jobs{CleanupJob: &CleanupJob{Log: slog.New(slog.DiscardHandler), Age: 24 * time.Hour}})
	fired := jobstest.Fire(t, d, event)
	fired.Ran(HandlerCleanupJobNightly)

	var before time.Time
	fired.Answer(HandlerCleanupJobNightly, &before)
	if want := time.Date(2026, time.January, 30, 3, 0, 0, 0, time.UTC); !before.Equal(want) {
		t.Errorf("files before %v are old, want %v", before, want)
	}
}
