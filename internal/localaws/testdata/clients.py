"""Calls each operation with boto3. The endpoints are in the environment, as jobgen dev prints them."""

import datetime
import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

config = Config(retries={"total_max_attempts": 1})
events, scheduler, sqs, functions = (
    boto3.client(name, config=config) for name in ("events", "scheduler", "sqs", "lambda")
)


def equal(got, want):
    got.pop("ResponseMetadata", None)
    assert got == want, f"\ngot  {got}\nwant {want}"


def fails(code, message, status, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        error, http = e.response["Error"], e.response["ResponseMetadata"]["HTTPStatusCode"]
        assert (error["Code"], http) == (code, status), e.response
        assert message in error["Message"], e.response
        assert e.response["ResponseMetadata"]["RequestId"], e.response
        # Errors of the model are classes of the client.
        return type(e).__name__
    raise AssertionError(f"no error {code}")


entry = {"Source": "shop.orders", "DetailType": "order.placed", "Detail": json.dumps({"id": 1})}
equal(
    events.put_events(Entries=[
        entry | {"Time": datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.timezone.utc), "Resources": ["arn:a"], "EventBusName": "shop"},
        {"DetailType": "t", "Detail": "{}"},
        entry | {"Source": "aws.ec2"},
    ]),
    {
        "FailedEntryCount": 2,
        "Entries": [
            {"EventId": "00000000-0000-4000-8000-000000000001"},
            {"ErrorCode": "InvalidArgument", "ErrorMessage": "Parameter Source is not valid. Reason: Source is a required argument."},
            {"ErrorCode": "NotAuthorizedForSourceException", "ErrorMessage": "Not authorized for the source."},
        ],
    },
)
fails("ValidationException", "Member must have length less than or equal to 10", 400, events.put_events, Entries=[entry] * 11)
fails("ValidationException", "Total size of the entries in the request is over the limit.", 400, events.put_events,
      Entries=[entry | {"Detail": json.dumps({"x": "x" * (2 << 20)})}])
fails("UnknownOperationException", "PutRule of EventBridge", 400, events.put_rule, Name="x")

event = {"id": "1", "account": "1", "source": "shop", "time": "2026-11-30T12:00:00Z", "region": "eu-west-1", "detail-type": "t", "detail": {}}
equal(events.test_event_pattern(EventPattern='{"source": ["shop"]}', Event=json.dumps(event)), {"Result": True})
assert fails("InvalidEventPatternException", "Event pattern is not valid.", 400, events.test_event_pattern,
             EventPattern='{"source": "shop"}', Event=json.dumps(event)) == "InvalidEventPatternException"

names = [rule["Name"] for page in events.get_paginator("list_rules").paginate(EventBusName="many") for rule in page["Rules"]]
assert names == [f"Many{i:03}" for i in range(105)], names
equal(events.describe_rule(Name="OrdersSweep"), {
    "Name": "OrdersSweep", "Arn": "arn:aws:events:eu-west-1:123456789012:rule/OrdersSweep", "EventBusName": "default",
    "ScheduleExpression": "rate(10 minutes)", "State": "ENABLED", "CreatedBy": "123456789012",
})
equal(events.list_targets_by_rule(Rule="OrdersSweep"), {"Targets": [
    {"Id": "OrdersSweep", "Arn": "arn:aws:lambda:eu-west-1:123456789012:function:orders", "Input": '{"all": true}'},
]})
assert fails("ResourceNotFoundException", "Event bus nowhere does not exist.", 400, events.list_rules, EventBusName="nowhere") == "ResourceNotFoundException"

schedules = [s["Arn"] for page in scheduler.get_paginator("list_schedules").paginate(MaxResults=1) for s in page["Schedules"]]
assert schedules == [f"arn:aws:scheduler:eu-west-1:123456789012:schedule/{group}/Report" for group in ("default", "nightly")], schedules
schedule = scheduler.get_schedule(Name="Report", GroupName="nightly")
assert schedule["StartDate"].astimezone(datetime.timezone.utc) == datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc), schedule
assert schedule["FlexibleTimeWindow"] == {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}, schedule
assert fails("ResourceNotFoundException", "Schedule X does not exist.", 404, scheduler.get_schedule, Name="X") == "ResourceNotFoundException"
fails("UnknownOperationException", "DeleteSchedule of Scheduler", 404, scheduler.delete_schedule, Name="Report")

url = sqs.get_queue_url(QueueName="mail.fifo")["QueueUrl"]
equal(
    sqs.send_message(QueueUrl=url, MessageBody="hello", MessageGroupId="g", MessageAttributes={
        "Hello": {"DataType": "String", "StringValue": "There"},
        "General": {"DataType": "String", "StringValue": "Kenobi"},
        "Help.Me": {"DataType": "String", "StringValue": "Me"},
    }),
    {
        "MD5OfMessageBody": "5d41402abc4b2a76b9719d911017c592", "MD5OfMessageAttributes": "4c360f3fdafd970e05fae2f149d997f5",
        "MessageId": "11111111-0000-4000-8000-000000000001", "SequenceNumber": "1",
    },
)
assert fails("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", 400, sqs.send_message,
             QueueUrl=url + "x", MessageBody="x") == "QueueDoesNotExist"
fails("MissingParameter", "MessageGroupId", 400, sqs.send_message, QueueUrl=url, MessageBody="x")
fails("UnknownOperationException", "ReceiveMessage of SQS", 400, sqs.receive_message, QueueUrl=url)

answer = functions.invoke(FunctionName="failing", Qualifier="live", Payload=b"{}", LogType="Tail")
assert json.load(answer["Payload"]) == {"errorMessage": "out of paper", "errorType": "errorString"}
assert (answer["StatusCode"], answer["FunctionError"], answer["ExecutedVersion"]) == (200, "Unhandled", "$LATEST"), answer
assert functions.invoke(FunctionName="orders", InvocationType="Event", Payload=b"1")["StatusCode"] == 202
assert functions.invoke(FunctionName="orders", InvocationType="DryRun", Payload=b"1")["StatusCode"] == 204
assert fails("ResourceNotFoundException", "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:x", 404,
             functions.invoke, FunctionName="x") == "ResourceNotFoundException"
assert fails("InvalidRequestContentException", "Could not parse request body into json", 400,
             functions.invoke, FunctionName="orders", Payload=b"{") == "InvalidRequestContentException"
fails("RequestEntityTooLargeException", "smaller than 6291456 bytes", 413, functions.invoke, FunctionName="orders", Payload=b"1" * (7 << 20))
fails("UnknownOperationException", "of Lambda", 404, functions.get_function, FunctionName="orders")
