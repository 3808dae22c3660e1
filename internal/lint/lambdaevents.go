package lint

import (
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
)

// foreignUses are the uses of those event types of aws-lambda-go that are not for events of
// EventBridge (the Lambda developer guide's pages on services that invoke functions, and the
// package's docs).
var foreignUses = map[string]string{
	"ALBTargetGroupRequest":                        "requests of a load balancer",
	"APIGatewayCustomAuthorizerRequest":            "authorizers of API Gateway",
	"APIGatewayCustomAuthorizerRequestTypeRequest": "authorizers of API Gateway",
	"APIGatewayProxyRequest":                       "requests of API Gateway",
	"APIGatewayV2CustomAuthorizerV1Request":        "authorizers of API Gateway",
	"APIGatewayV2CustomAuthorizerV2Request":        "authorizers of API Gateway",
	"APIGatewayV2HTTPRequest":                      "requests of API Gateway",
	"APIGatewayWebsocketProxyRequest":              "WebSocket messages of API Gateway",
	"ActiveMQEvent":                                "batches of an ActiveMQ queue",
	"AppSyncLambdaAuthorizerRequest":               "authorizers of AppSync",
	"ChimeBotEvent":                                "messages to a bot of Amazon Chime",
	"ClientVPNConnectionHandlerRequest":            "connection handlers of AWS Client VPN",
	"CloudWatchAlarmSNSPayload":                    "the message of an alarm that SNS delivers",
	"CloudwatchLogsEvent":                          "batches of a CloudWatch Logs subscription",
	"CodeCommitEvent":                              "triggers of a CodeCommit repository",
	"CodePipelineJobEvent":                         "jobs that an action of CodePipeline invokes",
	"CognitoEvent":                                 "the sync trigger of Amazon Cognito",
	"ConfigEvent":                                  "custom rules of AWS Config",
	"ConnectEvent":                                 "flows of Amazon Connect",
	"DynamoDBEvent":                                "batches of a DynamoDB stream",
	"DynamoDBTimeWindowEvent":                      "batches of a DynamoDB stream",
	"IoTButtonEvent":                               "clicks of an AWS IoT button",
	"IoTCoreCustomAuthorizerRequest":               "authorizers of AWS IoT",
	"IoTCustomAuthorizerRequest":                   "authorizers of AWS IoT",
	"IoTOneClickEvent":                             "clicks that AWS IoT 1-Click reports",
	"IoTPreProvisionHookRequest":                   "provisioning hooks of AWS IoT",
	"KafkaEvent":                                   "batches of a Kafka topic",
	"KinesisAnalyticsOutputDeliveryEvent":          "the output of Kinesis Data Analytics",
	"KinesisEvent":                                 "batches of a Kinesis stream",
	"KinesisFirehoseEvent":                         "transformations of Amazon Data Firehose",
	"KinesisTimeWindowEvent":                       "batches of a Kinesis stream",
	"LambdaFunctionURLRequest":                     "requests of a function URL",
	"LexEvent":                                     "bots of Amazon Lex",
	"RabbitMQEvent":                                "batches of a RabbitMQ queue",
	"S3BatchJobEvent":                              "tasks of S3 Batch Operations",
	"S3BatchJobEventV2":                            "tasks of S3 Batch Operations",
	"S3Event":                                      "notifications that a bucket sends a function itself",
	"S3ObjectLambdaEvent":                          "requests of S3 Object Lambda",
	"S3TestEvent":                                  "the test message of a bucket's notifications",
	"SNSEvent":                                     "messages of an SNS topic",
	"SQSEvent":                                     "batches of an SQS queue",
	"SecretsManagerSecretRotationEvent":            "secret rotations of Secrets Manager",
	"SimpleEmailEvent":                             "e-mails that Amazon SES receives",
}

// userPools is the prefix of the types for Cognito's triggers.
const userPools = "CognitoEventUserPools"

// foreignUse returns the use of a type of aws-lambda-go for the input of another service than
// EventBridge, or "". The caller first excludes types with a detail, which are for
// EventBridge's events, so a newer version's types are judged correctly too.
func foreignUse(name string) string {
	switch use := foreignUses[name]; {
	case use != "":
		return use
	case strings.HasPrefix(name, userPools):
		return "triggers of an Amazon Cognito user pool"
	case strings.HasSuffix(name, "Event") || strings.HasSuffix(name, "Request"):
		return "what another service sends"
	}
	return ""
}

// insteadOf names the types to take instead of a type for another service's input.
func (c *emptyCheck) insteadOf(s *Struct) string {
	other := ""
	if s.InLambda == "CodePipelineJobEvent" {
		other = "events.CodePipelineCloudWatchEvent or "
	}
	return "take " + other + "jobs.Event[D], where D is a struct of the detail's fields" + c.command()
}

// command returns the command that prints a type for the detail of the rule's events, if AWS
// sends them.
func (c *emptyCheck) command() string {
	if c.r.Pattern == nil {
		return ""
	}
	source, detailType := c.r.firstEvent()
	switch {
	case !catalog.HasSource(source):
		return ""
	case !catalog.HasDetailType(source, detailType):
		return " (`jobgen events " + source + "` lists what can be there)"
	}
	return " (`jobgen events -go " + source + " " + strconv.Quote(detailType) + "` prints one)"
}
