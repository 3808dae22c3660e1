package lint

import (
	"encoding/json"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/shape"
)

// eventBridgeTypes are the types of aws-lambda-go for events of EventBridge.
var eventBridgeTypes = []string{
	"AutoScalingEvent", "CloudWatchEvent", "CodeBuildEvent", "CodeDeployEvent", "CodePipelineCloudWatchEvent",
	"ECRImageActionEvent", "ECRScanEvent", "ECSContainerInstanceEvent",
}

// partTypes are the types of parts of other services' inputs.
var partTypes = []string{"CloudwatchLogsLogEvent", "IoTOneClickDeviceEvent", "S3ObjectLambdaUserRequest"}

// TestEveryEventOfLambda checks every type of aws-lambda-go that has the name of an event or
// request: it is either for EventBridge's events, or its use is known.
func TestEveryEventOfLambda(t *testing.T) {
	const lambdaEvents = "github.com/aws/aws-lambda-go/events"
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedTypes | packages.NeedName | packages.NeedImports}, lambdaEvents)
	if err != nil || len(loaded) != 1 || len(loaded[0].Errors) > 0 {
		t.Fatalf("loading %s: %v", lambdaEvents, err)
	}
	scope := loaded[0].Types.Scope()
	rules := gotypes.NewJSONRules(func() bool { return reflect.TypeFor[json.RawMessage]().PkgPath() != "encoding/json" })
	shapes := gotypes.NewShapes(gotypes.NewFieldReader(loaded[0], nil, rules, nil))
	var fit []string
	unused := maps.Clone(foreignUses)
	for _, name := range scope.Names() {
		typ, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !typ.Exported() || typ.IsAlias() {
			continue
		}
		delete(unused, name)
		fields := shapes.Of(typ.Type()).Names()
		if containsFold(fields, "detail") && containsFold(fields, "detail-type") {
			fit = append(fit, name)
			continue
		}
		checkForeign(t, name, foreignUse(name))
	}
	if !slices.Equal(fit, eventBridgeTypes) {
		t.Errorf("for EventBridge's events are\n%v, want\n%v", fit, eventBridgeTypes)
	}
	if len(unused) > 0 {
		t.Errorf("aws-lambda-go has no %v", slices.Sorted(maps.Keys(unused)))
	}
}

// checkForeign checks the use of a type that is not for EventBridge's events.
func checkForeign(t *testing.T, name, use string) {
	t.Helper()
	_, listed := foreignUses[name]
	listed = listed || strings.HasPrefix(name, userPools)
	named := strings.HasSuffix(name, "Event") || strings.HasSuffix(name, "Request")
	if named && !listed && !slices.Contains(partTypes, name) {
		t.Errorf("%s is unknown: add its use to foreignUses", name)
	}
	if (use != "") != (listed || named) {
		t.Errorf("%s is for %q", name, use)
	}
}

// TestMisplaced checks fields of structs for events whose detail has state, total and region.
func TestMisplaced(t *testing.T) {
	inDetail := func(name string) bool { return containsFold([]string{"state", "total", "region"}, name) }
	for _, test := range []struct{ fields, nested, unknown string }{
		{"source", "", ""},
		{"SOURCE ID time", "", ""},
		{"region", "", ""},
		{"state", "state", ""},
		{"State region", "State", ""},
		{"source account time region state", "state", ""},
		{"detail state", "", ""},
		{"DETAIL other", "", ""},
		{"detail-type state other", "", ""},
		{"DetailType state", "", ""}, // another check reports the name
		{"replay-name other", "", ""},
		{"other", "", "other"},
		{"id other", "", "other"},
		{"id version other", "", ""},
		{"id other more", "", "other more"},
		{"state other", "state", "other"},
	} {
		nested, unknown := misplaced(strings.Fields(test.fields), inDetail)
		if got := strings.Join(nested, " "); got != test.nested {
			t.Errorf("of %s, %q are in the detail, want %q", test.fields, got, test.nested)
		}
		if got := strings.Join(unknown, " "); got != test.unknown {
			t.Errorf("of %s, %q are nowhere, want %q", test.fields, got, test.unknown)
		}
	}
}

// TestEveryEventOfTheCatalog checks structs for every event in the catalog: a struct with the
// envelope's fields is never reported, and one with all of the detail's fields always is.
func TestEveryEventOfTheCatalog(t *testing.T) {
	fields := slices.DeleteFunc(slices.Clone(envelopeFields), func(name string) bool { return slices.Contains(distinctive, name) })
	events := 0
	for _, source := range catalog.Sources() {
		for _, detailType := range catalog.DetailTypes(source) {
			e, ok := catalog.Lookup(source, detailType)
			if !ok {
				continue
			}
			events++
			detail := shape.OfCatalog(e.Detail)
			inDetail := func(name string) bool { return detail.LookupFold(name) != nil }
			for _, name := range fields {
				if nested, unknown := misplaced([]string{name}, inDetail); nested != nil || unknown != nil {
					t.Errorf("%s %q: a struct with %s is reported", source, detailType, name)
				}
			}
			own := slices.DeleteFunc(detail.Names(), func(name string) bool { return containsFold(envelopeFields, name) })
			nested, _ := misplaced(detail.Names(), inDetail)
			if len(own) > 0 && len(nested) == 0 && !containsFold(detail.Names(), "detail") {
				t.Errorf("%s %q: a struct of the detail's fields is not reported", source, detailType)
			}
		}
	}
	if events < 300 {
		t.Errorf("the catalog has %d events", events)
	}
}
