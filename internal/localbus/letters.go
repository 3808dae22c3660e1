package localbus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/uuid"
)

// The kinds of dead letters.
const (
	// OnFailure is Lambda's record of an asynchronous invocation that failed.
	OnFailure = "on_failure"
	// RuleDLQ is an event that EventBridge could not send to the rule's target.
	RuleDLQ = "dlq"
	// QueueDLQ is a message that was received too often.
	QueueDLQ = "queue"
)

// Letter is a dead letter: an event or a message that was not handled. It is a line of the file
// of dead letters.
type Letter struct {
	Kind        string    `json:"kind"`
	Time        time.Time `json:"time"`
	Rules       []string  `json:"rules"`
	Function    string    `json:"function"`
	Destination string    `json:"destination"` // the ARN of the destination or of the dead-letter queue
	Events      []string  `json:"events"`      // the ids of the events
	// Attributes are the message's attributes: those that EventBridge adds, or those of SQS.
	Attributes map[string]string `json:"attributes,omitempty"`
	// Body is the body of the message or Lambda's record. A body that is not JSON is a string.
	Body json.RawMessage `json:"body"`
}

// letters appends dead letters to a file.
type letters struct {
	path    string
	journal *journal
	mu      sync.Mutex
}

// write appends a letter. The file is opened for each letter, so that it can be moved or removed
// meanwhile. A line is written at once.
func (l *letters) write(letter *Letter) (err error) {
	if l.path == "" {
		return nil
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(letter); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	f, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(line.Bytes())
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// bury writes a dead letter to the file and the journal.
func (l *letters) bury(letter *Letter) {
	letter.Time = time.Now().UTC()
	if err := l.write(letter); err != nil {
		l.journal.add(Entry{Problem: fmt.Sprintf("a dead letter can't be written: %v", err)})
	}
	kept := *letter
	kept.Body = clip(kept.Body)
	l.journal.add(Entry{Letter: &kept})
}

// bodyOf returns a body as JSON.
func bodyOf(text []byte) json.RawMessage {
	if json.Valid(text) {
		return text
	}
	quoted, _ := json.Marshal(string(text)) // can't fail
	return quoted
}

// destinationRecord is the record that Lambda sends to an on_failure destination (Lambda developer
// guide, page invocation-async-retain-records).
type destinationRecord struct {
	Version         string             `json:"version"`
	Timestamp       string             `json:"timestamp"`
	RequestContext  destinationRequest `json:"requestContext"`
	RequestPayload  json.RawMessage    `json:"requestPayload"`
	ResponseContext *destinationAnswer `json:"responseContext"`
	ResponsePayload json.RawMessage    `json:"responsePayload"`
}

type destinationRequest struct {
	RequestID   string `json:"requestId"`
	FunctionARN string `json:"functionArn"`
	Condition   string `json:"condition"`
	Invokes     int    `json:"approximateInvokeCount"`
}

type destinationAnswer struct {
	StatusCode      int    `json:"statusCode"`
	ExecutedVersion string `json:"executedVersion"`
	FunctionError   string `json:"functionError,omitempty"`
}

// destinationLetter returns the letter for an event on which all attempts failed.
func destinationLetter(d *shipment, fn *Function, condition string, r runtimeapi.Result) *Letter {
	record := destinationRecord{
		Version: "1.0", Timestamp: time.Now().UTC().Format("2006-01-02T15:04:05.000Z"),
		RequestContext: destinationRequest{RequestID: r.RequestID, FunctionARN: fn.ARN + ":$LATEST", Condition: condition, Invokes: d.tries},
		RequestPayload: bodyOf(d.payload), ResponsePayload: json.RawMessage("null"),
	}
	if r.RequestID == "" { // the function was not called
		record.RequestContext.RequestID, record.RequestContext.Invokes = uuid.New(), d.tries-1
	} else {
		record.ResponseContext = &destinationAnswer{StatusCode: 200, ExecutedVersion: "$LATEST", FunctionError: r.FunctionError}
		record.ResponsePayload = bodyOf(r.Payload)
	}
	body, _ := json.Marshal(record) // can't fail
	return &Letter{Kind: OnFailure, Rules: d.ruleIDs(), Function: fn.Name, Destination: fn.OnFailure, Events: d.events, Body: body}
}

// DeadLetterARN returns the ARN of the queue of the rule's dlq. It is made up for a queue that the
// rule files make.
func (r *Rule) DeadLetterARN() string { return cmp.Or(r.Text(r.DLQ.ARN), arnOf("sqs", r.ID)) }

// ruleLetter returns the letter for an event that EventBridge can't send to the rule's target. Its
// attributes are those that EventBridge sets (EventBridge user guide, page
// rule-dlq). An invalid input is not retried, so there is no retry condition.
func ruleLetter(r *Rule, id string, event []byte, err error) *Letter {
	target := r.Target.ARN
	if r.Via != nil {
		target = r.Via.ARN
	}
	return &Letter{
		Kind: RuleDLQ, Rules: []string{r.ID}, Function: r.Target.Name, Destination: r.DeadLetterARN(), Events: []string{id}, Body: bodyOf(event),
		Attributes: map[string]string{
			"RULE_ARN": r.ARN(), "TARGET_ARN": target, "ERROR_CODE": "INVALID_JSON", "ERROR_MESSAGE": err.Error(), "RETRY_ATTEMPTS": "0",
		},
	}
}

// queueLetter returns the letter for a message that was received too often. SQS moves the message
// with its id and attributes, and adds the ARN of the queue (SQS developer guide, page
// sqs-dead-letter-queues; API_ReceiveMessage).
func queueLetter(m *message, q *Queue) *Letter {
	return &Letter{
		Kind: QueueDLQ, Rules: m.ruleIDs(), Function: q.Mappings[0].Function.Name, Destination: strings.TrimSuffix(q.ARN, "Events") + "Dead", Events: m.events, Body: bodyOf(m.payload),
		Attributes: map[string]string{
			"ApproximateReceiveCount":          strconv.Itoa(m.Receives),
			"SentTimestamp":                    strconv.FormatInt(m.Sent.UnixMilli(), 10),
			"ApproximateFirstReceiveTimestamp": strconv.FormatInt(m.FirstReceived.UnixMilli(), 10),
			"DeadLetterQueueSourceArn":         q.ARN,
		},
	}
}
