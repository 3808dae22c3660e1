package sdk

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	eventbridgetypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/aws-sdk-go-v2/service/scheduler"
	schedulertypes "github.com/aws/aws-sdk-go-v2/service/scheduler/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/jobgen/jobgen/internal/localaws"
	"github.com/jobgen/jobgen/internal/localaws/fake"
	"github.com/jobgen/jobgen/internal/loopback"
)

// useEndpoint sets the variables that jobgen dev prints, and returns the SDK's configuration.
func useEndpoint(t *testing.T, url string) aws.Config {
	t.Helper()
	for _, service := range []string{"EVENTBRIDGE", "SCHEDULER", "SQS", "LAMBDA"} {
		t.Setenv("AWS_ENDPOINT_URL_"+service, url)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "jobgen-dev")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "jobgen-dev")
	t.Setenv("AWS_SESSION_TOKEN", "")
	t.Setenv("AWS_REGION", fake.Region)
	t.Setenv("AWS_PROFILE", "")
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	cfg, err := config.LoadDefaultConfig(t.Context(), config.WithRetryMaxAttempts(1))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// start starts a server with a stack for tests, and returns the SDK's configuration for it.
func start(t *testing.T) (*fake.Backend, aws.Config) {
	t.Helper()
	backend := fake.New()
	server := httptest.NewServer(loopback.Protect(localaws.New(backend, localaws.Options{Account: fake.Account, Region: fake.Region})))
	t.Cleanup(server.Close)
	return backend, useEndpoint(t, server.URL)
}

// equal compares an output with what is expected.
func equal[T any](t *testing.T, got, want T) {
	t.Helper()
	ignored := cmpopts.IgnoreFields(*new(T), "ResultMetadata")
	if diff := cmp.Diff(want, got, ignored, cmpopts.IgnoreUnexported(eventbridge.PutEventsOutput{}), cmp.FilterPath(isNoDocument, cmp.Ignore())); diff != "" {
		t.Errorf("the output differs (-want +got):\n%s", diff)
	}
}

// isNoDocument matches the field noSmithyDocumentSerde, which types of the SDK embed.
func isNoDocument(p cmp.Path) bool {
	last, ok := p.Last().(cmp.StructField)
	return ok && last.Name() == "noSmithyDocumentSerde"
}

// fails checks that an error is of a type of the SDK, and has a message.
func fails[T error](t *testing.T, err error, message string) {
	t.Helper()
	known, ok := errors.AsType[T](err)
	if !ok {
		t.Errorf("the error is %v, want %T", err, *new(T))
		return
	}
	if api, ok := error(known).(smithy.APIError); !ok || api.ErrorMessage() != message {
		t.Errorf("the error is %v, want the message %q", err, message)
	}
}

// failsWith checks an error for which the SDK has no type.
func failsWith(t *testing.T, err error, code, message string) {
	t.Helper()
	api, ok := errors.AsType[smithy.APIError](err)
	if !ok || api.ErrorCode() != code || !strings.Contains(api.ErrorMessage(), message) {
		t.Errorf("the error is %v, want %s: %s", err, code, message)
	}
}

func entry(source string) eventbridgetypes.PutEventsRequestEntry {
	return eventbridgetypes.PutEventsRequestEntry{Source: aws.String(source), DetailType: aws.String("order.placed"), Detail: aws.String(`{"id": 1}`)}
}

func TestPutEvents(t *testing.T) {
	backend, cfg := start(t)
	client := eventbridge.NewFromConfig(cfg)
	when := time.Date(2026, 11, 30, 12, 0, 0, 250_000_000, time.UTC)
	full := entry("shop.orders")
	full.Time, full.Resources, full.EventBusName, full.TraceHeader = &when, []string{"arn:a"}, aws.String("shop"), aws.String("Root=1")
	out, err := client.PutEvents(t.Context(), &eventbridge.PutEventsInput{Entries: []eventbridgetypes.PutEventsRequestEntry{full, {DetailType: aws.String("t"), Detail: aws.String("{}")}}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, *out, eventbridge.PutEventsOutput{FailedEntryCount: 1, Entries: []eventbridgetypes.PutEventsResultEntry{
		{EventId: aws.String("00000000-0000-4000-8000-000000000001")},
		{ErrorCode: aws.String("InvalidArgument"), ErrorMessage: aws.String("Parameter Source is not valid. Reason: Source is a required argument.")},
	}})
	want := []localaws.Event{{
		Bus: "shop", Source: "shop.orders", DetailType: "order.placed", Detail: []byte(`{"id":1}`), Resources: []string{"arn:a"}, Time: when, TraceHeader: "Root=1",
	}}
	if diff := cmp.Diff(want, backend.Events); diff != "" {
		t.Errorf("the backend got something else (-want +got):\n%s", diff)
	}

	_, err = client.PutEvents(t.Context(), &eventbridge.PutEventsInput{Entries: slices.Repeat([]eventbridgetypes.PutEventsRequestEntry{entry("s")}, 11)})
	failsWith(t, err, "ValidationException", "Member must have length less than or equal to 10")
	large := entry("s")
	large.Detail = aws.String(`{"x": "` + strings.Repeat("x", 2<<20) + `"}`)
	_, err = client.PutEvents(t.Context(), &eventbridge.PutEventsInput{Entries: []eventbridgetypes.PutEventsRequestEntry{large}})
	failsWith(t, err, "ValidationException", "Total size of the entries in the request is over the limit.")
	_, err = client.PutRule(t.Context(), &eventbridge.PutRuleInput{Name: aws.String("x")})
	failsWith(t, err, "UnknownOperationException", "PutRule")

	backend.Clear()
	_, err = client.PutEvents(t.Context(), &eventbridge.PutEventsInput{Entries: []eventbridgetypes.PutEventsRequestEntry{entry("s")}})
	failsWith(t, err, "ServiceUnavailable", "has not been built")
}

func TestRules(t *testing.T) {
	_, cfg := start(t)
	client := eventbridge.NewFromConfig(cfg)
	list, err := client.ListRules(t.Context(), &eventbridge.ListRulesInput{NamePrefix: aws.String("OrdersS")})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, *list, eventbridge.ListRulesOutput{Rules: []eventbridgetypes.Rule{{
		Name: aws.String("OrdersSweep"), Arn: aws.String("arn:aws:events:eu-west-1:123456789012:rule/OrdersSweep"), EventBusName: aws.String("default"),
		ScheduleExpression: aws.String("rate(10 minutes)"), State: eventbridgetypes.RuleStateEnabled,
	}}})
	rule, err := client.DescribeRule(t.Context(), &eventbridge.DescribeRuleInput{Name: aws.String("OrdersMail"), EventBusName: aws.String("shop")})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, *rule, eventbridge.DescribeRuleOutput{
		Name: aws.String("OrdersMail"), Arn: aws.String("arn:aws:events:eu-west-1:123456789012:rule/shop/OrdersMail"), EventBusName: aws.String("shop"),
		EventPattern: aws.String(`{"source":["shop.orders"]}`), State: eventbridgetypes.RuleStateDisabled, CreatedBy: aws.String("123456789012"),
	})
	targets, err := client.ListTargetsByRule(t.Context(), &eventbridge.ListTargetsByRuleInput{Rule: aws.String("OrdersMail"), EventBusName: aws.String("shop")})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, *targets, eventbridge.ListTargetsByRuleOutput{Targets: []eventbridgetypes.Target{{
		Id: aws.String("OrdersMail"), Arn: aws.String("arn:aws:sqs:eu-west-1:123456789012:mail.fifo"),
		InputTransformer: &eventbridgetypes.InputTransformer{InputPathsMap: map[string]string{"id": "$.detail.id"}, InputTemplate: aws.String(`{"id": <id>}`)},
		SqsParameters:    &eventbridgetypes.SqsParameters{MessageGroupId: aws.String("mail")},
	}}})
	_, err = client.DescribeRule(t.Context(), &eventbridge.DescribeRuleInput{Name: aws.String("X")})
	fails[*eventbridgetypes.ResourceNotFoundException](t, err, "Rule X does not exist on EventBus default.")
	_, err = client.ListRules(t.Context(), &eventbridge.ListRulesInput{EventBusName: aws.String("nowhere")})
	fails[*eventbridgetypes.ResourceNotFoundException](t, err, "Event bus nowhere does not exist.")
}

func TestTestEventPattern(t *testing.T) {
	_, cfg := start(t)
	client := eventbridge.NewFromConfig(cfg)
	const event = `{"id": "1", "account": "1", "source": "shop", "time": "2026-11-30T12:00:00Z", "region": "eu-west-1", "detail-type": "t", "detail": {}}`
	for pattern, want := range map[string]bool{`{"source": ["shop"]}`: true, `{"source": ["other"]}`: false} {
		out, err := client.TestEventPattern(t.Context(), &eventbridge.TestEventPatternInput{Event: aws.String(event), EventPattern: &pattern})
		if err != nil {
			t.Fatal(err)
		}
		if out.Result != want {
			t.Errorf("%s: %v, want %v", pattern, out.Result, want)
		}
	}
	_, err := client.TestEventPattern(t.Context(), &eventbridge.TestEventPatternInput{Event: aws.String(event), EventPattern: aws.String(`{"source": "shop"}`)})
	if _, ok := errors.AsType[*eventbridgetypes.InvalidEventPatternException](err); !ok {
		t.Errorf("the error is %v", err)
	}
}

func TestSchedules(t *testing.T) {
	_, cfg := start(t)
	client := scheduler.NewFromConfig(cfg)
	var names []string
	pages := scheduler.NewListSchedulesPaginator(client, &scheduler.ListSchedulesInput{MaxResults: aws.Int32(1)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.Schedules {
			names = append(names, *s.GroupName+"/"+*s.Name)
		}
	}
	if want := []string{"default/Report", "nightly/Report"}; !slices.Equal(names, want) {
		t.Errorf("the schedules are %q, want %q", names, want)
	}
	got, err := client.GetSchedule(t.Context(), &scheduler.GetScheduleInput{Name: aws.String("Report"), GroupName: aws.String("nightly")})
	if err != nil {
		t.Fatal(err)
	}
	built := time.Date(2026, 11, 30, 12, 0, 0, 500_000_000, time.UTC)
	equal(t, *got, scheduler.GetScheduleOutput{
		ActionAfterCompletion: schedulertypes.ActionAfterCompletionDelete, Arn: aws.String("arn:aws:scheduler:eu-west-1:123456789012:schedule/nightly/Report"),
		CreationDate: &built, LastModificationDate: &built, Description: aws.String("A report."),
		StartDate: aws.Time(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), EndDate: aws.Time(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)),
		FlexibleTimeWindow: &schedulertypes.FlexibleTimeWindow{Mode: schedulertypes.FlexibleTimeWindowModeFlexible, MaximumWindowInMinutes: aws.Int32(15)},
		GroupName:          aws.String("nightly"), KmsKeyArn: aws.String("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
		Name: aws.String("Report"), ScheduleExpression: aws.String("cron(0 6 * * ? *)"), ScheduleExpressionTimezone: aws.String("Europe/Berlin"),
		State: schedulertypes.ScheduleStateEnabled, Target: &schedulertypes.Target{
			Arn: aws.String("arn:aws:lambda:eu-west-1:123456789012:function:orders"), RoleArn: aws.String("arn:aws:iam::123456789012:role/Report"),
			Input: aws.String(`{"detail":{}}`), DeadLetterConfig: &schedulertypes.DeadLetterConfig{Arn: aws.String("arn:aws:sqs:eu-west-1:123456789012:dead")},
			RetryPolicy: &schedulertypes.RetryPolicy{MaximumRetryAttempts: aws.Int32(3), MaximumEventAgeInSeconds: aws.Int32(3600)},
		},
	})
	_, err = client.GetSchedule(t.Context(), &scheduler.GetScheduleInput{Name: aws.String("X")})
	fails[*schedulertypes.ResourceNotFoundException](t, err, "Schedule X does not exist.")
	_, err = client.GetSchedule(t.Context(), &scheduler.GetScheduleInput{Name: aws.String("a b")})
	if _, ok := errors.AsType[*schedulertypes.ValidationException](err); !ok {
		t.Errorf("the error is %v", err)
	}
	_, err = client.DeleteSchedule(t.Context(), &scheduler.DeleteScheduleInput{Name: aws.String("Report")})
	failsWith(t, err, "UnknownOperationException", "DeleteSchedule")
}

// TestSendMessage relies on the SDK, which compares the MD5 of the body with its own.
func TestSendMessage(t *testing.T) {
	backend, cfg := start(t)
	client := sqs.NewFromConfig(cfg)
	found, err := client.GetQueueUrl(t.Context(), &sqs.GetQueueUrlInput{QueueName: aws.String("mail.fifo")})
	if err != nil {
		t.Fatal(err)
	}
	out, err := client.SendMessage(t.Context(), &sqs.SendMessageInput{
		QueueUrl: found.QueueUrl, MessageBody: aws.String("hé"), MessageGroupId: aws.String("g"), MessageDeduplicationId: aws.String("d"),
		MessageAttributes: map[string]sqstypes.MessageAttributeValue{
			"attr1": {DataType: aws.String("Binary"), BinaryValue: []byte("\x01\x02")},
			"attr2": {DataType: aws.String("Number"), StringValue: aws.String("1.5")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if *out.SequenceNumber != "1" || *out.MessageId == "" || out.MD5OfMessageAttributes == nil {
		t.Errorf("got %+v", out)
	}
	want := map[string][]localaws.Message{"mail.fifo": {{
		Body: "hé", GroupID: "g", DeduplicationID: "d",
		Attributes: map[string]localaws.Attribute{"attr1": {DataType: "Binary", Binary: []byte{1, 2}}, "attr2": {DataType: "Number", String: "1.5"}},
	}}}
	if diff := cmp.Diff(want, backend.Messages); diff != "" {
		t.Errorf("the backend got something else (-want +got):\n%s", diff)
	}
	_, err = client.GetQueueUrl(t.Context(), &sqs.GetQueueUrlInput{QueueName: aws.String("other")})
	fails[*sqstypes.QueueDoesNotExist](t, err, "The specified queue does not exist.")
	failsWith(t, err, "AWS.SimpleQueueService.NonExistentQueue", "")
	_, err = client.SendMessage(t.Context(), &sqs.SendMessageInput{QueueUrl: found.QueueUrl, MessageBody: aws.String("x")})
	failsWith(t, err, "MissingParameter", "MessageGroupId")
	_, err = client.ReceiveMessage(t.Context(), &sqs.ReceiveMessageInput{QueueUrl: found.QueueUrl})
	failsWith(t, err, "UnknownOperationException", "ReceiveMessage")
}

func TestInvoke(t *testing.T) {
	backend, cfg := start(t)
	client := lambda.NewFromConfig(cfg)
	invoke := func(name string, kind lambdatypes.InvocationType, payload string) (*lambda.InvokeOutput, error) {
		return client.Invoke(context.Background(), &lambda.InvokeInput{FunctionName: &name, InvocationType: kind, Payload: []byte(payload), LogType: lambdatypes.LogTypeTail})
	}
	out, err := invoke("arn:aws:lambda:eu-west-1:123456789012:function:failing:live", lambdatypes.InvocationTypeRequestResponse, `{"id": 1}`)
	if err != nil {
		t.Fatal(err)
	}
	log := base64.StdEncoding.EncodeToString([]byte("START\nfailing got {\"id\": 1}\nEND\n"))
	equal(t, *out, lambda.InvokeOutput{
		StatusCode: 200, ExecutedVersion: aws.String("$LATEST"), FunctionError: aws.String("Unhandled"), LogResult: &log,
		Payload: []byte(`{"errorMessage":"out of paper","errorType":"errorString"}`),
	})
	for kind, status := range map[lambdatypes.InvocationType]int32{lambdatypes.InvocationTypeEvent: 202, lambdatypes.InvocationTypeDryRun: 204} {
		out, err := invoke("orders", kind, `1`)
		if err != nil {
			t.Fatal(err)
		}
		if out.StatusCode != status || len(out.Payload) > 0 {
			t.Errorf("%s: %+v", kind, out)
		}
	}
	if !slices.Equal(backend.Async, []string{"1"}) {
		t.Errorf("the asynchronous invocations are %q", backend.Async)
	}
	_, err = invoke("other", "", `{}`)
	fails[*lambdatypes.ResourceNotFoundException](t, err, "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:other")
	_, err = invoke("orders", "", `{`)
	if _, ok := errors.AsType[*lambdatypes.InvalidRequestContentException](err); !ok {
		t.Errorf("the error is %v", err)
	}
	_, err = invoke("orders", lambdatypes.InvocationTypeEvent, fmt.Sprintf("%q", strings.Repeat("x", 1<<20)))
	failsWith(t, err, "RequestEntityTooLargeException", "Request must be smaller than 1048576 bytes for the InvokeFunction operation")
	_, err = client.GetFunction(t.Context(), &lambda.GetFunctionInput{FunctionName: aws.String("orders")})
	failsWith(t, err, "UnknownOperationException", "GET /2015-03-31/functions/orders")
}
