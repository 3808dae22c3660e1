package catalog

import (
	"slices"
	"strings"
)

// Certainty says how well it is known that the events of a source arrive in one Region only.
type Certainty int

const (
	// Varies is for events that arrive in several Regions, by a rule that Home.Says gives.
	Varies Certainty = iota
	// Likely is for what the SDKs' list of endpoints says, without a page about events.
	Likely
	// SureRecords is for what AWS documents for CloudTrail's events. It is likely for the
	// source's other events.
	SureRecords
	// Sure is for what AWS documents for all events of a source.
	Sure
)

// Home says in which Region the events of a global service arrive. A rule in another Region
// never gets them.
type Home struct {
	Source    string
	Certainty Certainty
	// regions are the Regions by partition. A partition that has none is unknown.
	regions map[string]string
	// Says describes where the events arrive, if the certainty is Varies.
	Says string
}

// HomeOf returns where the events of a source arrive, if that isn't simply the Region in
// which something happens.
func HomeOf(source string) (Home, bool) {
	i := slices.IndexFunc(homes, func(h Home) bool { return h.Source == source })
	if i < 0 {
		return Home{}, false
	}
	return homes[i], true
}

// In returns the Region in which the events arrive, in the partition of another Region. It
// is empty if that isn't known.
func (h Home) In(region string) string { return h.regions[PartitionOf(region)] }

// Region returns the Region in the partition aws, and the others in words.
func (h Home) Region() string {
	var others []string
	for _, p := range []string{"aws-cn", "aws-us-gov"} {
		if region := h.regions[p]; region != "" {
			others = append(others, region+" in the partition "+p)
		}
	}
	if len(others) == 0 {
		return h.regions["aws"]
	}
	return h.regions["aws"] + " (" + strings.Join(others, ", ") + ")"
}

// PartitionOf returns the partition of a Region, such as aws-cn. It is empty if the Region is
// in none of the known areas.
func PartitionOf(region string) string {
	area := strings.TrimRight(region, "0123456789")
	if area == region || !slices.Contains(areas, strings.TrimSuffix(area, "-")) {
		return ""
	}
	for _, p := range []struct{ begin, partition string }{
		{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"us-iso-", "aws-iso"}, {"us-isob-", "aws-iso-b"},
		{"eu-isoe-", "aws-iso-e"}, {"us-isof-", "aws-iso-f"}, {"eusc-", "aws-eusc"},
	} {
		if strings.HasPrefix(region, p.begin) {
			return p.partition
		}
	}
	return "aws"
}

// everywhere are the Regions of most global services, by partition: where the endpoints of
// the AWS SDKs (endpoints.json of botocore, credentialScope) have services that aren't
// regionalized.
var everywhere = map[string]string{
	"aws": "us-east-1", "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-west-1", "aws-iso": "us-iso-east-1",
	"aws-iso-b": "us-isob-east-1", "aws-iso-e": "eu-isoe-west-1", "aws-iso-f": "us-isof-south-1",
}

// in returns some of the Regions of everywhere.
func in(partitions ...string) map[string]string {
	regions := map[string]string{}
	for _, p := range partitions {
		regions[p] = everywhere[p]
	}
	return regions
}

// homes are the sources whose events arrive in one Region, or in Regions by a rule of their
// service. The Regions are those of the SDKs' endpoints. The comments give the page that says
// so of events; without one, the row is only likely.
var homes = []Home{
	// AWS re:Post, eventbridge-rule-triggers-iam-single-region and use-eventbridge-rule-across-regions;
	// Account Management guide, monitoring-eventbridge
	{Source: "aws.account", Certainty: Sure, regions: in("aws", "aws-cn")},
	// EventBridge user guide, eb-troubleshooting; for China, Regions that deny lists of
	// organizations there name (aws-samples/scp-alternative-solution)
	{Source: "aws.iam", Certainty: Sure, regions: map[string]string{
		"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1",
		"aws-iso": "us-iso-east-1", "aws-iso-b": "us-isob-east-1", "aws-iso-f": "us-isof-south-1",
	}},
	// AWS re:Post, use-eventbridge-rule-across-regions
	{Source: "aws.organizations", Certainty: Sure, regions: everywhere},
	// AWS Support user guide, cloudwatch-events-ta
	{Source: "aws.trustedadvisor", Certainty: Sure, regions: in("aws")},

	// CloudTrail user guide, cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-update-trail
	{Source: "aws.cloudfront", Certainty: SureRecords, regions: in("aws", "aws-cn")},
	// AWS re:Post, eventbridge-rule-triggers-iam-single-region
	{Source: "aws.route53", Certainty: SureRecords, regions: everywhere},

	{Source: "aws.billingconductor", Certainty: Likely, regions: in("aws")},
	{Source: "aws.budgets", Certainty: Likely, regions: in("aws", "aws-cn", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f")},
	{Source: "aws.ce", Certainty: Likely, regions: in("aws", "aws-cn", "aws-iso", "aws-iso-b", "aws-iso-f")},
	{Source: "aws.cost-optimization-hub", Certainty: Likely, regions: in("aws")},
	{Source: "aws.cur", Certainty: Likely, regions: in("aws")},
	{Source: "aws.devicefarm", Certainty: Likely, regions: map[string]string{"aws": "us-west-2"}},
	{Source: "aws.ecr-public", Certainty: Likely, regions: in("aws")},
	{Source: "aws.globalaccelerator", Certainty: Likely, regions: map[string]string{"aws": "us-west-2"}},
	{Source: "aws.importexport", Certainty: Likely, regions: in("aws")},
	{Source: "aws.managedblockchain-query", Certainty: Likely, regions: in("aws")},
	{Source: "aws.networkmanager", Certainty: Likely, regions: map[string]string{"aws": "us-west-2", "aws-us-gov": "us-gov-west-1"}},
	{Source: "aws.notifications-contacts", Certainty: Likely, regions: in("aws")},
	{Source: "aws.partnercentral-channel", Certainty: Likely, regions: in("aws")},
	{Source: "aws.route53domains", Certainty: Likely, regions: in("aws")},
	{Source: "aws.savingsplans", Certainty: Likely, regions: in("aws", "aws-iso-e", "aws-iso-f")},
	{Source: "aws.support", Certainty: Likely, regions: map[string]string{
		"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1", "aws-iso": "us-iso-east-1", "aws-iso-b": "us-isob-east-1",
	}},
	{Source: "aws.tax", Certainty: Likely, regions: in("aws")},
	{Source: "aws.waf", Certainty: Likely, regions: in("aws")},

	{Source: "aws.chime", Says: "calls of Amazon Chime's first API arrive in us-east-1, events of the Chime SDK in the Region where its API is called"},
	// AWS Health user guide, choosing-a-region
	{Source: "aws.health", Says: "the events of AWS Health for a Region arrive there, and those for a whole account in us-east-1; " +
		"copies arrive in us-west-2, or in us-east-1 if the first event is in us-west-2, and detail.backupEvent marks them"},
	// CloudTrail user guide, cloudtrail-event-reference-aws-console-sign-in-events
	{Source: "aws.signin", Says: "sign-ins of the root user arrive in us-east-1, those of IAM users in the Region of the sign-in endpoint, which may be another one"},
	{Source: "aws.sso", Says: identityCenter},
	{Source: "aws.identitystore", Says: identityCenter},
	{Source: "aws.sso-directory", Says: identityCenter},
	// AWS Security Blog, 2025-01-29, on the global endpoint of AWS STS
	{Source: "aws.sts", Says: "calls of the global endpoint of AWS STS arrive in us-east-1, those of a Region's endpoint in that Region"},
	{Source: "aws.shield", Says: "events of AWS Shield for CloudFront probably arrive in us-east-1, others in their Region"},
	{Source: "aws.wafv2", Says: "events of AWS WAF for CloudFront probably arrive in us-east-1, others in their Region"},
}

const identityCenter = "events of IAM Identity Center probably arrive only in the Region where its instance is"
