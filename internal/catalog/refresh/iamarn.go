package main

import (
	"fmt"
	"regexp"
	"strings"
)

// segments are the variables of ARNs whose values have no slash, by the ARN that they are
// in (S3 user guide, bucketnamingrules; DynamoDB developer guide,
// HowItWorks.NamingRulesDataTypes). A slash behind them begins another type of resource.
var segments = map[string][]string{
	"arn:${Partition}:s3:::":                               {"${BucketName}"},
	"arn:${Partition}:dynamodb:${Region}:${Account}:table": {"${TableName}"},
}

const anyPartition = "arn:${Partition}:"

var arnVariable = regexp.MustCompile(`\$\{[^}]*\}`)

// packARN returns an ARN, or several with commas between them, without "arn:", the
// partition, and the service if it is the prefix. Each variable becomes a *, or a ~ if its
// values have no slash.
func packARN(text, prefix string) (string, error) {
	var packed []string
	for arn := range strings.SplitSeq(text, ", ") {
		rest, ok := strings.CutPrefix(arn, anyPartition)
		if !ok || strings.ContainsAny(rest, " ,~") {
			return "", fmt.Errorf("%q is no ARN of the known form", arn)
		}
		for begin, variables := range segments {
			if strings.HasPrefix(arn, begin) {
				for _, v := range variables {
					rest = strings.ReplaceAll(rest, v, "~")
				}
			}
		}
		rest = arnVariable.ReplaceAllString(rest, "*")
		if bare, ok := strings.CutPrefix(rest, prefix+":"); ok {
			rest = ":" + bare
		}
		packed = append(packed, rest)
	}
	return strings.Join(packed, ","), nil
}

// lastWord returns the word before the * that ends an ARN.
func lastWord(arn string) string {
	word := strings.TrimRight(arn, "*:/")
	return word[strings.LastIndexAny(word, ":/*,")+1:]
}
