// Package bench holds the jobs of the benchmarks, which take what AWS sends most: an
// EC2 state change, a CloudTrail record, all of it or little, and an S3
// notification. Its
// tests measure the generated dispatcher against what people write by hand; see
// BENCHMARKS.md.
package bench

import (
	"context"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// Watch is the receiver of the jobs. It keeps of an event what shows that it was
// decoded.
type Watch struct {
	Calls int
	Last  string
}

// Instance takes the state changes of EC2 instances.
//
//jobs:event_pattern source: [aws.ec2]
//jobs:event_pattern detail-type: [EC2 Instance State-change Notification]
//jobs:event_pattern detail.state: [stopping, stopped, terminated]
func (w *Watch) Instance(_ context.Context, e jobs.Event[StateChange]) error {
	return w.note(e.Detail.InstanceID)
}

// Call takes changes of security groups, as CloudTrail records them.
//
//jobs:event_pattern source: [aws.ec2]
//jobs:event_pattern detail-type: [AWS API Call via CloudTrail]
//jobs:event_pattern detail.eventSource: [ec2.amazonaws.com]
//jobs:event_pattern detail.eventName: [AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress, RevokeSecurityGroupIngress]
func (w *Watch) Call(_ context.Context, e jobs.Event[jobs.CloudTrail]) error {
	return w.note(e.Detail.UserIdentity.ARN)
}

// Brief takes the same, and little of it.
//
//jobs:event_pattern source: [aws.ec2]
//jobs:event_pattern detail-type: [AWS API Call via CloudTrail]
//jobs:event_pattern detail.eventSource: [ec2.amazonaws.com]
//jobs:event_pattern detail.eventName: [AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress, RevokeSecurityGroupIngress]
//jobs:allow JOB904 reason: the two are never in one table
func (w *Watch) Brief(_ context.Context, e jobs.Event[Brief]) error {
	return w.note(e.Detail.EventName)
}

// Upload takes objects that are put into a bucket.
//
//jobs:event_pattern source: [aws.s3]
//jobs:event_pattern detail-type: [Object Created]
//jobs:event_pattern detail.object.key: [{prefix: in/}]
func (w *Watch) Upload(_ context.Context, e jobs.Event[Object]) error {
	return w.note(e.Detail.Object.Key)
}

func (w *Watch) note(last string) error {
	w.Calls++
	w.Last = last
	return nil
}

// Brief is what a job often wants of a CloudTrail record.
type Brief struct {
	EventSource string `json:"eventSource"`
	EventName   string `json:"eventName"`
	AWSRegion   string `json:"awsRegion"`
}

// StateChange is the detail of an EC2 Instance State-change Notification.
type StateChange struct {
	InstanceID string        `json:"instance-id"`
	State      InstanceState `json:"state"`
}

// InstanceState is a state that an instance can be in.
type InstanceState string

// Object is the detail of an S3 Object Created event.
type Object struct {
	Version string `json:"version"`
	Bucket  struct {
		Name string `json:"name"`
	} `json:"bucket"`
	Object struct {
		Key       string `json:"key"`
		Size      int64  `json:"size"`
		ETag      string `json:"etag"`
		VersionID string `json:"version-id"`
		Sequencer string `json:"sequencer"`
	} `json:"object"`
	RequestID       string `json:"request-id"`
	Requester       string `json:"requester"`
	SourceIPAddress string `json:"source-ip-address"`
	Reason          string `json:"reason"`
}
