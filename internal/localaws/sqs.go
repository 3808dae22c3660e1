package localaws

import (
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of SendMessage (API_SendMessage; SQS developer guide, sqs-message-metadata).
const (
	maxMessage    = 1 << 20
	maxDelay      = 900
	maxAttributes = 10
	maxAttribute  = 256 // characters of a name or a type
	maxGroup      = 128
)

// Codes of SQS's errors, and those of the query protocol.
const (
	sqsInvalidValue = "InvalidParameterValue"
	sqsMissing      = "MissingParameter"
)

func sqsInvalid(format string, args ...any) *apiError {
	return &apiError{Code: sqsInvalidValue, Query: sqsInvalidValue, Message: fmt.Sprintf(format, args...)}
}

func sqsParameterMissing(name string) *apiError {
	return &apiError{Code: sqsMissing, Query: sqsMissing, Message: "The request must contain the parameter " + name + "."}
}

// queue finds a queue by its name.
func (c *call) queue(name string) (*Queue, error) {
	for i := range c.stack.Queues {
		if c.stack.Queues[i].Name == name {
			return &c.stack.Queues[i], nil
		}
	}
	return nil, &apiError{Code: "QueueDoesNotExist", Query: "AWS.SimpleQueueService.NonExistentQueue", Message: "The specified queue does not exist."}
}

// getQueueURL returns the URL of a queue.
func (c *call) getQueueURL(in *input) (any, error) {
	name := in.text("QueueName")
	in.text("QueueOwnerAWSAccountId") // the stack has one account
	if err := in.failed(); err != nil {
		return nil, err
	}
	if name == nil {
		return nil, sqsParameterMissing("QueueName")
	}
	if _, err := c.queue(*name); err != nil {
		return nil, err
	}
	return map[string]string{"QueueUrl": "http://" + c.request.Host + "/" + c.options.Account + "/" + *name}, nil
}

// sendMessage puts a message into a queue. Of the queue's URL, only the name counts: the host is
// AWS's in a URL that is configured for AWS.
func (c *call) sendMessage(in *input) (any, error) {
	address, body, delay := in.text("QueueUrl"), in.text("MessageBody"), in.integer("DelaySeconds")
	group, duplicate := in.text("MessageGroupId"), in.text("MessageDeduplicationId")
	attributes := readAttributes(in.objects("MessageAttributes"))
	system := readAttributes(in.objects("MessageSystemAttributes"))
	if err := in.failed(); err != nil {
		return nil, err
	}
	if address == nil {
		return nil, sqsParameterMissing("QueueUrl")
	}
	q, err := c.queue(queueName(*address))
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, sqsParameterMissing("MessageBody")
	}
	for _, check := range []func() *apiError{
		func() *apiError { return checkBody(*body) },
		func() *apiError { return checkAttributes(attributes) },
		func() *apiError { return checkSystemAttributes(system) },
		func() *apiError { return checkSize(*body, attributes) },
		func() *apiError { return checkDelay(q, delay) },
		func() *apiError { return checkGroup(q, group, duplicate) },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	message := Message{Body: *body, Attributes: attributes, TraceHeader: system["AWSTraceHeader"].String, GroupID: value(group), DeduplicationID: value(duplicate)}
	if delay != nil {
		message.Delay = time.Duration(*delay) * time.Second
	}
	sent, err := c.backend.Send(q.Name, message)
	if errors.Is(err, ErrBusy) {
		return nil, &apiError{Code: "RequestThrottled", Query: "RequestThrottled", Message: err.Error() + "."}
	}
	if err != nil {
		return nil, err
	}
	return sendMessageOutput{
		MD5OfMessageBody: digest(*body), MD5OfMessageAttributes: digestAttributes(attributes),
		MD5OfMessageSystemAttributes: digestAttributes(system), MessageID: sent.ID, SequenceNumber: sent.Sequence,
	}, nil
}

type sendMessageOutput struct {
	MD5OfMessageBody             string
	MD5OfMessageAttributes       string `json:",omitempty"`
	MD5OfMessageSystemAttributes string `json:",omitempty"`
	MessageID                    string `json:"MessageId"`
	SequenceNumber               string `json:",omitempty"`
}

// queueName returns the name of a queue, the last element of its URL.
func queueName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return path.Base(u.Path)
}

func checkBody(body string) *apiError {
	switch {
	case body == "":
		return sqsParameterMissing("MessageBody")
	case strings.ContainsFunc(body, isForbidden) || !utf8.ValidString(body):
		return &apiError{Code: "InvalidMessageContents", Query: "InvalidMessageContents", Message: "The message contains characters outside the allowed set."}
	}
	return nil
}

// isForbidden reports whether a message must not contain a character (API_SendMessage: the
// characters of XML).
func isForbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\uFFFE' || r == '\uFFFF'
}

// checkSize checks the size of a message. Names, types and values of attributes count.
func checkSize(body string, attributes map[string]Attribute) *apiError {
	size := len(body)
	for name, a := range attributes {
		size += len(name) + len(a.DataType) + len(a.String) + len(a.Binary)
	}
	if size > maxMessage {
		return sqsInvalid("One or more parameters are invalid. Reason: Message must be shorter than %d bytes.", maxMessage)
	}
	return nil
}

const wrongQueueType = "Reason: The request include parameter that is not valid for this queue type."

func checkDelay(q *Queue, delay *int) *apiError {
	switch {
	case delay == nil:
	case *delay < 0 || *delay > maxDelay:
		return sqsInvalid("Value %d for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= %d.", *delay, maxDelay)
	case q.FIFO && *delay > 0:
		// The delay of a FIFO queue is one of the queue.
		return sqsInvalid("Value %d for parameter DelaySeconds is invalid. %s", *delay, wrongQueueType)
	}
	return nil
}

// idPattern matches the ids of message groups and of duplicates.
var idPattern = regexp.MustCompile(`^[!-~]{1,128}$`)

// checkGroup checks the ids that a FIFO queue needs. A standard queue also takes a group, for fair
// queues.
func checkGroup(q *Queue, group, duplicate *string) *apiError {
	for _, id := range []struct {
		name  string
		value *string
	}{{"MessageGroupId", group}, {"MessageDeduplicationId", duplicate}} {
		if id.value != nil && !idPattern.MatchString(*id.value) {
			return sqsInvalid("Value %s for parameter %s is invalid. Reason: %[2]s can only include alphanumeric and punctuation characters. 1 to %d in length.", *id.value, id.name, maxGroup)
		}
	}
	switch {
	case q.FIFO && group == nil:
		return sqsParameterMissing("MessageGroupId")
	case !q.FIFO && duplicate != nil:
		return sqsInvalid("Value %s for parameter MessageDeduplicationId is invalid. %s", *duplicate, wrongQueueType)
	}
	return nil
}

// readAttributes reads message attributes.
func readAttributes(objects map[string]*input) map[string]Attribute {
	attributes := map[string]Attribute{}
	for name, in := range objects {
		attributes[name] = Attribute{DataType: value(in.text("DataType")), String: value(in.text("StringValue")), Binary: in.blob("BinaryValue")}
	}
	return attributes
}

// namePattern matches the names of attributes, without the rules about dots.
var namePattern = regexp.MustCompile(`^[A-Za-z0-9_.\-]+$`)

// numberPattern matches the values of attributes of the type Number.
var numberPattern = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)

func checkAttributes(attributes map[string]Attribute) *apiError {
	if len(attributes) > maxAttributes {
		return sqsInvalid("Number of message attributes [%d] exceeds the allowed maximum [%d].", len(attributes), maxAttributes)
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if err := checkAttributeName(name); err != nil {
			return err
		}
		if err := attributes[name].check(name); err != nil {
			return err
		}
	}
	return nil
}

func checkAttributeName(name string) *apiError {
	lower := strings.ToLower(name)
	switch {
	case utf8.RuneCountInString(name) > maxAttribute:
		return sqsInvalid("Length of message attribute name must be at most %d characters.", maxAttribute)
	case !namePattern.MatchString(name):
		return sqsInvalid("The message attribute name %q can only include the letters A to Z, digits, _, - and periods.", name)
	case strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.Contains(name, ".."):
		return sqsInvalid("The message attribute name %q must not begin or end with a period, or have two in succession.", name)
	case strings.HasPrefix(lower, "aws.") || strings.HasPrefix(lower, "amazon."):
		return sqsInvalid("The message attribute name %q begins with a prefix that is reserved for AWS.", name)
	}
	return nil
}

// check checks the type and the value of an attribute.
func (a Attribute) check(name string) *apiError {
	kind, _, _ := strings.Cut(a.DataType, ".")
	empty := a.String == ""
	switch {
	case a.DataType == "":
		return sqsInvalid("The message attribute '%s' must contain non-empty message attribute type.", name)
	case kind != "String" && kind != "Number" && kind != "Binary" || utf8.RuneCountInString(a.DataType) > maxAttribute:
		return sqsInvalid("The message attribute '%s' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.", name)
	case kind == "Binary":
		empty = len(a.Binary) == 0
	case len(a.Binary) > 0:
		return sqsInvalid("The message attribute '%s' with type '%s' must use field 'String'.", name, a.DataType)
	}
	switch {
	case kind == "Binary" && a.String != "":
		return sqsInvalid("The message attribute '%s' with type '%s' must use field 'Binary'.", name, a.DataType)
	case empty:
		return sqsInvalid("The message attribute '%s' must contain non-empty message attribute value for message attribute type '%s'.", name, a.DataType)
	case kind == "Number" && !numberPattern.MatchString(a.String):
		return sqsInvalid("Can't cast the value of message (user) attribute '%s' to a number.", name)
	case strings.ContainsFunc(a.String, isForbidden):
		return sqsInvalid("The message attribute '%s' contains characters outside the allowed set.", name)
	}
	return nil
}

// checkSystemAttributes checks the attributes that AWS defines. There is one.
func checkSystemAttributes(attributes map[string]Attribute) *apiError {
	for name, a := range attributes {
		if name != "AWSTraceHeader" {
			return sqsInvalid("Message system attribute name '%s' is invalid.", name)
		}
		if a.DataType != "String" {
			return sqsInvalid("The message system attribute 'AWSTraceHeader' must be of type String.")
		}
		if err := a.check(name); err != nil {
			return err
		}
	}
	return nil
}

// digest returns the MD5 of a text. Clients compare it with theirs.
func digest(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// digestAttributes returns the MD5 of attributes, or "" if there are none (SQS developer guide,
// sqs-message-metadata, "Calculating the MD5 message digest for message attributes"): by name,
// each with the lengths and bytes of its name, type and value.
func digestAttributes(attributes map[string]Attribute) string {
	if len(attributes) == 0 {
		return ""
	}
	h := md5.New()
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		a := attributes[name]
		writeSized(h, []byte(name))
		writeSized(h, []byte(a.DataType))
		const isString, isBinary = 1, 2
		if strings.HasPrefix(a.DataType, "Binary") {
			h.Write([]byte{isBinary})
			writeSized(h, a.Binary)
			continue
		}
		h.Write([]byte{isString})
		writeSized(h, []byte(a.String))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func writeSized(h hash.Hash, value []byte) {
	var size [4]byte
	binary.BigEndian.PutUint32(size[:], uint32(len(value)))
	h.Write(size[:])
	h.Write(value)
}
