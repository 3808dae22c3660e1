package catalog

import (
	"slices"
	"strings"
)

// dataEvents are the API calls that CloudTrail records as data events, not as
// management events. EventBridge delivers data events to every enabled rule, reads
// included, if a trail records them (EventBridge user guide,
// eb-service-event-cloudtrail).
//
// The key is the event source. The comment names the resource types that a trail
// selects and AWS's page about the calls; where it names no page, the page is
// logging-data-events-with-cloudtrail of the CloudTrail user guide.
var dataEvents = map[string]string{
	// AWS::AppConfig::Configuration
	"appconfig.amazonaws.com": "GetLatestConfiguration StartConfigurationSession",
	// AWS::B2BI::Transformer
	"b2bi.amazonaws.com": "GetTransformerJob StartTransformerJob",
	// AWS::CloudFront::KeyValueStore
	"cloudfront-keyvaluestore.amazonaws.com": "DescribeKeyValueStore GetKey ListKeys",
	// AWS::CloudTrail::Channel
	"cloudtrail-data.amazonaws.com": "PutAuditEvents",
	// AWS::Cognito::IdentityPool
	"cognito-identity.amazonaws.com": "GetCredentialsForIdentity GetId GetOpenIdToken GetOpenIdTokenForDeveloperIdentity UnlinkIdentity",
	// AWS::DynamoDB::Table, AWS::DynamoDB::Stream: DynamoDB developer guide, logging-using-cloudtrail
	"dynamodb.amazonaws.com": "BatchExecuteStatement BatchGetItem BatchWriteItem DeleteItem DescribeStream ExecuteStatement ExecuteTransaction " +
		"GetItem GetRecords GetShardIterator ListStreams PutItem Query Scan TransactGetItems TransactWriteItems UpdateItem",
	// AWS::EC2::Snapshot
	"ebs.amazonaws.com": "GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks PutSnapshotBlock",
	// AWS::IoTSiteWise::Asset
	"iotsitewise.amazonaws.com": "GetAssetPropertyAggregates GetAssetPropertyValue GetAssetPropertyValueHistory GetInterpolatedAssetPropertyValues",
	// AWS::Kinesis::Stream, AWS::Kinesis::StreamConsumer
	"kinesis.amazonaws.com": "DescribeStreamConsumer GetRecords GetShardIterator ListShards",
	// AWS::KinesisVideo::Stream
	"kinesisvideo.amazonaws.com": "GetClip GetDASHStreamingSessionURL GetHLSStreamingSessionURL GetImages GetMedia GetMediaForFragmentList ListFragments",
	// AWS::Lambda::Function
	"lambda.amazonaws.com": "GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState Invoke",
	// AWS::MedicalImaging::Datastore
	"medical-imaging.amazonaws.com": "GetImageFrame GetImageSet GetImageSetMetadata",
	// AWS::S3::Object: S3 user guide, cloudtrail-logging-s3-info
	"s3.amazonaws.com": "AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject DeleteObjectTagging DeleteObjects " +
		"GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent HeadBucket HeadObject " +
		"ListMultipartUploads ListObjectVersions ListObjects ListObjectsV2 ListParts PutObject PutObjectAcl PutObjectLegalHold " +
		"PutObjectRetention PutObjectTagging RestoreObject SelectObjectContent UploadPart UploadPartCopy",
	// AWS::S3Express::Object
	"s3express.amazonaws.com": "GetObject GetObjectAttributes ListObjectsV2 ListParts",
	// AWS::S3Outposts::Object
	"s3-outposts.amazonaws.com": "GetObject GetObjectTagging ListObjects ListObjectsV2 ListParts",
	// AWS::S3Tables::Table
	"s3tables.amazonaws.com": "GetObject ListParts",
	// AWS::SageMaker::Endpoint, AWS::SageMaker::FeatureGroup
	"sagemaker.amazonaws.com": "GetRecord InvokeEndpointWithResponseStream PutRecord",
	// AWS::SNS::Topic, AWS::SNS::PlatformEndpoint
	"sns.amazonaws.com": "Publish PublishBatch",
	// AWS::SQS::Queue: SQS developer guide, sqs-logging-using-cloudtrail
	"sqs.amazonaws.com": "ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes GetQueueUrl " +
		"ListDeadLetterSourceQueues ListQueueTags ListQueues ReceiveMessage SendMessage SendMessageBatch",
	// AWS::Timestream::Database, AWS::Timestream::Table
	"timestream.amazonaws.com": "DescribeEndpoints",
	// AWS::XRay::Trace
	"xray.amazonaws.com": "GetServiceGraph GetTimeSeriesServiceStatistics GetTraceGraph GetTraceSummaries",
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

func isDataEvent(eventSource, eventName string) bool {
	return slices.Contains(strings.Fields(dataEvents[eventSource]), eventName)
}
