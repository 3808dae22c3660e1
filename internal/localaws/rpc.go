package localaws

import (
	"net/http"
	"strings"
)

// rpc is a service that speaks AWS JSON.
type rpc struct {
	service    string
	version    string // of the protocol
	operations map[string]operation
}

// serveTarget answers a request in AWS JSON.
func (h *handler) serveTarget(w http.ResponseWriter, r *http.Request, target string) {
	prefix, name, _ := strings.Cut(target, ".")
	service, ok := targets[prefix]
	if !ok {
		// Another service of AWS, whose protocol is AWS JSON too.
		service = &rpc{service: prefix, version: "1.1"}
	}
	contentType := "application/x-amz-json-" + service.version
	result, err := h.callTarget(service, name, r)
	if err == nil {
		writeJSON(w, contentType, http.StatusOK, result)
		return
	}
	known := asAPIError(err, service.internal())
	kind := known.Code
	if known.Query != "" {
		// A query fault that the model doesn't have is of the type Sender (smithy.io, trait
		// awsQueryError).
		w.Header().Set("X-Amzn-Query-Error", known.Query+";"+fault(known))
	}
	if service.version == "1.0" {
		// AWS JSON 1.0 has the namespace of the type, 1.1 doesn't.
		kind = namespace(known) + "#" + kind
	}
	writeJSON(w, contentType, known.status(), map[string]string{"__type": kind, "message": known.Message})
}

// namespace returns the namespace of SQS's errors, or that of errors of the protocol.
func namespace(e *apiError) string {
	switch e.Code {
	case codeSerialization, codeUnknown, codeTooLarge:
		return "com.amazon.coral.service"
	}
	return "com.amazonaws.sqs"
}

// internal is the code of the service's internal errors.
func (s *rpc) internal() string {
	if s.service == sqs {
		return "InternalError"
	}
	return "InternalException"
}

func fault(e *apiError) string {
	if e.status() >= http.StatusInternalServerError {
		return "Receiver"
	}
	return "Sender"
}

func (h *handler) callTarget(service *rpc, name string, r *http.Request) (any, error) {
	body, fits, err := readBody(r, maxBody)
	if err != nil {
		return nil, serialization("The request's body can't be read: %v.", err)
	}
	run, ok := service.operations[name]
	if !ok {
		return nil, h.unknown(service.service, name)
	}
	if !fits {
		return nil, &apiError{Code: codeTooLarge, Status: http.StatusRequestEntityTooLarge, Message: "The request is larger than 10 MB."}
	}
	in, err := parseInput(body)
	if err != nil {
		return nil, err
	}
	c, err := h.newCall(r)
	if err != nil {
		return nil, err
	}
	return run(c, in)
}
