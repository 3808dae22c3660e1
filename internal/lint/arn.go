package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// partitions are AWS's partitions (IAM user guide, reference-arns; for the others, the
// endpoints that the AWS SDKs know).
var partitions = []string{"aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"}

// regionless are services whose ARNs have no Region (Service Authorization Reference, the
// services' resource types).
var regionless = []string{"cloudfront", "iam", "organizations", "route53", "sts"}

// regionalS3 are the first words of the resources of S3 that are in a Region. ARNs of buckets
// and objects have neither a Region nor an account.
var regionalS3 = []string{"accesspoint", "access-grants", "async-request", "job", "storage-lens", "storage-lens-group"}

// arnResources are sources whose events have ARNs alone in resources (AWS Events Reference).
var arnResources = []string{
	"aws.autoscaling", "aws.cloudwatch", "aws.codebuild", "aws.codepipeline", "aws.ec2", "aws.ecs", "aws.s3", "aws.states",
}

// arn checks a text that begins as an ARN does, and the resources of events that are ARNs.
func (c *identifierCheck) arn(path, name string, t pattern.Term) {
	text, whole := t.Begin()
	switch {
	case strings.HasPrefix(text, "arn:"):
		if fault, near := arnFault(text, whole); fault != "" {
			c.never(t, near, "%s: %s", isNever(name, t), fault)
		}
	case path == "resources" && text != "" && !strings.HasPrefix("arn:", text) && !c.record &&
		len(c.awsSources) > 0 && every(c.awsSources, func(s string) bool { return slices.Contains(arnResources, s) }):
		remedy := "write the ARN"
		if whole {
			remedy += ", or its end: {suffix: " + text + "}"
		}
		c.never(t, "", "%s in events of %s, whose resources are ARNs: %s", isNever(name, t), strings.Join(c.awsSources, " and "), remedy)
	}
}

// arnFault says what is wrong with an ARN or, unless it is whole, with the beginning of one,
// and returns the correct one, if that is known. Some events of EC2 have ARNs without an
// account, or with an Availability Zone.
func arnFault(text string, whole bool) (fault, near string) {
	const count = 6
	parts := strings.SplitN(text, ":", count)
	// The last part is complete only in a whole ARN.
	has := func(i int) bool { return i < len(parts)-1 || whole && i < len(parts) }
	with := func(i int, part string) string {
		correct := slices.Clone(parts)
		correct[i] = part
		return strings.Join(correct, ":")
	}
	if partition, ok := spell.Nearest(parts[1], partitions); has(1) && ok && partition != parts[1] {
		return fmt.Sprintf("no partition is %q", parts[1]), with(1, partition)
	}
	if !has(2) || parts[2] == "ec2" {
		return "", ""
	}
	if whole && len(parts) < count {
		return fmt.Sprintf("an ARN has %d parts, arn:partition:service:region:account:resource, and this one has %d", count, len(parts)), ""
	}
	if has(3) && parts[3] != "" && slices.Contains(regionless, parts[2]) {
		return fmt.Sprintf("an ARN of %s has no Region", parts[2]), with(3, "")
	}
	if parts[2] == "s3" && len(parts) == count && parts[3]+parts[4] != "" && !isRegionalS3(parts[5], whole) {
		return "an ARN of a bucket has no Region and no account", "arn:" + parts[1] + ":s3:::" + parts[5]
	}
	if has(3) {
		if region, ok := catalog.NearRegion(parts[3]); ok {
			return fmt.Sprintf("no Region is %q", parts[3]), with(3, region)
		}
	}
	if has(4) && strings.Trim(parts[4], "0123456789") == "" && len(parts[4]) != len(accountForm) && parts[4] != "" {
		return "an account id is 12 digits", ""
	}
	return "", ""
}

// isRegionalS3 reports whether a resource of S3's is in a Region, or the beginning of one may
// be.
func isRegionalS3(resource string, whole bool) bool {
	return slices.ContainsFunc(regionalS3, func(word string) bool {
		return strings.HasPrefix(resource, word+"/") || !whole && strings.HasPrefix(word, resource)
	})
}
