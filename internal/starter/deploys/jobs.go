// Package deploys holds the jobs that watch deployments.
package deploys

import (
	"context"
	"log/slog"

	"github.com/jobgen/jobgen/jobs"
)

// PipelineJob watches the pipelines.
type PipelineJob struct{ Log *slog.Logger }

// Execution is the part of the event's detail that the job reads.
type Execution struct {
	Pipeline string `json:"pipeline"`
	State    string `json:"state"`
}

// Failed logs that a pipeline failed.
//
//jobs:event_pattern {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change], detail: {state: [FAILED]}}
func (j *PipelineJob) Failed(ctx context.Context, e jobs.Event[Execution]) (string, error) {
	j.Log.ErrorContext(ctx, "a pipeline failed", "pipeline", e.Detail.Pipeline)
	return e.Detail.Pipeline, nil
}
