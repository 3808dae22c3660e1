package jobs_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// record has a value for every field of the type.
const record = `{
	"eventVersion": "1.11", "eventTime": "2026-01-02T03:04:05Z", "eventSource": "ec2.amazonaws.com",
	"eventName": "AuthorizeSecurityGroupIngress", "awsRegion": "eu-west-1", "sourceIPAddress": "192.0.2.1",
	"userAgent": "aws-cli", "errorCode": "Client.UnauthorizedOperation", "errorMessage": "no",
	"requestParameters": {"groupId": "sg-1"}, "responseElements": null, "additionalEventData": {"a": 1},
	"requestID": "r-1", "eventID": "c-1", "eventType": "AwsApiCall", "apiVersion": "2016-11-15",
	"readOnly": false, "managementEvent": true, "eventCategory": "Management",
	"resources": [{"ARN": "arn:1", "accountId": "123456789012", "type": "AWS::EC2::SecurityGroup"}],
	"recipientAccountId": "123456789012", "sharedEventID": "s-1", "serviceEventDetails": {"b": 2},
	"vpcEndpointId": "vpce-1", "vpcEndpointAccountId": "123456789012", "addendum": {"reason": "DELIVERY_DELAY"},
	"sessionCredentialFromConsole": "true", "eventContext": {"tagContext": {}}, "edgeDeviceDetails": {"c": 3},
	"tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "x", "clientProvidedHostHeader": "ec2.eu-west-1.amazonaws.com"},
	"userIdentity": {
		"type": "AssumedRole", "userName": "u", "principalId": "AROA:session", "arn": "arn:2", "accountId": "123456789012",
		"accessKeyId": "ASIA", "invokedBy": "autoscaling.amazonaws.com", "identityProvider": "idp", "credentialId": "cred",
		"onBehalfOf": {"userId": "u-1", "identityStoreArn": "arn:3"},
		"inScopeOf": {"sourceArn": "arn:4", "sourceAccount": "123456789012", "issuerType": "AWS::Lambda::Function", "credentialsIssuedTo": "arn:5"},
		"sessionContext": {
			"attributes": {"creationDate": "2026-01-02T00:00:00Z", "mfaAuthenticated": "false"},
			"sessionIssuer": {"type": "Role", "userName": "r", "principalId": "AROA", "arn": "arn:6", "accountId": "123456789012"},
			"webIdFederationData": {"federatedProvider": "arn:7", "attributes": {"d": 4}},
			"sourceIdentity": "alice", "ec2RoleDelivery": "2.0", "assumedRoot": "true"
		}
	}
}`

func TestCloudTrailKnowsEveryFieldOfARecord(t *testing.T) {
	payload := event("aws.ec2", "AWS API Call via CloudTrail", record)
	e, err := dispatch.Decode[jobs.Event[jobs.CloudTrail]]([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(e.Detail)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(value(t, record), value(t, string(written))); diff != "" {
		t.Errorf("record read and written (-want +got):\n%s", diff)
	}
}

func TestCloudTrailSaysWhatARecordDoesNotSay(t *testing.T) {
	small := `{"eventVersion":"1.08","userIdentity":{"type":"AWSService"},"eventTime":"2026-01-02T03:04:05Z",` +
		`"eventSource":"a","eventName":"b","awsRegion":"c","sourceIPAddress":"d","newField":1}`
	var got jobs.CloudTrail
	if err := json.Unmarshal([]byte(small), &got); err != nil {
		t.Fatal(err)
	}
	if got.ReadOnly != nil || got.ManagementEvent != nil || got.TLSDetails != nil || got.UserIdentity.SessionContext != nil {
		t.Errorf("%+v", got)
	}
	written, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	want := value(t, small).(map[string]any)
	delete(want, "newField")
	if diff := cmp.Diff(any(want), value(t, string(written))); diff != "" {
		t.Errorf("a field came from nowhere (-want +got):\n%s", diff)
	}
}

func value(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
