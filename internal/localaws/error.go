package localaws

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// apiError is an error of a service, as clients see it.
type apiError struct {
	Code    string
	Status  int // 0 is 400
	Message string
	// Query is the code of the same error in the query protocol. SQS sends it too, because its
	// clients know the older codes (smithy.io, trait awsQueryCompatible).
	Query string
}

func (e *apiError) Error() string { return e.Code + ": " + e.Message }

func (e *apiError) status() int {
	if e.Status == 0 {
		return http.StatusBadRequest
	}
	return e.Status
}

// asAPIError returns an error of a backend as one that the service reports.
func asAPIError(err error, internal string) *apiError {
	if known, ok := errors.AsType[*apiError](err); ok {
		return known
	}
	return &apiError{Code: internal, Status: http.StatusInternalServerError, Message: err.Error()}
}

// Codes that several services have (API reference of EventBridge, CommonErrors).
const (
	codeValidation    = "ValidationException"
	codeSerialization = "SerializationException"
	codeUnknown       = "UnknownOperationException"
	codeTooLarge      = "RequestEntityTooLargeException"
	codeNotFound      = "ResourceNotFoundException"
)

func notFound(format string, args ...any) *apiError {
	return &apiError{Code: codeNotFound, Message: fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) *apiError {
	return &apiError{Code: codeValidation, Message: fmt.Sprintf(format, args...)}
}

// unknown returns the error for an operation that the handler doesn't have, and reports it.
func (h *handler) unknown(service, name string) *apiError {
	h.options.Unknown(service, name)
	return &apiError{
		Code:    codeUnknown,
		Message: fmt.Sprintf("jobgen dev doesn't have the operation %s of %s.", name, service),
	}
}

// writeJSON writes an answer. A nil value has no body.
func writeJSON(w http.ResponseWriter, contentType string, status int, value any) {
	var body []byte
	if value != nil {
		body = encode(value)
	}
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// encode returns a value as JSON. The values of this package can always be encoded.
func encode(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("localaws: %v", err))
	}
	return body
}
