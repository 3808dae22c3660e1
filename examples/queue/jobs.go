// Package queue holds jobs that get their events through queues.
package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// MailJob sends mails through a service that takes only a few at a time.
//
//jobs:function timeout: 20s
type MailJob struct {
	Send func(ctx context.Context, to, text string) error
}

// Mail is the detail of a mail.requested event.
type Mail struct {
	To   string `json:"to"`
	Text string `json:"text"`
}

// Deliver sends a mail. A mail that can't be sent is tried up to eight times.
//
//jobs:event_rule description: Mails to send, queue: {batch: 50, window: 5s, concurrency: 2, receives: 8}
//jobs:event_pattern source: [shop.mail], detail-type: [mail.requested]
func (j *MailJob) Deliver(ctx context.Context, e jobs.Event[Mail]) error {
	if !strings.Contains(e.Detail.To, "@") {
		return fmt.Errorf("event %s has the address %q", e.ID, e.Detail.To)
	}
	return j.Send(ctx, e.Detail.To, e.Detail.Text)
}

// Remind sends a mail a day. If the service is down at that time, the queue tries it again.
//
//jobs:event_rule description: A mail a day, queue: create, input: {to: team@example.com, text: Look at the dead-letter queues.}
//jobs:cron 0 6 * * ? *
func (j *MailJob) Remind(ctx context.Context, m Mail) error {
	if m.To == "" {
		return errors.New("the reminder has no address")
	}
	return j.Send(ctx, m.To, m.Text)
}
