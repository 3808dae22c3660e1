package localaws_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// A model is the description of a service that botocore has, which AWS makes from its own.
type model struct {
	Operations map[string]struct {
		Output *reference
		Errors []reference
	}
	Shapes map[string]*shape
}

type reference struct {
	Shape        string
	Location     string // header, statusCode; "" for the body
	LocationName string
}

type shape struct {
	Type       string
	Required   []string
	Members    map[string]reference
	Member     *reference // of a list
	Key, Value *reference // of a map
	Enum       []string
	Min, Max   *float64
	Pattern    string
	Payload    string // the member that is the whole body
	Error      struct{ HTTPStatusCode int }
	Exception  bool
}

// needTool skips a test without a tool that it needs. In CI it fails.
func needTool(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s: %v", what, err)
	}
	t.Skipf("%s: %v", what, err)
}

// loadModel reads a service's model from the machine's botocore.
func loadModel(t *testing.T, service string) *model {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "python3", "-c", "import botocore; print(botocore.__path__[0])").Output()
	needTool(t, "the models are those of botocore, which pip installs with awscli", err)
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "data", service, "*", "service-2.json.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("botocore has no model of %s", service)
	}
	// The newest: CloudWatch Events, the older name, has the same operations.
	data, err := os.ReadFile(files[len(files)-1])
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	m := new(model)
	if err := json.NewDecoder(unzipped).Decode(m); err != nil {
		t.Fatal(err)
	}
	return m
}

// check compares a value with a shape and returns the differences.
func (m *model) check(path, name string, v any) error {
	s := m.Shapes[name]
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%s: %s (shape %s)", path, fmt.Sprintf(format, args...), name)
	}
	switch s.Type {
	case "structure":
		object, ok := v.(map[string]any)
		if !ok {
			return fail("%v is no object", v)
		}
		return m.checkMembers(path, s, object, func(r reference) bool { return r.Location == "" })
	case "list":
		return m.checkList(path, s, v, fail)
	case "map":
		object, ok := v.(map[string]any)
		if !ok {
			return fail("%v is no object", v)
		}
		var errs []error
		for key, value := range object {
			errs = append(errs, m.check(path+" key", s.Key.Shape, key), m.check(path+"."+key, s.Value.Shape, value))
		}
		return errors.Join(errs...)
	case "string":
		text, ok := v.(string)
		if !ok {
			return fail("%v is no string", v)
		}
		return s.checkText(text, fail)
	case "integer", "long", "timestamp", "double":
		n, ok := v.(float64)
		if !ok {
			return fail("%v is no number", v)
		}
		return s.checkRange(n, fail)
	case "boolean":
		if _, ok := v.(bool); !ok {
			return fail("%v is no boolean", v)
		}
		return nil
	}
	return fail("the test doesn't know the type %s", s.Type)
}

func (m *model) checkMembers(path string, s *shape, object map[string]any, inBody func(reference) bool) error {
	var errs []error
	for key, value := range object {
		member, ok := s.Members[key]
		if !ok || !inBody(member) {
			errs = append(errs, fmt.Errorf("%s: the model has no member %s", path, key))
			continue
		}
		errs = append(errs, m.check(path+"."+key, member.Shape, value))
	}
	for _, name := range s.Required {
		if _, ok := object[name]; !ok && inBody(s.Members[name]) {
			errs = append(errs, fmt.Errorf("%s: the required member %s is missing", path, name))
		}
	}
	return errors.Join(errs...)
}

func (m *model) checkList(path string, s *shape, v any, fail func(string, ...any) error) error {
	list, ok := v.([]any)
	if !ok {
		return fail("%v is no list", v)
	}
	errs := []error{s.checkRange(float64(len(list)), fail)}
	for i, element := range list {
		errs = append(errs, m.check(fmt.Sprintf("%s[%d]", path, i), s.Member.Shape, element))
	}
	return errors.Join(errs...)
}

func (s *shape) checkRange(n float64, fail func(string, ...any) error) error {
	if s.Min != nil && n < *s.Min || s.Max != nil && n > *s.Max {
		return fail("%v is out of range", n)
	}
	return nil
}

func (s *shape) checkText(text string, fail func(string, ...any) error) error {
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, text) {
		return fail("%q is none of %v", text, s.Enum)
	}
	if err := s.checkRange(float64(utf8.RuneCountInString(text)), fail); err != nil {
		return err
	}
	if s.Pattern == "" {
		return nil
	}
	// In a class, Java takes a hyphen after a range literally.
	re, err := regexp.Compile(`^(?:` + strings.ReplaceAll(s.Pattern, `Z-_`, `Z\-_`) + `)$`)
	if err == nil && !re.MatchString(text) {
		return fail("%q doesn't match %s", text, s.Pattern)
	}
	return err
}

// checkOutput compares the answer to an operation with its output shape.
func (m *model) checkOutput(operation string, r answer, body []byte) error {
	s := m.Shapes[m.Operations[operation].Output.Shape]
	if s.Payload == "" {
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			return err
		}
		return m.check(operation, m.Operations[operation].Output.Shape, v)
	}
	return m.checkHeaders(s, r)
}

// checkHeaders compares an answer's headers with a shape. All headers that begin with X-Amz-
// are members.
func (m *model) checkHeaders(s *shape, r answer) error {
	members := map[string]reference{}
	for _, member := range s.Members {
		if member.Location == "header" {
			members[http.CanonicalHeaderKey(member.LocationName)] = member
		}
	}
	var errs []error
	for name := range r.Header {
		if !strings.HasPrefix(name, "X-Amz-") {
			continue
		}
		member, ok := members[name]
		if !ok {
			errs = append(errs, fmt.Errorf("the model has no header %s", name))
			continue
		}
		errs = append(errs, m.check(name, member.Shape, r.Header.Get(name)))
	}
	return errors.Join(errs...)
}

// checkError compares an error of an operation with the shapes of its errors. protocol is the
// form of an error in the service's protocol.
func (m *model) checkError(operation, code string, status int, body []byte) error {
	var members map[string]any
	if err := json.Unmarshal(body, &members); err != nil {
		return fmt.Errorf("the error's body: %w", err)
	}
	delete(members, "__type")
	i := slices.IndexFunc(m.Operations[operation].Errors, func(r reference) bool { return r.Shape == code })
	if i < 0 {
		if !slices.Contains(notInModel[operation], code) {
			return fmt.Errorf("%s has no error %s", operation, code)
		}
		return nil
	}
	s := m.Shapes[code]
	want := s.Error.HTTPStatusCode
	if want == 0 {
		want = http.StatusBadRequest
	}
	var errs []error
	if status != want {
		errs = append(errs, fmt.Errorf("%s has the status %d, want %d", code, status, want))
	}
	if len(s.Members) == 0 {
		// EventBridge's errors have no members in the model, but a message.
		delete(members, "message")
	}
	return errors.Join(append(errs, m.check(code, code, members))...)
}

// notInModel are errors that AWS's services have and the models don't. Errors of the protocol
// are common to all operations (API reference of EventBridge, CommonErrors). SQS's codes are
// those of its API reference, SendMessage.
var notInModel = map[string][]string{
	"PutEvents":         {"ValidationException", "SerializationException", "RequestEntityTooLargeException", "ServiceUnavailable"},
	"TestEventPattern":  {"ValidationException", "SerializationException"},
	"ListRules":         {"ValidationException", "SerializationException"},
	"DescribeRule":      {"ValidationException", "SerializationException"},
	"ListTargetsByRule": {"ValidationException", "SerializationException"},
	"ListSchedules":     {"SerializationException"},
	"SendMessage":       {"InvalidParameterValue", "MissingParameter", "SerializationException"},
	"GetQueueUrl":       {"MissingParameter", "SerializationException"},
	"Invoke":            {"ValidationException", "RequestEntityTooLargeException"},
}

// errorCode returns the code of an error as an SDK finds it.
func errorCode(r answer, body []byte) string {
	code := r.Header.Get("X-Amzn-Errortype")
	if code == "" {
		var members struct {
			Type string `json:"__type"`
		}
		_ = json.Unmarshal(body, &members)
		code = members.Type
	}
	return code[strings.LastIndex(code, "#")+1:]
}

func decodeBase64(t *testing.T, text string) string {
	t.Helper()
	out, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
