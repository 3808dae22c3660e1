package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestNearRegion(t *testing.T) {
	for name, want := range map[string]string{
		"us-est-1": "us-east-1", "us-east1": "us-east-1", "US-EAST-1": "us-east-1", "us-east-1a": "us-east-1", "eu_west_2": "eu-west-2",
		"us-east-1": "", "us-east-77": "", "somewhere": "", "us-east-": "", "": "", "mars-north-1": "", "us-east-1ab": "",
	} {
		if got, ok := NearRegion(name); ok != (want != "") || ok && got != want {
			t.Errorf("NearRegion(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
}

func TestEC2Path(t *testing.T) {
	for path, want := range map[string]string{
		"instancesSet.instanceId":                    "instancesSet.items.instanceId",
		"instancesSet.item.instanceId":               "instancesSet.items.instanceId",
		"instancesSet.items.instanceId":              "instancesSet.items.instanceId",
		"instancesSet":                               "instancesSet.items",
		"ipPermissions.items.ipRanges.cidrIp":        "ipPermissions.items.ipRanges.items.cidrIp",
		"ipPermissions.fromPort":                     "ipPermissions.items.fromPort",
		"instanceType":                               "instanceType",
		"CreateFleetRequest.LaunchTemplateConfigs.a": "CreateFleetRequest.LaunchTemplateConfigs.a",
	} {
		got, sure := EC2Path(strings.Split(path, "."))
		if joined := strings.Join(got, "."); joined != want {
			t.Errorf("EC2Path(%s) = %s, want %s", path, joined, want)
		}
		if wrong := !slices.Equal(got, strings.Split(path, ".")); sure != (wrong && strings.HasPrefix(path, "instancesSet")) {
			t.Errorf("EC2Path(%s) is sure: %v", path, sure)
		}
	}
}

// Sign-ins are names that CloudTrail records for the service.
func TestSignInsAreRecorded(t *testing.T) {
	for _, name := range signInNames {
		if !slices.Contains(EventSourcesOf(name), EventSourceOf(SignInSource)) {
			t.Errorf("no record of a sign-in has the eventName %s", name)
		}
	}
}
