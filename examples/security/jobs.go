// Package security holds the jobs that watch the account.
//
//jobs:package formats: [cloudformation]
package security

import (
	"context"
	"log/slog"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// SecurityJob watches the account for risky changes.
//
//jobs:function timeout: 30s, memory: 256
type SecurityJob struct{ Alerts Notifier }

// Notifier takes what someone should look at.
type Notifier interface {
	Notify(ctx context.Context, message string) error
}

// DetectSecurityGroupChanges alerts when someone touches a security group.
//
//jobs:event_rule description: Detects security group changes
//jobs:event_pattern detail-type: [AWS API Call via CloudTrail]
//jobs:event_pattern detail.eventSource: [ec2.amazonaws.com]
//jobs:event_pattern detail.eventName: [AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress]
//jobs:event_pattern detail.eventName: [RevokeSecurityGroupIngress, RevokeSecurityGroupEgress]
//jobs:event_pattern detail.eventName: [CreateSecurityGroup, DeleteSecurityGroup]
func (j *SecurityJob) DetectSecurityGroupChanges(ctx context.Context, e jobs.Event[jobs.CloudTrail]) error {
	return j.Alerts.Notify(ctx, e.Detail.EventName+" by "+e.Detail.UserIdentity.ARN)
}

// InstanceStopping alerts when an instance begins to stop.
//
//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [stopping]}}
func (j *SecurityJob) InstanceStopping(ctx context.Context, e jobs.Event[StateChange]) error {
	return j.Alerts.Notify(ctx, e.Detail.InstanceID+" is "+string(e.Detail.State))
}

// StateChange is the detail of an EC2 Instance State-change Notification.
type StateChange struct {
	InstanceID string        `json:"instance-id"`
	State      InstanceState `json:"state"`
}

// InstanceState is a state that an instance can be in.
type InstanceState string

// The states of an instance.
const (
	Pending      InstanceState = "pending"
	Running      InstanceState = "running"
	ShuttingDown InstanceState = "shutting-down"
	Stopped      InstanceState = "stopped"
	Stopping     InstanceState = "stopping"
	Terminated   InstanceState = "terminated"
)

// LogNotifier writes alerts to the log.
type LogNotifier struct{}

// Notify logs the message.
func (LogNotifier) Notify(ctx context.Context, message string) error {
	slog.WarnContext(ctx, message)
	return nil
}
