package catalog

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// The detail-types of the events that CloudTrail delivers, which reach the
// default event bus only (EventBridge user guide, eb-service-event-cloudtrail).
// The guide's prose has "Signin"; the events have "Sign In".
const (
	APICall         = "AWS API Call via CloudTrail"
	ConsoleSignIn   = "AWS Console Sign In via CloudTrail"
	ConsoleAction   = "AWS Console Action via CloudTrail"
	ServiceEvent    = "AWS Service Event via CloudTrail"
	Insight         = "AWS Insight via CloudTrail"
	NetworkActivity = "AWS Network Activity Event via CloudTrail"
)

var cloudTrailDetailTypes = []string{APICall, ConsoleAction, ConsoleSignIn, Insight, NetworkActivity, ServiceEvent}

// CloudTrailDetailTypes returns the detail-types of the events that CloudTrail
// delivers, sorted.
func CloudTrailDetailTypes() []string { return slices.Clone(cloudTrailDetailTypes) }

// IsCloudTrail reports whether CloudTrail delivers the events of a detail-type.
func IsCloudTrail(detailType string) bool { return slices.Contains(cloudTrailDetailTypes, detailType) }

// Record is CloudTrail's record: the detail of every event that CloudTrail delivers
// (CloudTrail user guide, cloudtrail-event-reference-record-contents). The parameters
// and the response differ from call to call, so these objects are open.
func Record() *Field { return record() }

// recordWith returns the record with the fields that are known of one source's records.
// They replace the record's fields of the same names.
func recordWith(detail *Field) *Field {
	if len(detail.Fields) == 0 {
		return Record()
	}
	r := *Record()
	r.Fields = slices.Clone(r.Fields)
	for _, f := range detail.Fields {
		if known := r.Field(f.Name); known != nil {
			f.Null = known.Null
		}
		r.Add(f)
	}
	return &r
}

var record = sync.OnceValue(func() *Field {
	f, err := schema.ParseFields(recordText, 0)
	if err != nil {
		panic(fmt.Sprintf("catalog: the embedded CloudTrail record is broken: %v", err))
	}
	f.MakeSure()
	return f
})

// eventSourceSuffix ends every CloudTrail event source.
const eventSourceSuffix = ".amazonaws.com"

// SourceOf returns the source under which CloudTrail's events of an eventSource
// arrive: "aws.ec2" for "ec2.amazonaws.com". It is "aws." and the first label,
// in every pair of the AWS Events Reference.
func SourceOf(eventSource string) string {
	label, _, _ := strings.Cut(eventSource, ".")
	return Prefix + label
}

// EventSourceOf returns the CloudTrail eventSource of the events that arrive
// under a source: "ec2.amazonaws.com" for "aws.ec2".
func EventSourceOf(source string) string {
	return strings.TrimPrefix(source, Prefix) + eventSourceSuffix
}
