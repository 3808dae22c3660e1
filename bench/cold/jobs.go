// Package cold holds the jobs of the comparison of real programs: generated and
// handwritten are the same function, and their tests measure how large they are
// and how fast they start.
//
//jobs:package formats: [json]
package cold

import (
	"context"
	"fmt"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// Watch is the receiver of the jobs.
type Watch struct{}

// Instance prints an instance's state.
//
//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [stopping, stopped, terminated]}}
func (*Watch) Instance(_ context.Context, e jobs.Event[StateChange]) error {
	fmt.Println(e.Detail.InstanceID, e.Detail.State)
	return nil
}

// Upload prints what came into a bucket.
//
//jobs:event_pattern {source: [aws.s3], detail-type: [Object Created], detail: {object: {key: [{prefix: in/}]}}}
func (*Watch) Upload(_ context.Context, e jobs.Event[Object]) error {
	fmt.Println(e.Detail.Bucket.Name, e.Detail.Object.Key, e.Detail.Object.Size)
	return nil
}

// StateChange is the detail of an EC2 Instance State-change Notification.
type StateChange struct {
	InstanceID string `json:"instance-id"`
	State      string `json:"state"`
}

// Object is the detail of an S3 Object Created event.
type Object struct {
	Bucket struct {
		Name string `json:"name"`
	} `json:"bucket"`
	Object struct {
		Key  string `json:"key"`
		Size int64  `json:"size"`
	} `json:"object"`
}
