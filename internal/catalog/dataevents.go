package catalog

import (
	"slices"
	"strings"
)

// dataEvents are the API calls that CloudTrail records as data events of a type of resource,
// not as management events. EventBridge delivers data events to every enabled rule, reads
// included, if a trail records them (EventBridge user guide, eb-service-event-cloudtrail).
//
// The comment names AWS's page about the calls; where it names no page, the page is
// logging-data-events-with-cloudtrail of the CloudTrail user guide.
var dataEvents = []struct {
	eventSource string
	// resources are the types of resources, of which a trail selects one or more.
	resources string
	names     string
}{
	{"appconfig.amazonaws.com", "AWS::AppConfig::Configuration", "GetLatestConfiguration StartConfigurationSession"},
	{"b2bi.amazonaws.com", "AWS::B2BI::Transformer", "GetTransformerJob StartTransformerJob"},
	{"cloudfront-keyvaluestore.amazonaws.com", "AWS::CloudFront::KeyValueStore", "DescribeKeyValueStore GetKey ListKeys"},
	{"cloudtrail-data.amazonaws.com", "AWS::CloudTrail::Channel", "PutAuditEvents"},
	{"cognito-identity.amazonaws.com", "AWS::Cognito::IdentityPool", "GetCredentialsForIdentity GetId GetOpenIdToken GetOpenIdTokenForDeveloperIdentity UnlinkIdentity"},
	// DynamoDB developer guide, logging-using-cloudtrail
	{"dynamodb.amazonaws.com", "AWS::DynamoDB::Table", "BatchExecuteStatement BatchGetItem BatchWriteItem DeleteItem ExecuteStatement ExecuteTransaction GetItem " +
		"PutItem Query Scan TransactGetItems TransactWriteItems UpdateItem"},
	// DynamoDB developer guide, logging-using-cloudtrail
	{"dynamodb.amazonaws.com", "AWS::DynamoDB::Stream", "DescribeStream GetRecords GetShardIterator ListStreams"},
	{"ebs.amazonaws.com", "AWS::EC2::Snapshot", "GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks PutSnapshotBlock"},
	{"iotsitewise.amazonaws.com", "AWS::IoTSiteWise::Asset", "GetAssetPropertyAggregates GetAssetPropertyValue GetAssetPropertyValueHistory " +
		"GetInterpolatedAssetPropertyValues"},
	{"kinesis.amazonaws.com", "AWS::Kinesis::Stream AWS::Kinesis::StreamConsumer", "DescribeStreamConsumer GetRecords GetShardIterator ListShards"},
	{"kinesisvideo.amazonaws.com", "AWS::KinesisVideo::Stream", "GetClip GetDASHStreamingSessionURL GetHLSStreamingSessionURL GetImages GetMedia GetMediaForFragmentList " +
		"ListFragments"},
	{"lambda.amazonaws.com", "AWS::Lambda::Function", "GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState Invoke"},
	{"medical-imaging.amazonaws.com", "AWS::MedicalImaging::Datastore", "GetImageFrame GetImageSet GetImageSetMetadata"},
	// S3 user guide, cloudtrail-logging-s3-info
	{"s3.amazonaws.com", "AWS::S3::Object", "AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject " +
		"DeleteObjectTagging DeleteObjects GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold " +
		"GetObjectRetention GetObjectTagging GetObjectTorrent HeadBucket HeadObject ListMultipartUploads " +
		"ListObjectVersions ListObjects ListObjectsV2 ListParts PutObject PutObjectAcl PutObjectLegalHold " +
		"PutObjectRetention PutObjectTagging RestoreObject SelectObjectContent UploadPart UploadPartCopy"},
	{"s3express.amazonaws.com", "AWS::S3Express::Object", "GetObject GetObjectAttributes ListObjectsV2 ListParts"},
	{"s3-outposts.amazonaws.com", "AWS::S3Outposts::Object", "GetObject GetObjectTagging ListObjects ListObjectsV2 ListParts"},
	{"s3tables.amazonaws.com", "AWS::S3Tables::Table", "GetObject ListParts"},
	{"sagemaker.amazonaws.com", "AWS::SageMaker::Endpoint", "InvokeEndpointWithResponseStream"},
	{"sagemaker.amazonaws.com", "AWS::SageMaker::FeatureGroup", "GetRecord PutRecord"},
	{"sns.amazonaws.com", "AWS::SNS::Topic AWS::SNS::PlatformEndpoint", "Publish PublishBatch"},
	// SQS developer guide, sqs-logging-using-cloudtrail
	{"sqs.amazonaws.com", "AWS::SQS::Queue", "ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes " +
		"GetQueueUrl ListDeadLetterSourceQueues ListQueueTags ListQueues ReceiveMessage SendMessage " +
		"SendMessageBatch"},
	{"timestream.amazonaws.com", "AWS::Timestream::Database AWS::Timestream::Table", "DescribeEndpoints"},
	{"xray.amazonaws.com", "AWS::XRay::Trace", "GetServiceGraph GetTimeSeriesServiceStatistics GetTraceGraph GetTraceSummaries"},
}

// openDataEvents are the event sources that have data events which the table above
// doesn't list: the CloudTrail user guide (logging-data-events-with-cloudtrail)
// names their resource types, but not the calls. A read of such a service may be
// a data event.
var openDataEvents = []string{
	"airflow.amazonaws.com", "appsync.amazonaws.com", "bedrock-agentcore.amazonaws.com", "bedrock.amazonaws.com", "cassandra.amazonaws.com",
	"codewhisperer.amazonaws.com", "deadline.amazonaws.com", "dsql.amazonaws.com", "finspace-api.amazonaws.com", "finspace.amazonaws.com",
	"firehose.amazonaws.com", "guardduty.amazonaws.com", "iotdata.amazonaws.com", "iotsitewise.amazonaws.com", "kinesisvideo.amazonaws.com",
	"managedblockchain-query.amazonaws.com", "managedblockchain.amazonaws.com", "medical-imaging.amazonaws.com", "mobiletargeting.amazonaws.com",
	"monitoring.amazonaws.com", "neptune-graph.amazonaws.com", "payment-cryptography.amazonaws.com", "qbusiness.amazonaws.com",
	"rum.amazonaws.com", "s3-outposts.amazonaws.com", "s3express.amazonaws.com", "s3tables.amazonaws.com", "s3vectors.amazonaws.com",
	"sdb.amazonaws.com", "servicediscovery.amazonaws.com", "ses.amazonaws.com", "sms-voice.amazonaws.com", "states.amazonaws.com",
	"swf.amazonaws.com", "timestream.amazonaws.com", "xray.amazonaws.com",
}

// DataResources returns the types of resources for which CloudTrail records a call as a data
// event. There are none if the call isn't known to be one.
func DataResources(eventSource, eventName string) []string {
	for _, e := range dataEvents {
		if e.eventSource == eventSource && slices.Contains(strings.Fields(e.names), eventName) {
			return strings.Fields(e.resources)
		}
	}
	return nil
}
