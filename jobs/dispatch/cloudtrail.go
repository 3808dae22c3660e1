package dispatch

import (
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
)

// DecodeCloudTrail decodes a CloudTrail. Generated code calls it. Tests compare it with
// encoding/json, for all fields of the type.
func DecodeCloudTrail(d *decode.Decoder, v *jobs.CloudTrail) {
	for end := d.Object(); d.Member(end, 0x1082c29dec441680); {
		switch string(d.Key()) {
		case "eventVersion":
			d.Text(&v.EventVersion)
		case "userIdentity":
			decodeUserIdentity(d, &v.UserIdentity)
		case "eventTime":
			decode.Time(d, &v.EventTime)
		case "eventSource":
			d.Text(&v.EventSource)
		case "eventName":
			d.Text(&v.EventName)
		case "awsRegion":
			d.Text(&v.AWSRegion)
		case "sourceIPAddress":
			d.Text(&v.SourceIPAddress)
		case "userAgent":
			d.Text(&v.UserAgent)
		case "errorCode":
			d.Text(&v.ErrorCode)
		case "errorMessage":
			d.Text(&v.ErrorMessage)
		case "requestParameters":
			decode.Raw(d, &v.RequestParameters)
		case "responseElements":
			decode.Raw(d, &v.ResponseElements)
		case "additionalEventData":
			decode.Raw(d, &v.AdditionalEventData)
		case "requestID":
			d.Text(&v.RequestID)
		case "eventID":
			d.Text(&v.EventID)
		case "eventType":
			d.Text(&v.EventType)
		case "apiVersion":
			d.Text(&v.APIVersion)
		case "readOnly":
			decode.Pointer(d, &v.ReadOnly, decode.Bool[bool])
		case "managementEvent":
			decode.Pointer(d, &v.ManagementEvent, decode.Bool[bool])
		case "eventCategory":
			d.Text(&v.EventCategory)
		case "resources":
			decode.Slice(d, &v.Resources, decodeCloudTrailResource)
		case "recipientAccountId":
			d.Text(&v.RecipientAccountID)
		case "sharedEventID":
			d.Text(&v.SharedEventID)
		case "serviceEventDetails":
			decode.Raw(d, &v.ServiceEventDetails)
		case "vpcEndpointId":
			d.Text(&v.VPCEndpointID)
		case "vpcEndpointAccountId":
			d.Text(&v.VPCEndpointAccountID)
		case "addendum":
			decode.Raw(d, &v.Addendum)
		case "sessionCredentialFromConsole":
			d.Text(&v.SessionCredentialFromConsole)
		case "eventContext":
			decode.Raw(d, &v.EventContext)
		case "edgeDeviceDetails":
			decode.Raw(d, &v.EdgeDeviceDetails)
		case "tlsDetails":
			decode.Pointer(d, &v.TLSDetails, decodeTLSDetails)
		default:
			d.Other("eventVersion,userIdentity,eventTime,eventSource,eventName,awsRegion,sourceIPAddress,userAgent,errorCode,errorMessage,requestParameters,responseElements,additionalEventData,requestID,eventID,eventType,apiVersion,readOnly,managementEvent,eventCategory,resources,recipientAccountId,sharedEventID,serviceEventDetails,vpcEndpointId,vpcEndpointAccountId,addendum,sessionCredentialFromConsole,eventContext,edgeDeviceDetails,tlsDetails")
		}
	}
}

func decodeUserIdentity(d *decode.Decoder, v *jobs.UserIdentity) {
	for end := d.Object(); d.Member(end, 0x4088a000200004a1); {
		switch string(d.Key()) {
		case "type":
			d.Text(&v.Type)
		case "userName":
			d.Text(&v.UserName)
		case "principalId":
			d.Text(&v.PrincipalID)
		case "arn":
			d.Text(&v.ARN)
		case "accountId":
			d.Text(&v.AccountID)
		case "accessKeyId":
			d.Text(&v.AccessKeyID)
		case "sessionContext":
			decode.Pointer(d, &v.SessionContext, decodeSessionContext)
		case "invokedBy":
			d.Text(&v.InvokedBy)
		case "identityProvider":
			d.Text(&v.IdentityProvider)
		case "credentialId":
			d.Text(&v.CredentialID)
		case "onBehalfOf":
			decode.Pointer(d, &v.OnBehalfOf, decodeOnBehalfOf)
		case "inScopeOf":
			decode.Pointer(d, &v.InScopeOf, decodeInScopeOf)
		default:
			d.Other("type,userName,principalId,arn,accountId,accessKeyId,sessionContext,invokedBy,identityProvider,credentialId,onBehalfOf,inScopeOf")
		}
	}
}

func decodeCloudTrailResource(d *decode.Decoder, v *jobs.CloudTrailResource) {
	for end := d.Object(); d.Member(end, 0x800000000001); {
		switch string(d.Key()) {
		case "ARN":
			d.Text(&v.ARN)
		case "accountId":
			d.Text(&v.AccountID)
		case "type":
			d.Text(&v.Type)
		default:
			d.Other("ARN,accountId,type")
		}
	}
}

func decodeTLSDetails(d *decode.Decoder, v *jobs.TLSDetails) {
	for end := d.Object(); d.Member(end, 0x10008000008); {
		switch string(d.Key()) {
		case "tlsVersion":
			d.Text(&v.TLSVersion)
		case "cipherSuite":
			d.Text(&v.CipherSuite)
		case "clientProvidedHostHeader":
			d.Text(&v.ClientProvidedHostHeader)
		default:
			d.Other("tlsVersion,cipherSuite,clientProvidedHostHeader")
		}
	}
}

func decodeSessionContext(d *decode.Decoder, v *jobs.SessionContext) {
	for end := d.Object(); d.Member(end, 0x1604000000400008); {
		switch string(d.Key()) {
		case "attributes":
			decode.Pointer(d, &v.Attributes, decodeSessionAttributes)
		case "sessionIssuer":
			decode.Pointer(d, &v.SessionIssuer, decodeSessionIssuer)
		case "webIdFederationData":
			decode.Pointer(d, &v.WebIDFederationData, decodeWebIDFederationData)
		case "sourceIdentity":
			d.Text(&v.SourceIdentity)
		case "ec2RoleDelivery":
			d.Text(&v.EC2RoleDelivery)
		case "assumedRoot":
			d.Text(&v.AssumedRoot)
		default:
			d.Other("attributes,sessionIssuer,webIdFederationData,sourceIdentity,ec2RoleDelivery,assumedRoot")
		}
	}
}

func decodeOnBehalfOf(d *decode.Decoder, v *jobs.OnBehalfOf) {
	for end := d.Object(); d.Member(end, 0x2200000000000000); {
		switch string(d.Key()) {
		case "userId":
			d.Text(&v.UserID)
		case "identityStoreArn":
			d.Text(&v.IdentityStoreARN)
		default:
			d.Other("userId,identityStoreArn")
		}
	}
}

func decodeInScopeOf(d *decode.Decoder, v *jobs.InScopeOf) {
	for end := d.Object(); d.Member(end, 0x210000005); {
		switch string(d.Key()) {
		case "sourceArn":
			d.Text(&v.SourceARN)
		case "sourceAccount":
			d.Text(&v.SourceAccount)
		case "issuerType":
			d.Text(&v.IssuerType)
		case "credentialsIssuedTo":
			d.Text(&v.CredentialsIssuedTo)
		default:
			d.Other("sourceArn,sourceAccount,issuerType,credentialsIssuedTo")
		}
	}
}

func decodeSessionAttributes(d *decode.Decoder, v *jobs.SessionAttributes) {
	for end := d.Object(); d.Member(end, 0x80000100000000); {
		switch string(d.Key()) {
		case "creationDate":
			d.Text(&v.CreationDate)
		case "mfaAuthenticated":
			d.Text(&v.MFAAuthenticated)
		default:
			d.Other("creationDate,mfaAuthenticated")
		}
	}
}

func decodeSessionIssuer(d *decode.Decoder, v *jobs.SessionIssuer) {
	for end := d.Object(); d.Member(end, 0x8800000000401); {
		switch string(d.Key()) {
		case "type":
			d.Text(&v.Type)
		case "userName":
			d.Text(&v.UserName)
		case "principalId":
			d.Text(&v.PrincipalID)
		case "arn":
			d.Text(&v.ARN)
		case "accountId":
			d.Text(&v.AccountID)
		default:
			d.Other("type,userName,principalId,arn,accountId")
		}
	}
}

func decodeWebIDFederationData(d *decode.Decoder, v *jobs.WebIDFederationData) {
	for end := d.Object(); d.Member(end, 0x24000000000000); {
		switch string(d.Key()) {
		case "federatedProvider":
			d.Text(&v.FederatedProvider)
		case "attributes":
			decode.Raw(d, &v.Attributes)
		default:
			d.Other("federatedProvider,attributes")
		}
	}
}
