package payload

import "github.com/jobgen/jobgen/internal/jsonscan"

// Delivered returns the tokens of the events that a subscriber of a custom event bus
// delivers. The payload is an event, or a list with an element for each event; with
// metadata, each is an object whose member Data is the event (EventBridge user guide, pages
// eb-custom-bus-target-lambda and eb-custom-bus-transform). Delivered returns nil if the
// payload has another form, or if it contains no event at all.
//
// Enter with one of the tokens makes that event the payload.
func (p *Payload) Delivered() []int {
	var tokens []int
	switch p.tape.Kind(p.value) {
	case '{':
		tokens = []int{p.value}
	case '[':
		for i := jsonscan.First(p.value); i < p.tape.Next(p.value); i = p.tape.Next(i) {
			tokens = append(tokens, i)
		}
	}
	whole, found := p.value, false
	for i := range tokens {
		tokens[i] = p.dataOf(tokens[i])
		p.Enter(tokens[i])
		found = found || p.IsEvent() || p.Token(Rule) != 0
	}
	p.Enter(whole)
	if !found {
		return nil
	}
	return tokens
}

// dataOf returns the token of the event in an element with metadata. It returns the token
// of an element of another form unchanged.
func (p *Payload) dataOf(element int) int {
	data, metadata := p.member(element, "Data"), p.member(element, "SystemMetadata")
	if data == 0 || p.tape.Kind(metadata) != '{' {
		return element
	}
	return data
}

// WithoutText returns a copy of the payload in which the detail is the object {} in place of
// the string "{}". EventBridge Scheduler sends the string if a schedule has no input
// (aws/aws-lambda-dotnet#1864). WithoutText returns nil for another payload.
func (p *Payload) WithoutText() []byte {
	const text, object = `"{}"`, ` {} `
	token := p.Token(Detail)
	if string(p.Raw(Detail)) != text || p.Text(Source) != "aws.scheduler" || p.value != jsonscan.Root {
		return nil
	}
	data := append([]byte(nil), p.tape.Data...)
	copy(data[p.tape.Tokens[token].Start():], object)
	return data
}

// Record is a message in a batch of an SQS queue.
type Record struct {
	ID    []byte // the message id, as JSON
	Body  []byte
	Group string // the message group if the queue is a FIFO queue
}

// Records returns the messages of a batch that an event source mapping of an SQS queue
// sends (Lambda developer guide, page with-sqs). It returns nil for another payload.
func (p *Payload) Records() []Record {
	list := p.member(p.value, "Records")
	if p.tape.Kind(list) != '[' {
		return nil
	}
	var records []Record
	for i := jsonscan.First(list); i < p.tape.Next(list); i = p.tape.Next(i) {
		id, body := p.member(i, "messageId"), p.member(i, "body")
		if p.text(p.member(i, "eventSource")) != "aws:sqs" || p.tape.Kind(id) != '"' || p.tape.Kind(body) != '"' {
			return nil
		}
		records = append(records, Record{ID: p.tape.Raw(id), Body: unescaped(&p.tape, p.tape.Tokens[body]), Group: p.group(i)})
	}
	return records
}

// group returns the message group of a record of a FIFO queue. The name of such a queue
// ends with ".fifo" (SQS API reference, CreateQueue). Messages of other queues can have a
// group too, but it doesn't order them.
func (p *Payload) group(record int) string {
	const suffix = ".fifo"
	arn := p.text(p.member(record, "eventSourceARN"))
	if len(arn) < len(suffix) || arn[len(arn)-len(suffix):] != suffix {
		return ""
	}
	return p.text(p.member(p.member(record, "attributes"), "MessageGroupId"))
}

// member returns the token of the value of an object's last member with a name, or 0.
func (p *Payload) member(object int, name string) (value int) {
	if p.tape.Kind(object) != '{' {
		return 0
	}
	for i := jsonscan.First(object); i < p.tape.Next(object); i = p.tape.Next(i + 1) {
		if string(unescaped(&p.tape, p.tape.Tokens[i])) == name {
			value = i + 1
		}
	}
	return value
}

// text returns the text of the string at a token. It returns "" for another value.
func (p *Payload) text(token int) string {
	if p.tape.Kind(token) != '"' {
		return ""
	}
	return string(unescaped(&p.tape, p.tape.Tokens[token]))
}
