package lint

import (
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

func TestWideGrants(t *testing.T) {
	condition := func(operator, key, value string) *model.Value {
		return model.ObjectValue(model.ValueField{Key: operator, Value: model.ObjectValue(model.ValueField{Key: key, Value: model.StringValue(value)})})
	}
	param := model.Text{{Literal: "arn:aws:iam::"}, {Param: "Account"}, {Literal: ":role/"}, {Param: "Role"}}
	type statement struct {
		actions   []string
		resources []string
		change    func(*model.Statement)
	}
	not := func(s *model.Statement) { s.NotAction = true }
	notResource := func(s *model.Statement) { s.NotResource = true }
	tests := []struct {
		statement
		wide int // how many of the actions
	}{
		{statement{actions: []string{"*"}, resources: []string{"*"}}, 1},
		{statement{actions: []string{"*"}, resources: []string{"arn:*"}}, 1},
		{statement{actions: []string{"*"}, resources: []string{"arn:aws:s3:::*"}}, 1},
		{statement{actions: []string{"*"}, resources: []string{"arn:aws:s3:::reports/*"}}, 0},
		{statement{actions: []string{"s3:*", "sqs:*", "s3:GetObject"}, resources: []string{"*"}}, 2},
		{statement{actions: []string{"s3:**", "s3:?*", "s3:Get*", "s3:?"}, resources: []string{"*"}}, 2},
		{statement{actions: []string{"s3:*"}, resources: []string{"arn:aws:s3:::reports", "arn:aws:s3:::reports/*"}}, 0},
		{statement{actions: []string{"s3:*"}, resources: []string{"arn:aws:s3:::reports", "arn:aws-cn:s3:::*"}}, 1},
		{statement{actions: []string{"s3:*"}, resources: []string{"arn:aws:sqs:*:*:*"}}, 0},
		{statement{actions: []string{"sqs:*"}, resources: []string{"arn:aws:sqs:*:*:*"}}, 1},
		{statement{actions: []string{"sqs:*"}, resources: []string{"arn:aws:sqs:eu-west-1:123456789012:*"}}, 0},
		{statement{actions: []string{"dynamodb:*"}, resources: []string{"arn:aws:dynamodb:*:*:table/*"}}, 0},
		{statement{actions: []string{"ec2:DescribeInstances", "ec2:Describe*"}, resources: []string{"*"}}, 0},

		{statement{actions: []string{"iam:PassRole", "iam:passrole", "iam:P*", "iam:Pass????", "iam:*", "iam:Get*"}, resources: []string{"*"}}, 5},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"arn:aws:iam::*:role/*"}}, 1},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"arn:aws:iam::123456789012:role/*"}}, 1},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"arn:aws:iam::123456789012:*"}}, 1},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"arn:aws:iam::*:role/reports"}}, 0},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"arn:aws:iam::*:role/reports-*"}}, 0},
		{statement{actions: []string{"iam:*"}, resources: []string{"arn:aws:iam::*:role/*"}}, 1},
		{statement{actions: []string{"iam:*"}, resources: []string{"arn:aws:iam::*:user/*"}}, 0},
		{statement{actions: []string{"iam:PassRole"}, change: func(s *model.Statement) { s.Resources = []model.Text{param} }}, 0},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"*"}, change: func(s *model.Statement) {
			s.Condition = condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")
		}}, 0},
		{statement{actions: []string{"iam:PassRole", "iam:*"}, resources: []string{"*"}, change: func(s *model.Statement) {
			s.Condition = condition("StringEquals", "aws:RequestedRegion", "eu-west-1")
		}}, 2},
		{statement{actions: []string{"ec2:*"}, resources: []string{"*"}, change: func(s *model.Statement) {
			s.Condition = condition("StringEquals", "ec2:ResourceTag/team", "shop")
		}}, 0},

		{statement{actions: []string{"*", "iam:PassRole"}, resources: []string{"*"}, change: func(s *model.Statement) { s.Effect = "Deny" }}, 0},
		{statement{actions: []string{"iam:*", "sts:*"}, resources: []string{"*"}, change: not}, 1},
		{statement{actions: []string{"*"}, resources: []string{"*"}, change: not}, 0},
		{statement{actions: []string{"s3:DeleteBucket"}, resources: []string{"arn:aws:s3:::reports"}, change: not}, 0},
		{statement{actions: []string{"s3:*"}, resources: []string{"arn:aws:s3:::secrets/*"}, change: notResource}, 1},
		{statement{actions: []string{"s3:GetObject"}, resources: []string{"arn:aws:s3:::secrets/*"}, change: notResource}, 0},
		{statement{actions: []string{"iam:PassRole"}, resources: []string{"arn:aws:iam::*:role/admin"}, change: notResource}, 1},
		{statement{actions: []string{"s3:*"}, resources: []string{"*"}, change: notResource}, 0},
	}
	for _, tt := range tests {
		s := model.Statement{Effect: "Allow", Actions: tt.actions}
		for _, r := range tt.resources {
			s.Resources = append(s.Resources, model.Literal(r))
		}
		if tt.change != nil {
			tt.change(&s)
		}
		if got := wideGrants(s); len(got) != tt.wide {
			t.Errorf("%q on %v (not %t): %d findings, want %d: %v", tt.actions, s.Resources, s.NotResource, len(got), tt.wide, got)
		}
	}
}
