package localaws

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Limits of Invoke (API_Invoke, page gettingstarted-limits).
const (
	maxSync       = 6 << 20
	maxAsync      = 1 << 20
	maxLog        = 4 << 10 // of the log that an answer has
	maxFunction   = 256
	maxQualifier  = 128
	latest        = "$LATEST"
	synchronous   = "RequestResponse"
	asynchronous  = "Event"
	dryRun        = "DryRun"
	functionsPath = "/2015-03-31/functions/"
)

// The patterns of the model.
var (
	functionPattern = newPattern(
		`(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`,
		`(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?(?P<name>[a-zA-Z0-9\-_.]+)(:(?P<qualifier>\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9\-_]+))?`)
	qualifierPattern = newPattern(`\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`, `\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9\-_$]+`)
)

// invocation is a request for Invoke.
type invocation struct {
	name, qualifier string // of the function
	kind            string // InvocationType
	tail            bool   // whether the answer has the log's end
	payload         []byte
}

// invokePath matches the path of Invoke. The name may be an ARN, with its colons escaped.
var invokePath = regexp.MustCompile(`^` + functionsPath + `([^/]+)/invocations/?$`)

// serveLambda answers a request to Lambda.
func (h *handler) serveLambda(w http.ResponseWriter, r *http.Request) {
	name := invokePath.FindStringSubmatch(r.URL.EscapedPath())
	if name == nil || r.Method != http.MethodPost {
		writeLambdaError(w, h.unknown(lambda, r.Method+" "+r.URL.Path))
		return
	}
	// The limit of the larger kind: an asynchronous invocation is checked afterwards.
	body, fits, err := readBody(r, maxSync)
	if err != nil {
		writeLambdaError(w, &apiError{Code: "InvalidRequestContentException", Message: "Could not read the request's body: " + err.Error()})
		return
	}
	inv, err := h.readInvocation(r, name[1], body, fits)
	if err != nil {
		writeLambdaError(w, lambdaError(err))
		return
	}
	h.invoke(w, r, inv)
}

// writeLambdaError writes an error. The member Type is in the model of each.
func writeLambdaError(w http.ResponseWriter, e *apiError) {
	status := e.status()
	message := "message"
	switch e.Code {
	case codeNotFound:
		status, message = http.StatusNotFound, "Message" // as in the model
	case codeUnknown:
		status = http.StatusNotFound
	}
	kind := "User"
	if status >= http.StatusInternalServerError {
		kind = "Service"
	}
	w.Header().Set("X-Amzn-Errortype", e.Code)
	writeJSON(w, restJSON, status, map[string]string{"Type": kind, message: e.Message})
}

// lambdaError returns an error as Lambda reports it.
func lambdaError(err error) *apiError {
	if errors.Is(err, ErrBusy) || errors.Is(err, ErrThrottled) {
		return &apiError{Code: "TooManyRequestsException", Status: http.StatusTooManyRequests, Message: "Rate Exceeded: " + err.Error() + "."}
	}
	return asAPIError(err, "ServiceException")
}

// readInvocation checks a request for Invoke.
func (h *handler) readInvocation(r *http.Request, escaped string, body []byte, fits bool) (*invocation, error) {
	given, err := url.PathUnescape(escaped)
	if err != nil {
		given = escaped
	}
	kind, logType := header(r, "X-Amz-Invocation-Type"), header(r, "X-Amz-Log-Type")
	query := r.URL.Query()
	qualifier := parameter(query, "Qualifier")
	var check constraints
	check.length("functionName", &given, 1, maxFunction)
	check.matches("functionName", &given, functionPattern)
	check.enum("invocationType", kind, asynchronous, synchronous, dryRun)
	check.enum("logType", logType, "None", "Tail")
	check.length("qualifier", qualifier, 1, maxQualifier)
	check.matches("qualifier", qualifier, qualifierPattern)
	if err := check.err(); err != nil {
		return nil, err
	}
	inv := &invocation{kind: synchronous, tail: value(logType) == "Tail", payload: body}
	if kind != nil {
		inv.kind = *kind
	}
	if err := inv.setFunction(given, qualifier); err != nil {
		return nil, err
	}
	return inv, inv.checkPayload(fits)
}

// header returns a header of a request, or nil.
func header(r *http.Request, name string) *string {
	given := r.Header.Get(name)
	if given == "" {
		return nil
	}
	return &given
}

// setFunction reads the function's name, which may be an ARN or a part of one, and the
// qualifier, which may be a part of it or a parameter.
func (inv *invocation) setFunction(given string, qualifier *string) error {
	re := functionPattern.re
	parts := re.FindStringSubmatch(given)
	inv.name, inv.qualifier = parts[re.SubexpIndex("name")], parts[re.SubexpIndex("qualifier")]
	switch {
	case qualifier == nil:
	case inv.qualifier != "" && inv.qualifier != *qualifier:
		return &apiError{Code: "InvalidParameterValueException", Message: fmt.Sprintf("The derived qualifier from the function name does not match the specified qualifier: %s and %s.", inv.qualifier, *qualifier)}
	default:
		inv.qualifier = *qualifier
	}
	return nil
}

// checkPayload checks the size of a payload, and that it is JSON. Without a payload, the
// function gets an empty object.
//
// The model calls the error of a payload that is too large RequestTooLargeException. AWS answers
// with RequestEntityTooLargeException.
func (inv *invocation) checkPayload(fits bool) error {
	limit := maxSync
	if inv.kind == asynchronous {
		limit = maxAsync
	}
	if !fits || len(inv.payload) > limit {
		return &apiError{
			Code: codeTooLarge, Status: http.StatusRequestEntityTooLarge,
			Message: fmt.Sprintf("Request must be smaller than %d bytes for the InvokeFunction operation", limit),
		}
	}
	if len(inv.payload) == 0 {
		inv.payload = []byte("{}")
	}
	if err := json.Unmarshal(inv.payload, new(json.RawMessage)); err != nil {
		return &apiError{Code: "InvalidRequestContentException", Message: "Could not parse request body into json: Could not parse payload into json: " + err.Error()}
	}
	return nil
}

// invoke calls the function and writes the answer.
func (h *handler) invoke(w http.ResponseWriter, r *http.Request, inv *invocation) {
	c, err := h.newCall(r)
	if err != nil {
		writeLambdaError(w, lambdaError(err))
		return
	}
	function, err := c.function(inv)
	if err != nil {
		writeLambdaError(w, lambdaError(err))
		return
	}
	switch inv.kind {
	case dryRun:
		w.Header().Set("X-Amz-Executed-Version", latest)
		w.WriteHeader(http.StatusNoContent)
	case asynchronous:
		if err := h.backend.InvokeAsync(function, inv.payload); err != nil {
			writeLambdaError(w, lambdaError(err))
			return
		}
		w.WriteHeader(http.StatusAccepted)
	default:
		result, err := h.backend.Invoke(r.Context(), function, inv.payload)
		if err != nil {
			writeLambdaError(w, lambdaError(err))
			return
		}
		result.write(w, inv.tail)
	}
}

// write writes the result of a synchronous invocation.
func (r *Result) write(w http.ResponseWriter, withLog bool) {
	header := w.Header()
	header.Set("X-Amz-Executed-Version", latest)
	if r.FunctionError != "" {
		header.Set("X-Amz-Function-Error", r.FunctionError)
	}
	if withLog {
		header.Set("X-Amz-Log-Result", base64.StdEncoding.EncodeToString(tail(r.Log)))
	}
	header.Set("Content-Type", restJSON)
	_, _ = w.Write(r.Payload)
}

// function returns the backend's name of the function.
func (c *call) function(inv *invocation) (string, error) {
	f, ok := c.stack.Function(inv.name)
	if ok && (inv.qualifier == "" || inv.qualifier == latest || inv.qualifier == f.Qualifier) {
		return f.Name, nil
	}
	resource := "function:" + inv.name
	if inv.qualifier != "" {
		resource += ":" + inv.qualifier
	}
	return "", notFound("Function not found: %s", c.arn("lambda", resource))
}

// tail returns the last 4 KB of a log (API_Invoke, X-Amz-Log-Result).
func tail(log []byte) []byte {
	if len(log) > maxLog {
		return log[len(log)-maxLog:]
	}
	return log
}

// FunctionARN returns the ARN of a function.
func FunctionARN(region, account, name string) string {
	return strings.Join([]string{"arn:aws:lambda", region, account, "function", name}, ":")
}
