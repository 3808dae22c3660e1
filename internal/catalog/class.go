package catalog

import (
	"slices"
	"strings"
)

// Class says which rules receive an API call's event.
type Class int

// The classes of API calls.
const (
	// Mutating calls reach every enabled rule.
	Mutating Class = iota
	// ReadOnly calls reach only the rules in the state
	// ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
	ReadOnly
	// Data calls are recorded as data events. If a trail records these, they reach
	// every enabled rule, including reads.
	Data
	// Unsure marks calls that AWS's pages don't classify, or classify differently.
	Unsure
)

// ClassOf classifies a call. Data events come first. Of the others, names that begin
// with Describe, Get or List are read-only (EventBridge user guide,
// eb-service-event-cloudtrail-management), except STS's GetFederationToken and
// GetSessionToken. Read-only calls with another name are Unsure, and so are the
// reads of services whose data events aren't listed by name.
func ClassOf(eventSource, eventName string) Class {
	switch {
	case slices.Contains(mutatingReads[eventSource], eventName):
		return Mutating
	case len(DataResources(eventSource, eventName)) > 0:
		return Data
	case readOnlyName(eventName) && slices.Contains(openDataEvents, eventSource):
		return Unsure
	case readOnlyName(eventName):
		return ReadOnly
	case slices.Contains(oddReads[eventSource], eventName):
		return Unsure
	}
	return Mutating
}

func readOnlyName(eventName string) bool {
	return slices.ContainsFunc([]string{"Describe", "Get", "List"}, func(verb string) bool {
		return strings.HasPrefix(eventName, verb)
	})
}

// mutatingReads are named as reads, but delivered as changes (EventBridge user
// guide, eb-service-event-cloudtrail).
var mutatingReads = map[string][]string{
	"sts.amazonaws.com": {"GetFederationToken", "GetSessionToken"},
}

// oddReads are read-only calls whose names begin with other words than Describe, Get
// and List, and for which rules are written (EventBridge user guide,
// eb-service-management-event-list). In the guide, a rule in the state ENABLED receives
// some of them, and others need another state.
var oddReads = map[string][]string{
	"cloudformation.amazonaws.com": {"DetectStackDrift", "DetectStackResourceDrift", "DetectStackSetDrift", "EstimateTemplateCost", "ValidateTemplate"},
	"cloudtrail.amazonaws.com":     {"LookupEvents"},
	"codecommit.amazonaws.com":     {"GitPull", "BatchGetRepositories", "EvaluatePullRequestApprovalRules"},
	"ecr.amazonaws.com":            {"BatchCheckLayerAvailability", "BatchGetImage"},
	"eks.amazonaws.com":            {"AccessKubernetesApi"},
	"events.amazonaws.com":         {"TestEventPattern"},
	"iam.amazonaws.com":            {"GenerateCredentialReport", "GenerateServiceLastAccessedDetails", "SimulateCustomPolicy", "SimulatePrincipalPolicy"},
	"kms.amazonaws.com": {"Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext",
		"GenerateDataKeyWithoutPlaintext", "GenerateMac", "GenerateRandom", "ReEncrypt", "Sign", "Verify", "VerifyMac"},
	"logs.amazonaws.com":           {"FilterLogEvents"},
	"rds.amazonaws.com":            {"DownloadCompleteDBLogFile", "DownloadDBLogFilePortion"},
	"secretsmanager.amazonaws.com": {"ValidateResourcePolicy"},
	"sts.amazonaws.com":            {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "DecodeAuthorizationMessage"},
}
