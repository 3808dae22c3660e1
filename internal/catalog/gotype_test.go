package catalog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// goType returns the Go type of an event of the catalog.
func goType(source, detailType, name string) (string, bool) {
	e, _ := Lookup(source, detailType)
	return e.GoType(name)
}

func TestGoType(t *testing.T) {
	got, ok := goType("aws.s3", "Object Deleted", "ObjectDeleted")
	want := "// ObjectDeleted is the detail of aws.s3's event \"Object Deleted\".\n" +
		"type ObjectDeleted struct {\n" +
		"\tBucket ObjectDeletedBucket `json:\"bucket,omitzero\"`\n" +
		"\t// DeletionType is \"Delete Marker Created\" or \"Permanently Deleted\".\n" +
		"\tDeletionType string              `json:\"deletion-type,omitempty\"`\n" +
		"\tEventVersion string              `json:\"event-version,omitempty\"`\n" +
		"\tObject       ObjectDeletedObject `json:\"object,omitzero\"`\n" +
		"\t// Reason is \"DeleteObject\" or \"Lifecycle Expiration\".\n" +
		"\tReason          string `json:\"reason,omitempty\"`\n" +
		"\tRequestID       string `json:\"request-id,omitempty\"`\n" +
		"\tRequester       string `json:\"requester,omitempty\"`\n" +
		"\tSourceIPAddress string `json:\"source-ip-address,omitempty\"`\n" +
		"\tVersion         string `json:\"version,omitempty\"`\n" +
		"}\n" +
		"\n" +
		"// ObjectDeletedBucket is ObjectDeleted's field bucket.\n" +
		"type ObjectDeletedBucket struct {\n" +
		"\tAWSGeneratedTags map[string]string `json:\"aws-generated-tags,omitempty\"`\n" +
		"\tName             string            `json:\"name,omitempty\"`\n" +
		"}\n" +
		"\n" +
		"// ObjectDeletedObject is ObjectDeleted's field object.\n" +
		"type ObjectDeletedObject struct {\n" +
		"\tEtag      string  `json:\"etag,omitempty\"`\n" +
		"\tKey       string  `json:\"key,omitempty\"`\n" +
		"\tSequencer string  `json:\"sequencer,omitempty\"`\n" +
		"\tSize      float64 `json:\"size,omitempty\"`\n" +
		"\tVersionID string  `json:\"version-id,omitempty\"`\n" +
		"}\n"
	if !ok || got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestGoTypeRefuses(t *testing.T) {
	tests := []struct{ source, detailType, name string }{
		{"aws.ec2", APICall, "not a name"}, {"aws.ec2", APICall, ""}, {"aws.ec2", APICall, "type"},
	}
	for _, tt := range tests {
		if got, ok := goType(tt.source, tt.detailType, tt.name); ok || got != "" {
			t.Errorf("GoType(%s, %s, %s) =\n%s", tt.source, tt.detailType, tt.name, got)
		}
	}
}

func TestGoTypeKinds(t *testing.T) {
	tests := []struct{ source, detailType, want string }{
		{"aws.tag", "Tag Change on Resource", "Tags               map[string]string `json:\"tags,omitempty\"`"},
		{"aws.ecs", "ECS Task State Change", "Containers           []DetailContainer `json:\"containers,omitempty\"`"},
		{"aws.ecs", "ECS Task State Change", "// DetailContainer is an element of Detail's field containers."},
		{"aws.codepipeline", "CodePipeline Stage Execution State Change", "json.RawMessage `json:\"version,omitempty\"`"},
		{"aws.sagemaker", "SageMaker Human Task Created", "// Its fields aren't known.\ntype Detail = json.RawMessage"},
		{"aws.states", "Step Functions Execution Status Change", "StartDate              int64 "},
		{"aws.autoscaling", "EC2 Instance Launch Successful", "AvailabilityZone string            `json:\"Availability Zone,omitempty\"`"},
		{"aws.kms", APICall, "// Type is \"AWSAccount\", \"AWSService\","},
	}
	for _, tt := range tests {
		got, _ := goType(tt.source, tt.detailType, "Detail")
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: no %s in\n%s", tt.detailType, tt.want, got)
		}
	}
}

// TestEveryGoTypeCompiles type-checks the Go type of every event.
func TestEveryGoTypeCompiles(t *testing.T) {
	config := types.Config{Importer: onlyJSON{}}
	for _, s := range Sources() {
		for _, d := range DetailTypes(s) {
			if IsCloudTrail(d) && s != "aws.ec2" {
				continue // one record for all
			}
			src, ok := goType(s, d, "Detail")
			if !ok {
				t.Errorf("%s %q has no Go type", s, d)
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, "x.go", "package p\nimport \"encoding/json\"\nvar _ json.RawMessage\n"+src, 0)
			if err != nil {
				t.Fatalf("%s %q: %v\n%s", s, d, err, src)
			}
			if _, err := config.Check("p", fset, []*ast.File{file}, nil); err != nil {
				t.Errorf("%s %q: %v\n%s", s, d, err, src)
			}
		}
	}
}

// onlyJSON imports an encoding/json with nothing but RawMessage.
type onlyJSON struct{}

func (onlyJSON) Import(string) (*types.Package, error) {
	json := types.NewPackage("encoding/json", "json")
	name := types.NewTypeName(token.NoPos, json, "RawMessage", nil)
	types.NewNamed(name, types.NewSlice(types.Typ[types.Byte]), nil)
	json.Scope().Insert(name)
	json.MarkComplete()
	return json, nil
}

func TestGoName(t *testing.T) {
	tests := map[string]string{
		"instance-id": "InstanceID", "eventSourceArn": "EventSourceARN", "EC2InstanceId": "EC2InstanceID",
		"awsAccountId": "AWSAccountID", "source-ip-address": "SourceIPAddress", "sourceIPAddress": "SourceIPAddress",
		"gpuIds": "GPUIDs", "ARNs": "ARNs", "ipv6Address": "IPv6Address", "s3location": "S3location", "Availability Zone": "AvailabilityZone",
		"runningTime (sec)": "RunningTimeSec", "snapshot_id": "SnapshotID", "userAgent": "UserAgent", "CPUUtilization": "CPUUtilization",
		"md5sum": "Md5sum", "192.0.2.1": "Field192021", "": "Field", "-": "Field", "id": "ID", "ssmActivationId": "SSMActivationID",
	}
	for field, want := range tests {
		if got := GoName(field); got != want {
			t.Errorf("GoName(%q) = %s; want %s", field, got, want)
		}
	}
}

// FuzzGoName checks that every name, whatever is in the JSON, is an exported
// identifier.
func FuzzGoName(f *testing.F) {
	f.Add("instance-id")
	f.Add("日付")
	f.Add("\xff1")
	f.Fuzz(func(t *testing.T, field string) {
		if name := GoName(field); !token.IsIdentifier(name) || !token.IsExported(name) {
			t.Fatalf("GoName(%q) = %q", field, name)
		}
	})
}
