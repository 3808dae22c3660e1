package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// TestEmbeddedSize holds the promise that the events and calls of the catalog add less than
// 200 KB to the command, and IAM's actions less than 100 KB.
func TestEmbeddedSize(t *testing.T) {
	if size := len(packedEvents) + len(packedCalls) + len(recordText); size >= 200_000 {
		t.Errorf("the embedded data has %d bytes; it must stay under 200,000", size)
	}
	if size := len(packedActions); size >= 100_000 {
		t.Errorf("the embedded actions have %d bytes; they must stay under 100,000", size)
	}
}

// TestNothingIsLost compares with what the pinned sources alone have.
func TestNothingIsLost(t *testing.T) {
	if got := len(calls()); got < 362 {
		t.Errorf("%d event sources; the pinned botocore alone has 362", got)
	}
	names := 0
	for source := range calls() {
		names += len(Calls(source))
	}
	if names < 17_970 {
		t.Errorf("%d API calls; the pinned botocore alone has 17,970", names)
	}
	events := 0
	for _, s := range Sources() {
		events += len(indexedEvents(s))
	}
	if events < 1_000 {
		t.Errorf("%d events; the overlay alone brought more than 600 to the package's 378", events)
	}
}

func indexedEvents(source string) []schema.Block { return events().sources[source].events }

func TestSources(t *testing.T) {
	for _, s := range []string{"aws.ec2", "aws.cloudwatch", "aws.monitoring", "aws.signin", "aws.tag", "aws.sqs", "aws.macie", "aws.private-marketplace"} {
		if !HasSource(s) {
			t.Errorf("%s is unknown", s)
		}
	}
	for _, s := range []string{"aws.ec3", "ec2", "com.example.orders", ""} {
		if HasSource(s) {
			t.Errorf("%q is known", s)
		}
	}
	if all := Sources(); !slices.IsSorted(all) || len(slices.Compact(all)) != len(Sources()) {
		t.Error("Sources isn't sorted, or names one twice")
	}
	all := Sources()
	all[0] = "changed"
	if Sources()[0] == "changed" {
		t.Error("a caller can change the catalog")
	}
}

func TestSource(t *testing.T) {
	tests := []struct {
		source, eventSource string
		detailTypes         []string // some of them
	}{
		{"aws.ec2", "ec2.amazonaws.com", []string{APICall, "EC2 Instance State-change Notification"}},
		{"aws.cloudwatch", "", []string{"CloudWatch Alarm State Change"}},
		{"aws.sqs", "sqs.amazonaws.com", []string{APICall}},
		{"aws.signin", "signin.amazonaws.com", []string{ConsoleSignIn}},
	}
	for _, tt := range tests {
		s, ok := Source(tt.source)
		if !ok || s.Source != tt.source || s.EventSource != tt.eventSource {
			t.Errorf("Source(%s) = %+v, %v", tt.source, s, ok)
		}
		for _, d := range tt.detailTypes {
			if !slices.Contains(s.DetailTypes, d) || !HasDetailType(tt.source, d) {
				t.Errorf("%s has no %q", tt.source, d)
			}
		}
		if !slices.IsSorted(s.DetailTypes) {
			t.Errorf("the detail-types of %s aren't sorted", tt.source)
		}
	}
	if _, ok := Source("aws.nothing"); ok || DetailTypes("aws.nothing") != nil {
		t.Error("an unknown source has nothing")
	}
}

func TestHasDetailType(t *testing.T) {
	tests := []struct {
		source, detailType string
		want               bool
	}{
		{"aws.ec2", "EC2 Instance State-change Notification", true},
		{"aws.ec2", "EC2 Instance State-Change Notification", false},
		{"aws.ecs", "EC2 Instance State-change Notification", false},
		{"aws.kms", ServiceEvent, true},
		{"aws.cloudwatch", APICall, false}, // its calls arrive under aws.monitoring
		{"aws.tag", APICall, false},
		{"aws.nothing", APICall, false},
	}
	for _, tt := range tests {
		if got := HasDetailType(tt.source, tt.detailType); got != tt.want {
			t.Errorf("HasDetailType(%s, %s) = %v", tt.source, tt.detailType, got)
		}
	}
}

func TestSourcesOf(t *testing.T) {
	if got := SourcesOf("Glue Job State Change"); !slices.Equal(got, []string{"aws.glue", "aws.glue-dataquality"}) {
		t.Errorf("sources of Glue's jobs: %q", got)
	}
	if got := SourcesOf(APICall); len(got) < 362 || slices.Contains(got, "aws.cloudwatch") {
		t.Errorf("API calls have %d sources", len(got))
	}
	if got := SourcesOf("Nothing Like It"); len(got) != 0 {
		t.Errorf("sources of nothing: %q", got)
	}
}

func TestNearest(t *testing.T) {
	source, _ := NearestSource("aws.eC2")
	if source.Word != "aws.ec2" {
		t.Errorf("aws.eC2: %+v", source)
	}
	if m, ok := NearestSource("aws.xyz"); ok {
		t.Errorf("aws.xyz is no near miss of %s", m.Word)
	}
	if m, _ := NearestSource("asw.guardduty"); m.Word != "aws.guardduty" {
		t.Errorf("asw.guardduty: %+v", m)
	}
	if m, _ := NearestSource("aws.ec"); len(m.Ties) < 2 || !strings.HasPrefix(m.Ties[0], Prefix) {
		t.Errorf("aws.ec is as near to several: %+v", m)
	}
	if m, _ := NearestDetailType("EC2 Instance State Change Notification", "aws.ec2"); m.Word != "EC2 Instance State-change Notification" || m.Distance != 0 {
		t.Errorf("detail-type: %+v", m)
	}
	if m, _ := NearestDetailType("ECS Task State Chnage"); m.Word != "ECS Task State Change" {
		t.Errorf("detail-type of any source: %+v", m)
	}
	if m, _ := NearestDetailType("AWS Console Signin via CloudTrail", "aws.signin"); m.Word != ConsoleSignIn {
		t.Errorf("the prose's Signin: %+v", m)
	}
	if m, _ := NearestEventSource("ec2.amazonaws.con"); m.Word != "ec2.amazonaws.com" {
		t.Errorf("eventSource: %+v", m)
	}
	if m, _ := NearestEventSource("gaurdduty.amazonaws.com"); m.Word != "guardduty.amazonaws.com" {
		t.Errorf("eventSource: %+v", m)
	}
}

func TestLookup(t *testing.T) {
	e, ok := Lookup("aws.ec2", "EC2 Instance State-change Notification")
	if !ok || e.CloudTrail || e.Source != "aws.ec2" {
		t.Fatalf("%+v, %v", e, ok)
	}
	want := "instance-id !string\nstate !string = pending running shutting-down stopped stopping terminated\n"
	if got := schema.FormatFields(e.Detail, 0); got != want {
		t.Errorf("fields\n%s", got)
	}
	if e, _ := Lookup("aws.ec2", ServiceEvent); !e.CloudTrail || e.Detail != Record() {
		t.Errorf("CloudTrail's record: %+v", e)
	}
	if _, ok := Lookup("aws.ec2", "Nothing"); ok {
		t.Error("an unknown event is known")
	}
}

func TestResolve(t *testing.T) {
	tests := []struct {
		source, detailType, path string
		known, open              bool
		kind                     Kind
		missing                  string
	}{
		{"aws.ec2", "EC2 Instance State-change Notification", "state", true, false, String, ""},
		{"aws.ec2", "EC2 Instance State-change Notification", "instanceId", false, false, 0, "instanceId"},
		{"aws.ec2", "EC2 Instance State-change Notification", "state.name", false, false, 0, "name"},
		{"aws.guardduty", "GuardDuty Finding", "severity", true, false, Number, ""},
		{"aws.ecs", "ECS Task State Change", "containers.exitCode", true, false, Number, ""},
		{"aws.ecs", "ECS Task State Change", "attachments.details.name", true, false, String, ""},
		{"aws.tag", "Tag Change on Resource", "tags.Owner", true, false, String, ""},
		{"aws.ec2", APICall, "requestParameters.ipPermissions.items.cidrIp", false, true, 0, "ipPermissions"},
		{"aws.ec2", APICall, "userIdentity.sessionContext.attributes.mfaAuthenticated", true, false, String, ""},
		{"aws.ec2", APICall, "userIdentity.nmae", false, false, 0, "nmae"},
		{"aws.config", "Config Configuration Item Change", "configurationItem.configuration.imageId", false, true, 0, "imageId"},
		{"aws.sagemaker", "SageMaker Human Task Created", "anything.at.all", false, true, 0, "anything"},
	}
	for _, tt := range tests {
		e, _ := Lookup(tt.source, tt.detailType)
		path := strings.Split(tt.path, ".")
		found := resolve(e.Detail, path...)
		if found.Known != tt.known || found.Open != tt.open {
			t.Errorf("%s %s: %+v", tt.detailType, tt.path, found)
			continue
		}
		if found.Known && found.Field.Kind != tt.kind {
			t.Errorf("%s %s is %s", tt.detailType, tt.path, found.Field.Kind)
		}
		if !found.Known && (path[found.Missing] != tt.missing || found.Parent == nil) {
			t.Errorf("%s %s: %q is missing, in %+v", tt.detailType, tt.path, path[found.Missing], found.Parent)
		}
	}
}

// TestEveryEventParses unpacks all events: what is embedded must be whole, and
// every object that isn't open must have fields.
func TestEveryEventParses(t *testing.T) {
	for _, s := range Sources() {
		for _, d := range DetailTypes(s) {
			e, ok := Lookup(s, d)
			if !ok || e.Detail == nil {
				t.Errorf("%s %q can't be looked up", s, d)
				continue
			}
			checkFields(t, s+" "+d, e.Detail)
		}
	}
}

func checkFields(t *testing.T, path string, object *Field) {
	if len(object.Fields) == 0 && !object.Open {
		t.Errorf("%s has no fields and isn't open", path)
	}
	for _, f := range object.Fields {
		inner := Element(f)
		if f.Name == "" || f.Kind == 0 {
			t.Errorf("%s has the field %+v", path, f)
		}
		if inner.Kind == Object {
			checkFields(t, path+"."+f.Name, inner)
		}
		if len(inner.Values) > 0 && (!inner.Kind.Has(String) || !slices.IsSorted(inner.Values)) {
			t.Errorf("%s.%s has the values %q", path, f.Name, inner.Values)
		}
	}
}

func TestSearch(t *testing.T) {
	want := []Name{{"aws.ecs", "ECS Task State Change"}}
	if got := Search("ecs", "TASK state"); !slices.Equal(got, want) {
		t.Errorf("Search = %v", got)
	}
	if got := Search("no such word"); len(got) != 0 {
		t.Errorf("Search = %v", got)
	}
	words := []string{"ECS"}
	Search(words...)
	if words[0] != "ECS" {
		t.Error("Search changes its caller's words")
	}
	if all := Search(); len(all) < 1_000 {
		t.Errorf("without a word there are %d events", len(all))
	}
}

func TestAllDetailTypes(t *testing.T) {
	all := AllDetailTypes()
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("not sorted, or one is there twice")
	}
	for _, d := range append(CloudTrailDetailTypes(), "Scheduled Event") {
		if !slices.Contains(all, d) {
			t.Errorf("%q is missing", d)
		}
	}
}

func BenchmarkUnpackEvents(b *testing.B) {
	for b.Loop() {
		indexEvents(unpack("events", packedEvents))
	}
}

func BenchmarkUnpackCalls(b *testing.B) {
	for b.Loop() {
		indexCalls(unpack("calls", packedCalls))
	}
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		Lookup("aws.guardduty", "GuardDuty Finding")
	}
}
