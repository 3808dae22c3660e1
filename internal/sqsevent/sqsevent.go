// Package sqsevent simulates the event source mapping of an SQS queue. It makes the event
// that Lambda sends to a function for a batch of messages, and reads the function's answer.
package sqsevent

import (
	"cmp"
	"crypto/md5"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/uuid"
)

// Queue is the queue that a mapping reads.
type Queue struct {
	ARN   string
	Group string // of a FIFO queue: the message group of all messages
}

// Message is a message that is received. With the zero values of the other fields, it is received
// for the first time, at the time at which it is sent.
type Message struct {
	ID   string
	Body []byte

	Receives      int // 0 means 1
	Sent          time.Time
	FirstReceived time.Time
	Group         string // of a message of a FIFO queue; "" means the queue's
	Deduplication string // "" means the id
	Sequence      uint64
	Attributes    map[string]Attribute // the message attributes
}

// Attribute is a message attribute, in the form in which Lambda sends it.
type Attribute struct {
	StringValue *string  `json:"stringValue,omitempty"`
	BinaryValue []byte   `json:"binaryValue,omitempty"`
	StringList  []string `json:"stringListValues"`
	BinaryList  [][]byte `json:"binaryListValues"`
	DataType    string   `json:"dataType"`
}

// NewMessage returns a message with a random id.
func NewMessage(body []byte) Message {
	return Message{ID: uuid.New(), Body: body}
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// record is a message as Lambda sends it (Lambda developer guide, page with-sqs).
type record struct {
	MessageID         string               `json:"messageId"`
	ReceiptHandle     string               `json:"receiptHandle"`
	Body              string               `json:"body"`
	Attributes        map[string]string    `json:"attributes"`
	MessageAttributes map[string]Attribute `json:"messageAttributes"` // EventBridge sends none
	MD5OfBody         string               `json:"md5OfBody"`
	EventSource       string               `json:"eventSource"`
	EventSourceARN    string               `json:"eventSourceARN"`
	AWSRegion         string               `json:"awsRegion"`
}

// Event returns the event for a batch of messages.
func (q Queue) Event(messages []Message, now time.Time) []byte {
	records := []record{}
	for i, m := range messages {
		r := record{
			MessageID: m.ID, ReceiptHandle: "AQEB" + base64.StdEncoding.EncodeToString(random(96)), Body: string(m.Body),
			Attributes: q.attributes(i, m, now), MessageAttributes: m.messageAttributes(), MD5OfBody: Sum(m.Body),
			EventSource: "aws:sqs", EventSourceARN: q.ARN, AWSRegion: q.region(),
		}
		records = append(records, r)
	}
	data, _ := json.Marshal(map[string]any{"Records": records}) // can't fail
	return data
}

// messageAttributes returns the message attributes. Lambda sends empty lists, never null.
func (m Message) messageAttributes() map[string]Attribute {
	attributes := map[string]Attribute{}
	for name, a := range m.Attributes {
		a.StringList, a.BinaryList = append([]string{}, a.StringList...), append([][]byte{}, a.BinaryList...)
		attributes[name] = a
	}
	return attributes
}

// Sum returns the MD5 sum of a message's body, as SQS gives it.
func Sum(body []byte) string {
	s := md5.Sum(body)
	return hex.EncodeToString(s[:])
}

// attributes returns the attributes of a message, given its index in the batch. A message of
// a FIFO queue has more attributes, such as its place in the order.
func (q Queue) attributes(index int, m Message, now time.Time) map[string]string {
	a := map[string]string{
		"ApproximateReceiveCount": strconv.Itoa(max(m.Receives, 1)), "SentTimestamp": timestamp(m.Sent, now),
		"ApproximateFirstReceiveTimestamp": timestamp(m.FirstReceived, now),
		"SenderId":                         "AIDAIENQZJOLO23YVJ4VO",
	}
	if group := cmp.Or(m.Group, q.Group); group != "" {
		sequence := cmp.Or(m.Sequence, uint64(now.UnixNano()/1e6*1000)+uint64(index))
		a["MessageGroupId"], a["MessageDeduplicationId"] = group, cmp.Or(m.Deduplication, m.ID)
		a["SequenceNumber"] = fmt.Sprintf("%020d", sequence)
	}
	return a
}

// timestamp returns a time in SQS's form. A zero time means now.
func timestamp(t, now time.Time) string {
	if t.IsZero() {
		t = now
	}
	return strconv.FormatInt(t.UnixMilli(), 10)
}

// region returns the Region in the queue's ARN.
func (q Queue) region() string {
	if parts := strings.SplitN(q.ARN, ":", 5); len(parts) == 5 {
		return parts[3]
	}
	return ""
}

// Failed reads a function's answer to a batch and returns the ids of the messages that the
// queue delivers again, each once. If the answer is not valid, these are all messages, and the error
// says why (Lambda developer guide, page services-sqs-errorhandling).
func Failed(answer []byte, messages []Message) (ids []string, err error) {
	var response *struct {
		BatchItemFailures []map[string]*string `json:"batchItemFailures"`
	}
	if len(answer) > 0 {
		if err := json.Unmarshal(answer, &response); err != nil {
			return all(messages), fmt.Errorf("the answer is not of the form {\"batchItemFailures\": [{\"itemIdentifier\": …}]}: %w", err)
		}
	}
	if response == nil {
		return nil, nil
	}
	for _, failure := range response.BatchItemFailures {
		id := failure["itemIdentifier"]
		if id == nil || !contains(messages, *id) {
			return all(messages), fmt.Errorf("the answer has an item failure without the id of a message of the batch: %s", answer)
		}
		if !slices.Contains(ids, *id) {
			ids = append(ids, *id)
		}
	}
	return ids, nil
}

func all(messages []Message) []string {
	var ids []string
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

func contains(messages []Message, id string) bool {
	for _, m := range messages {
		if m.ID == id {
			return true
		}
	}
	return false
}
