package localaws

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
)

// serveUnknown answers a request that none of the services has, such as one for another service
// of AWS.
func (h *handler) serveUnknown(w http.ResponseWriter, r *http.Request) {
	body, _, _ := readBody(r, maxBody)
	service := signedFor(r)
	if action := queryAction(r, body); action != "" {
		writeQueryError(w, h.unknown(service, action))
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/service/"); ok && r.Header.Get("Smithy-Protocol") != "" {
		// RPC v2 has the service and the operation in the path.
		target, operation, _ := strings.Cut(name, "/operation/")
		service = target
		writeUnknown(w, h.unknown(service, operation+" in "+r.Header.Get("Smithy-Protocol")))
		return
	}
	writeUnknown(w, h.unknown(service, r.Method+" "+r.URL.Path))
}

func writeUnknown(w http.ResponseWriter, e *apiError) {
	w.Header().Set("X-Amzn-Errortype", e.Code)
	writeJSON(w, restJSON, http.StatusNotFound, map[string]string{"__type": e.Code, "message": e.Message})
}

// signedFor returns the name of the service that a request is signed for: in the Authorization
// header of Signature Version 4, Credential=KEY/DATE/REGION/SERVICE/aws4_request.
func signedFor(r *http.Request) string {
	_, rest, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	scope, _, _ := strings.Cut(rest, ",")
	const service = 3
	if parts := strings.Split(scope, "/"); len(parts) > service {
		return parts[service]
	}
	return "AWS"
}

// queryAction returns the operation of a request in the query protocol, or "".
func queryAction(r *http.Request, body []byte) string {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return ""
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return ""
	}
	return form.Get("Action")
}

// writeQueryError writes an error in the query protocol, whose code for an operation that doesn't
// exist is InvalidAction.
func writeQueryError(w http.ResponseWriter, e *apiError) {
	type detail struct {
		Type, Code, Message string
	}
	body, _ := xml.Marshal(struct {
		XMLName   xml.Name `xml:"ErrorResponse"`
		Error     detail
		RequestID string `xml:"RequestId"`
	}{Error: detail{"Sender", "InvalidAction", e.Message}, RequestID: w.Header().Get("X-Amzn-Requestid")}) // can't fail
	w.Header().Set("Content-Type", "text/xml")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = w.Write(body)
}
