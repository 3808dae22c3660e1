package lint

import (
	"regexp"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// actionForm is the form of an IAM action, which may have wildcards. No name in CloudTrail's
// records has a colon.
var actionForm = regexp.MustCompile(`^([a-z0-9-]+):([A-Za-z][A-Za-z0-9*?]*)$`)

// actionCalls are the calls that IAM actions with other names allow, by eventSource (S3 user
// guide, using-with-s3-policy-actions; Lambda developer guide, lambda-api-permissions-ref).
var actionCalls = map[string]map[string]string{
	"lambda.amazonaws.com": {
		"InvokeFunction": "Invoke",
	},
	"s3.amazonaws.com": {
		"DeleteObjectVersion":         "DeleteObject",
		"GetObjectVersion":            "GetObject",
		"ListAllMyBuckets":            "ListBuckets",
		"ListBucket":                  "ListObjects",
		"ListBucketMultipartUploads":  "ListMultipartUploads",
		"ListBucketVersions":          "ListObjectVersions",
		"ListMultipartUploadParts":    "ListParts",
		"PutEncryptionConfiguration":  "PutBucketEncryption",
		"PutLifecycleConfiguration":   "PutBucketLifecycle",
		"PutReplicationConfiguration": "PutBucketReplication",
	},
}

// iamAction reports an IAM action with its service, such as ec2:RunInstances, in the place of
// the name of an API call.
func (c *recordCheck) iamAction(t pattern.Term, services []string) bool {
	text, whole := t.Begin()
	m := actionForm.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	if host := catalog.EventSourceOf(m[1]); len(services) == 0 && catalog.HasEventSource(host) {
		services = []string{host}
	}
	call := m[2]
	switch {
	case strings.ContainsAny(call, "*?"):
		call = ""
	case whole:
		call = callOf(call, services)
	}
	c.notACall(t, text, call)
	return true
}

// bareAction reports an IAM action without its service that no call is named like.
func (c *recordCheck) bareAction(t pattern.Term, services []string) bool {
	call := callOfAction(textOf(t), services)
	if call == "" || !t.Whole() {
		return false
	}
	c.notACall(t, textOf(t), call)
	return true
}

func (c *recordCheck) notACall(t pattern.Term, action, call string) {
	c.misspelled(t, diag.EventNameMisspelled, call, "%q is an IAM action, and CloudTrail records the names of API calls", action)
}

// callOf returns the call that an IAM action allows, without their service.
func callOf(action string, services []string) string {
	if call := callOfAction(action, services); call != "" {
		return call
	}
	if isCall(action, services) {
		return action
	}
	for _, s := range services {
		if m, ok := catalog.NearestCall(s, action); ok {
			return m.Word
		}
	}
	return action
}

// callOfAction returns the call that an IAM action with another name allows, or "".
func callOfAction(action string, services []string) string {
	for _, s := range services {
		if call := actionCalls[s][action]; call != "" {
			return call
		}
	}
	return ""
}
