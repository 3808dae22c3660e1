package catalog

import (
	"fmt"
	"strings"
)

// Prerequisite is what must be on outside of a rule before AWS sends an event.
type Prerequisite struct {
	// Needs is a clause for "the events arrive only if".
	Needs string
	// CloudFormation and Terraform are what turns it on there. They are empty if the formats
	// have nothing for it.
	CloudFormation, Terraform string
}

// Prerequisites returns what must be on before a source sends events of a detail-type. An
// empty detail-type is for a rule that names none; it gets only what all the source's own
// events need.
func Prerequisites(source, detailType string) []Prerequisite {
	var all []Prerequisite
	for _, s := range switches {
		if (s.source == source || s.source == "") && (detailType == "" && s.all || detailType != "" && strings.HasPrefix(detailType, s.begin)) {
			all = append(all, s.Prerequisite)
		}
	}
	if detailType == NetworkActivity && source != "" {
		all = append(all, NetworkEvents(EventSourceOf(source)))
	}
	return all
}

// switches are the events that must be turned on, by source and by how their detail-types
// begin. A row without a source is for CloudTrail's events of every source. The comments name
// AWS's page.
var switches = []struct {
	source, begin string
	// all says that all of the source's own events need it.
	all bool
	Prerequisite
}{
	// S3 user guide, EventBridge and enable-event-notifications-eventbridge
	{"aws.s3", "Object ", true, Prerequisite{
		Needs:          "the S3 bucket has EventBridge notifications on",
		CloudFormation: "AWS::S3::Bucket has `NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}`",
		Terraform:      "the bucket's aws_s3_bucket_notification has `eventbridge = true`",
	}},
	// Step Functions developer guide, eventbridge-integration
	{"aws.states", "Step Functions Execution Status Change", true, Prerequisite{
		Needs:          "the state machine is a Standard workflow, not an Express one",
		CloudFormation: "AWS::StepFunctions::StateMachine has `StateMachineType: STANDARD`",
		Terraform:      "aws_sfn_state_machine has `type = \"STANDARD\"`",
	}},
	// AWS Support user guide, cloudwatch-events-ta
	{"aws.trustedadvisor", "Trusted Advisor ", true, Prerequisite{
		Needs: "the account's support plan is Business Support+ or a higher one",
	}},
	// Amazon EC2 Auto Scaling user guide, lifecycle-hooks
	{"aws.autoscaling", "EC2 Instance-launch Lifecycle Action", false, Prerequisite{
		Needs:          "the Auto Scaling group has a lifecycle hook for launches",
		CloudFormation: "AWS::AutoScaling::LifecycleHook has `LifecycleTransition: autoscaling:EC2_INSTANCE_LAUNCHING`",
		Terraform:      "aws_autoscaling_lifecycle_hook has `lifecycle_transition = \"autoscaling:EC2_INSTANCE_LAUNCHING\"`",
	}},
	{"aws.autoscaling", "EC2 Instance-terminate Lifecycle Action", false, Prerequisite{
		Needs:          "the Auto Scaling group has a lifecycle hook for terminations",
		CloudFormation: "AWS::AutoScaling::LifecycleHook has `LifecycleTransition: autoscaling:EC2_INSTANCE_TERMINATING`",
		Terraform:      "aws_autoscaling_lifecycle_hook has `lifecycle_transition = \"autoscaling:EC2_INSTANCE_TERMINATING\"`",
	}},
	// EventBridge user guide, eb-service-event-cloudtrail
	{"", Insight, false, Prerequisite{
		Needs:          "a CloudTrail trail records Insights events",
		CloudFormation: "AWS::CloudTrail::Trail has `InsightSelectors: [{InsightType: ApiCallRateInsight}, {InsightType: ApiErrorRateInsight}]`",
		Terraform:      "aws_cloudtrail has `insight_selector { insight_type = \"ApiCallRateInsight\" }`",
	}},
}

// NetworkEvents returns what must be on before CloudTrail records network activity events of
// a service (CloudTrail user guide, logging-network-events-with-cloudtrail).
func NetworkEvents(eventSource string) Prerequisite {
	return Prerequisite{
		Needs:          "a CloudTrail trail records network activity events of " + eventSource + ", and the calls use a VPC endpoint",
		CloudFormation: "AWS::CloudTrail::Trail has " + cfnSelector("NetworkActivity", "eventSource", eventSource),
		Terraform:      "advanced_event_selector of aws_cloudtrail has " + tfSelector("NetworkActivity", "eventSource", eventSource),
	}
}

// DataEvents returns what must be on before CloudTrail records data events of some types of
// resources (CloudTrail user guide, logging-data-events-with-cloudtrail).
func DataEvents(resources []string) Prerequisite {
	return Prerequisite{
		Needs:          "a CloudTrail trail records data events of " + strings.Join(resources, " or "),
		CloudFormation: "AWS::CloudTrail::Trail has " + cfnSelector("Data", "resources.type", resources[0]),
		Terraform:      "advanced_event_selector of aws_cloudtrail has " + tfSelector("Data", "resources.type", resources[0]),
	}
}

func cfnSelector(category, field, value string) string {
	return fmt.Sprintf("`AdvancedEventSelectors: [{FieldSelectors: [{Field: eventCategory, Equals: [%s]}, {Field: %s, Equals: ['%s']}]}]`", category, field, value)
}

// tfSelector describes two blocks, since Terraform takes no block with two arguments in one
// line.
func tfSelector(category, field, value string) string {
	return fmt.Sprintf("two blocks field_selector, one with `field = \"eventCategory\"` and `equals = [%q]`, one with `field = %q` and `equals = [%q]`", category, field, value)
}
