package lint

import (
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// TestMisplacedAction holds pairs: an action with resources that it can be on, and nearly
// the same with others.
func TestMisplacedAction(t *testing.T) {
	tests := []struct {
		action    string
		resources []string
		want      string // a part of the message; "" if there is none
	}{
		{"s3:GetObject", []string{"arn:aws:s3:::reports/*"}, ""},
		{"s3:GetObject", []string{"arn:aws:s3:::reports"}, "write arn:aws:s3:::reports/*"},
		{"s3:GetObject", []string{"arn:aws:s3:::reports", "arn:aws:s3:::reports/daily/*"}, ""},
		{"s3:GetObject", []string{"*"}, ""},
		{"s3:getobject", []string{"arn:aws-cn:s3:::reports/x"}, ""},
		{"s3:GetObject", []string{"arn:aws-us-gov:s3:::reports"}, "write arn:aws-us-gov:s3:::reports/*"},
		{"s3:GetObject", []string{"arn:aws:s3:::rep*"}, ""},
		{"s3:GetObject", []string{"arn:aws:s3:::reports?"}, ""},
		{"s3:GetObject", []string{"arn:aws:s3:::$${aws:username}"}, ""},
		{"s3:GetObject", []string{"arn:aws:s3:eu-west-1:123456789012:accesspoint/a/object/*"}, ""},
		{"s3:GetObject", []string{"arn:aws:sqs:*:*:orders"}, "object (arn:aws:s3:::*/*)"},
		{"s3:ListBucket", []string{"arn:aws:s3:::reports"}, ""},
		{"s3:ListBucket", []string{"arn:aws:s3:::reports/*"}, "write arn:aws:s3:::reports"},
		{"s3:ListBucket", []string{"arn:*:s3:::*"}, ""},
		{"s3:*Object", []string{"arn:aws:s3:::reports"}, "of a type that s3:*Object takes"},
		{"s3:Get*", []string{"arn:aws:s3:::reports"}, ""},
		{"s3:*", []string{"arn:aws:sqs:*:*:orders"}, "of a type that s3:* takes"},
		{"s3:ListAllMyBuckets", []string{"arn:aws:s3:::*"}, ""},
		{"s3:ListAllMyBuckets", []string{"arn:aws:s3:::reports"}, "takes no resource"},
		{"s3:ListAllMyBuckets", []string{"arn:aws:sqs:*:*:*"}, "takes no resource"},
		{"ec2:DescribeInstances", []string{"*"}, ""},
		{"ec2:DescribeInstances", []string{"**"}, ""},
		{"ec2:DescribeInstances", []string{"arn:aws:ec2:*:*:instance/*"}, "takes no resource"},
		{"ec2:DescribeInst*s", []string{"arn:aws:ec2:*:*:instance/*"}, "takes no resource"},
		{"ec2:StopInstances", []string{"arn:aws:ec2:*:*:instance/*"}, ""},
		{"ec2:StopInstances", []string{"arn:aws:ec2:*:*:volume/*"}, "instance"},
		{"dynamodb:PutItem", []string{"arn:aws:dynamodb:*:*:table/orders"}, ""},
		{"dynamodb:PutItem", []string{"arn:aws:dynamodb:*:*:table/orders/index/*"}, "table"},
		{"dynamodb:Query", []string{"arn:aws:dynamodb:*:*:table/orders/index/*"}, ""},
		{"logs:PutLogEvents", []string{"arn:aws:logs:*:*:log-group:/aws/lambda/a:*"}, ""},
		{"lambda:InvokeFunction", []string{"arn:aws:lambda:*:*:function:resize:live"}, ""},
		{"sts:AssumeRole", []string{"arn:aws:iam::123456789012:role/reader"}, ""},
		{"sts:AssumeRole", []string{"arn:aws:s3:::role/reader"}, "role (arn:aws:iam::*:role/*)"},
		{"iam:ListRoles", []string{"arn:aws:iam::*:role/*"}, ""},
		{"iam:ListRoles", []string{"arn:aws:iam::*:role/reports-*"}, "takes no resource"},
		{"eks:CreateCluster", []string{"arn:aws:eks:*:*:cluster/reports"}, ""},
		{"eks:CreateCluster", []string{"arn:aws:s3:::reports"}, "takes no resource"},
		{"elasticloadbalancing:AddTags", []string{"arn:aws:elasticloadbalancing:*:*:targetgroup/a/b"}, ""},
		{"sagemaker-mlflow:LogBatch", []string{"arn:aws:sagemaker:*:*:newer-type/a"}, ""},
		{"kms:Decrypt", []string{"arn:aws:kms:*:*:alias/orders"}, "key"},
		{"s3:Unknown", []string{"arn:aws:s3:::reports"}, ""},
		{"unknown:Action", []string{"arn:aws:s3:::reports"}, ""},
		{"*", []string{"arn:aws:s3:::reports"}, ""},
	}
	for _, tt := range tests {
		var resources []model.Text
		for _, r := range tt.resources {
			resources = append(resources, model.Literal(strings.ReplaceAll(r, "$${", "${")))
		}
		got := misplacedAction(tt.action, resources)
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s on %q: %q, want %q", tt.action, tt.resources, got, tt.want)
		}
	}
}
