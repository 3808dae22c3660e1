// Package image holds a job whose code is a container image.
//
//jobs:package functions: package
package image

import (
	"context"
	"log/slog"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// PictureJob looks after pictures. A KMS key encrypts its environment, its log and its queue.
//
//jobs:allow JOB322 reason: the policy of the key has the statement
//jobs:function code: image, memory: 512, kms_key: "${Key}", async: {on_failure: create}
type PictureJob struct{ Log *slog.Logger }

// Picture is the detail of a picture.uploaded event.
type Picture struct {
	Path string `json:"path"`
}

// Import imports a picture.
//
//jobs:event_pattern source: [shop.pictures], detail-type: [picture.uploaded]
func (j *PictureJob) Import(ctx context.Context, e jobs.Event[Picture]) error {
	j.Log.InfoContext(ctx, "picture imported", "path", e.Detail.Path)
	return nil
}
