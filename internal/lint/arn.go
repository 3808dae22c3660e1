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
	case strings.HasPrefix(text, arnScheme):
		if fault, near := arnFault(text, whole); fault != "" {
			c.never(t, near, "%s: %s", isNever(name, t), fault)
		}
	case path == "resources" && text != "" && !beginsARN(text) && !c.record &&
		len(c.awsSources) > 0 && every(c.awsSources, func(s string) bool { return slices.Contains(arnResources, s) }):
		remedy := "write the ARN"
		if whole {
			remedy += ", or its end: {suffix: " + text + "}"
		}
		c.never(t, "", "%s in events of %s, whose resources are ARNs: %s", isNever(name, t), strings.Join(c.awsSources, " and "), remedy)
	}
}

// beginsARN reports whether a text is shorter than what every ARN begins with, and an ARN
// may begin with it.
func beginsARN(text string) bool {
	_, ok := strings.CutPrefix(arnScheme, text)
	return ok
}

const arnScheme = "arn:"

// arnParts is how many parts an ARN has.
const arnParts = 6

// arnText is an ARN or the beginning of one, divided at its colons. The last part is complete
// only in a whole ARN.
type arnText struct {
	parts []string
	whole bool
}

// has reports whether a part is there, and complete.
func (a arnText) has(i int) bool { return i < len(a.parts)-1 || a.whole && i < len(a.parts) }

// with returns the text with another part.
func (a arnText) with(i int, part string) string {
	correct := slices.Clone(a.parts)
	correct[i] = part
	return strings.Join(correct, ":")
}

// arnFault says what is wrong with an ARN or, unless it is whole, with the beginning of one,
// and returns the correct one, if that is known. Some events of EC2 have ARNs without an
// account, or with an Availability Zone.
func arnFault(text string, whole bool) (fault, near string) {
	a := arnText{strings.SplitN(text, ":", arnParts), whole}
	if partition, ok := spell.Nearest(a.parts[1], partitions); a.has(1) && ok && partition != a.parts[1] {
		return fmt.Sprintf("no partition is %q", a.parts[1]), a.with(1, partition)
	}
	if !a.has(2) || a.parts[2] == "ec2" {
		return "", ""
	}
	if whole && len(a.parts) < arnParts {
		return fmt.Sprintf("an ARN has %d parts, arn:partition:service:region:account:resource, and this one has %d", arnParts, len(a.parts)), ""
	}
	if fault, near = a.regionFault(); fault != "" {
		return fault, near
	}
	if a.has(4) && a.parts[4] != "" && strings.Trim(a.parts[4], "0123456789") == "" && len(a.parts[4]) != len(accountForm) {
		return "an account id is 12 digits", ""
	}
	return "", ""
}

// regionFault says what is wrong with an ARN's Region.
func (a arnText) regionFault() (fault, near string) {
	service := a.parts[2]
	if a.has(3) && a.parts[3] != "" && slices.Contains(regionless, service) {
		return fmt.Sprintf("an ARN of %s has no Region", service), a.with(3, "")
	}
	if service == "s3" && len(a.parts) == arnParts && a.parts[3]+a.parts[4] != "" && !isRegionalS3(a.parts[5], a.whole) {
		return "an ARN of a bucket has no Region and no account", "arn:" + a.parts[1] + ":s3:::" + a.parts[5]
	}
	if a.has(3) {
		if region, ok := catalog.NearRegion(a.parts[3]); ok {
			return fmt.Sprintf("no Region is %q", a.parts[3]), a.with(3, region)
		}
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
