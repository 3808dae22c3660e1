package localaws

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"
)

// maxBody is the largest body in bytes that is read. A request with the largest event or
// message is smaller, even if each of its characters is escaped.
const maxBody = 10 << 20

// readBody reads a body of at most limit bytes. It reads a larger one to the end, because a
// client that can't finish its request doesn't read the answer.
func readBody(r *http.Request, limit int) (body []byte, fits bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r.Body, int64(limit)+1))
	if err != nil {
		return nil, true, err
	}
	_, err = io.Copy(io.Discard, r.Body)
	return body, len(body) <= limit, err
}

// input is the JSON object of a request. Its methods return the values of fields: nil for a
// field that is missing or null. The first value of a wrong type is an error, which all inputs
// of a request share. Names are case-sensitive, and unknown fields are ignored, as AWS does.
type input struct {
	path   string // of the object in the request, for messages
	fields map[string]json.RawMessage
	err    *error
}

// parseInput parses the body of a request.
func parseInput(body []byte) (*input, error) {
	in := &input{err: new(error)}
	if err := json.Unmarshal(body, &in.fields); err != nil {
		if json.Valid(body) {
			return nil, serialization("The request is an object, not %s.", article(kindOf(bytes.TrimSpace(body))))
		}
		return nil, serialization("The request is not valid JSON: %v.", err)
	}
	return in, nil
}

func serialization(format string, args ...any) *apiError {
	return &apiError{Code: codeSerialization, Message: fmt.Sprintf(format, args...)}
}

// get decodes a field into a value. It reports whether the field has one.
func (in *input) get(name, kind string, value any) bool {
	raw := in.fields[name]
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) || *in.err != nil {
		return false
	}
	if err := json.Unmarshal(raw, value); err != nil {
		*in.err = serialization("%s is %s, not %s.", in.path+name, article(kind), article(kindOf(raw)))
		return false
	}
	return true
}

func (in *input) text(name string) *string {
	var value string
	if !in.get(name, "string", &value) {
		return nil
	}
	return &value
}

func (in *input) integer(name string) *int {
	var value int32
	if !in.get(name, "integer", &value) {
		return nil
	}
	n := int(value)
	return &n
}

// time returns a time, which AWS JSON writes as seconds since 1970.
func (in *input) time(name string) *time.Time {
	var value float64
	if !in.get(name, "number of seconds since 1970", &value) {
		return nil
	}
	whole, fraction := math.Modf(value)
	t := time.Unix(int64(whole), int64(fraction*1e9)).UTC()
	// Years have four digits in events.
	if value < minSeconds || value > maxSeconds {
		*in.err = serialization("%s is a number of seconds since 1970, and %v is out of range.", in.path+name, value)
		return nil
	}
	return &t
}

// The first and the last second of the years 0 to 9999.
var (
	minSeconds = float64(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Unix())
	maxSeconds = float64(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix())
)

func (in *input) blob(name string) []byte {
	text := in.text(name)
	if text == nil {
		return nil
	}
	value, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		*in.err = serialization("%s is not valid Base64: %v.", in.path+name, err)
		return nil
	}
	return value
}

// list returns the objects of a list, or nil. ok is false if there is no list.
func (in *input) list(name string) (objects []*input, ok bool) {
	var raw []json.RawMessage
	if !in.get(name, "list", &raw) {
		return nil, false
	}
	for i, element := range raw {
		o := &input{path: in.path + name + "[" + strconv.Itoa(i) + "].", err: in.err}
		if json.Unmarshal(element, &o.fields) != nil {
			*in.err = serialization("%s is an object, not %s.", o.path[:len(o.path)-1], article(kindOf(element)))
			return nil, false
		}
		objects = append(objects, o)
	}
	return objects, true
}

// texts returns the strings of a list.
func (in *input) texts(name string) []string {
	var value []string
	in.get(name, "list of strings", &value)
	return value
}

// objects returns the objects of a map.
func (in *input) objects(name string) map[string]*input {
	var raw map[string]json.RawMessage
	if !in.get(name, "object", &raw) {
		return nil
	}
	objects := map[string]*input{}
	for key, element := range raw {
		o := &input{path: in.path + name + "." + key + ".", err: in.err}
		if json.Unmarshal(element, &o.fields) != nil {
			*in.err = serialization("%s is an object, not %s.", o.path[:len(o.path)-1], article(kindOf(element)))
			return nil
		}
		objects[key] = o
	}
	return objects
}

// kindOf names the kind of a JSON value.
func kindOf(raw []byte) string {
	switch raw[0] {
	case '{':
		return "object"
	case '[':
		return "list"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

// article puts an article before the name of a kind.
func article(kind string) string {
	switch kind {
	case "null":
		return kind
	case "object", "integer":
		return "an " + kind
	}
	return "a " + kind
}

// failed returns the first error of the request's inputs, or nil.
func (in *input) failed() error { return *in.err }
