package catalog

import "slices"

// withoutResources are sources whose own events have an empty list of resources in all
// examples on these pages: Amazon EMR management guide, emr-manage-cloudwatch-events; AWS Glue
// developer guide, automating-awsglue-with-cloudwatch-events; GuardDuty user guide,
// guardduty_findings_eventbridge; AWS Support user guide, cloudwatch-events-ta.
var withoutResources = []string{"aws.emr", "aws.glue", "aws.guardduty", "aws.trustedadvisor"}

// LacksResources reports whether a source's own events are known to have no resources at
// their top.
func LacksResources(source string) bool { return slices.Contains(withoutResources, source) }
