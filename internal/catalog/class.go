package catalog

import (
	"slices"
	"strings"
)

// Class tells which rules receive an API call's event.
type Class int

// The classes of API calls.
const (
	// Mutating calls reach every enabled rule.
	Mutating Class = iota
	// ReadOnly calls reach only the rules in the state
	// ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
	ReadOnly
	// Unsure marks calls of which AWS's pages leave open which of both they
	// are, and reads of data, which reach every enabled rule where a trail
	// records data events.
	Unsure
)

// ClassOf classifies a call by AWS's rule: names that begin with Describe, Get
// or List are read-only (EventBridge user guide,
// eb-service-event-cloudtrail-management), STS's GetFederationToken and
// GetSessionToken excepted. Read-only calls that are named otherwise are Unsure,
// and so are calls that read data.
func ClassOf(eventSource, eventName string) Class {
	switch {
	case slices.Contains(mutatingReads[eventSource], eventName):
		return Mutating
	case slices.Contains(dataReads[eventSource], eventName):
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

// oddReads are those of the read-only calls not named Describe, Get or List that
// rules are written for (EventBridge user guide,
// eb-service-management-event-list). The guide has plain rules receive some of
// them, and asks for another state to receive others.
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

// dataReads read data, not the account's configuration. Where a trail records
// them, they are data events, and those reach plain rules too (EventBridge user
// guide, eb-service-event-cloudtrail; CloudTrail user guide,
// logging-data-events-with-cloudtrail).
var dataReads = map[string][]string{
	"appconfig.amazonaws.com":                {"GetLatestConfiguration"},
	"cloudfront-keyvaluestore.amazonaws.com": {"DescribeKeyValueStore", "GetKey", "ListKeys"},
	"cognito-identity.amazonaws.com":         {"GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity"},
	"dynamodb.amazonaws.com":                 {"DescribeStream", "GetItem", "GetRecords", "GetShardIterator", "ListStreams"},
	"ebs.amazonaws.com":                      {"GetSnapshotBlock", "ListChangedBlocks", "ListSnapshotBlocks"},
	"iotsitewise.amazonaws.com":              {"GetAssetPropertyAggregates", "GetAssetPropertyValue", "GetAssetPropertyValueHistory", "GetInterpolatedAssetPropertyValues"},
	"kinesis.amazonaws.com":                  {"DescribeStreamConsumer", "GetRecords", "GetShardIterator", "ListShards"},
	"kinesisvideo.amazonaws.com":             {"GetClip", "GetDASHStreamingSessionURL", "GetHLSStreamingSessionURL", "GetImages", "GetMedia", "GetMediaForFragmentList", "ListFragments"},
	"lambda.amazonaws.com":                   {"GetDurableExecution", "GetDurableExecutionHistory", "GetDurableExecutionState"},
	"medical-imaging.amazonaws.com":          {"GetImageFrame", "GetImageSet", "GetImageSetMetadata"},
	"s3-outposts.amazonaws.com":              {"GetObject", "GetObjectTagging", "ListObjects", "ListObjectsV2", "ListParts"},
	"s3.amazonaws.com": {"GetObject", "GetObjectAcl", "GetObjectAttributes", "GetObjectLegalHold",
		"GetObjectRetention", "GetObjectTagging", "GetObjectTorrent", "ListMultipartUploads", "ListObjectVersions", "ListObjects", "ListObjectsV2", "ListParts"},
	"s3express.amazonaws.com":  {"GetObject", "GetObjectAttributes", "ListObjectsV2", "ListParts"},
	"s3tables.amazonaws.com":   {"GetObject", "ListParts"},
	"sagemaker.amazonaws.com":  {"GetRecord"},
	"timestream.amazonaws.com": {"DescribeEndpoints"},
	"xray.amazonaws.com":       {"GetServiceGraph", "GetTimeSeriesServiceStatistics", "GetTraceGraph", "GetTraceSummaries"},
}
