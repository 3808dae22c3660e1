package main

import (
	"strings"
	"testing"
)

var listRows = []listed{
	{
		Job: "SecurityJob.DetectSecurityGroupChanges", Rule: "SecurityJobDetectSecurityGroupChanges",
		Function: "SecurityJob.DetectSecurityGroupChanges", File: "examples/security/jobs.go", Line: 25,
		when: "detail-type = AWS API Call via CloudTrail, detail.eventSource = ec2.amazonaws.com, detail.eventName = AuthorizeSecurityGroupIngress | AuthorizeSecurityGroupEgress | CreateSecurityGroup | DeleteSecurityGroup",
	},
	{Job: "SecurityJob.Stopping", Rule: "Stopping", Function: "security", File: "jobs.go", Line: 9, when: "source = my.app"},
}

// TestListOnTerminals checks that the list is a table if that fits, or else a block for
// each rule, and that no line wraps.
func TestListOnTerminals(t *testing.T) {
	tests := map[string]struct {
		rows  []listed
		width int
		want  string
	}{
		"piped": {listRows[1:], 0, "JOB\tRULE\tWHEN\tFUNCTION\tPLACE\nSecurityJob.Stopping\tStopping\tsource = my.app\tsecurity\tjobs.go:9\n"},
		"table": {listRows[1:], 80, `
JOB                   RULE      WHEN             FUNCTION  PLACE
SecurityJob.Stopping  Stopping  source = my.app  security  jobs.go:9
`},
		"80 columns": {listRows, 80, `
SecurityJob.DetectSecurityGroupChanges
  rule      SecurityJobDetectSecurityGroupChanges
  when      detail-type = AWS API Call via CloudTrail, detail.eventSource =
            ec2.amazonaws.com, detail.eventName = AuthorizeSecurityGroupIngress
            | AuthorizeSecurityGroupEgress | CreateSecurityGroup |
            DeleteSecurityGroup
  function  SecurityJob.DetectSecurityGroupChanges
  place     examples/security/jobs.go:25

SecurityJob.Stopping
  rule      Stopping
  when      source = my.app
  function  security
  place     jobs.go:9
`},
		"200 columns": {listRows, 200, `
SecurityJob.DetectSecurityGroupChanges
  rule      SecurityJobDetectSecurityGroupChanges
  when      detail-type = AWS API Call via CloudTrail, detail.eventSource = ec2.amazonaws.com, detail.eventName = AuthorizeSecurityGroupIngress | AuthorizeSecurityGroupEgress | CreateSecurityGroup |
            DeleteSecurityGroup
  function  SecurityJob.DetectSecurityGroupChanges
  place     examples/security/jobs.go:25

SecurityJob.Stopping
  rule      Stopping
  when      source = my.app
  function  security
  place     jobs.go:9
`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := writeList(&b, tt.rows, tt.width); err != nil {
				t.Fatal(err)
			}
			if want := strings.TrimPrefix(tt.want, "\n"); b.String() != want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
			}
			if tt.width > 0 && widest(b.String()) > tt.width {
				t.Errorf("a line is wider than %d:\n%s", tt.width, b.String())
			}
		})
	}
}
