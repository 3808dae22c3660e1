package dispatch

import (
	"encoding/json"
	"time"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
)

// DecodeCloudTrail is the decoder of a CloudTrail; generated code uses it.
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
			if d.Null() {
				v.ReadOnly = nil
			} else {
				if v.ReadOnly == nil {
					v.ReadOnly = new(bool)
				}
				decode.Bool(d, v.ReadOnly)
			}
		case "managementEvent":
			if d.Null() {
				v.ManagementEvent = nil
			} else {
				if v.ManagementEvent == nil {
					v.ManagementEvent = new(bool)
				}
				decode.Bool(d, v.ManagementEvent)
			}
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
			if d.Null() {
				v.TLSDetails = nil
			} else {
				if v.TLSDetails == nil {
					v.TLSDetails = new(jobs.TLSDetails)
				}
				decodeTLSDetails(d, v.TLSDetails)
			}
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
			if d.Null() {
				v.SessionContext = nil
			} else {
				if v.SessionContext == nil {
					v.SessionContext = new(jobs.SessionContext)
				}
				decodeSessionContext(d, v.SessionContext)
			}
		case "invokedBy":
			d.Text(&v.InvokedBy)
		case "identityProvider":
			d.Text(&v.IdentityProvider)
		case "credentialId":
			d.Text(&v.CredentialID)
		case "onBehalfOf":
			if d.Null() {
				v.OnBehalfOf = nil
			} else {
				if v.OnBehalfOf == nil {
					v.OnBehalfOf = new(jobs.OnBehalfOf)
				}
				decodeOnBehalfOf(d, v.OnBehalfOf)
			}
		case "inScopeOf":
			if d.Null() {
				v.InScopeOf = nil
			} else {
				if v.InScopeOf == nil {
					v.InScopeOf = new(jobs.InScopeOf)
				}
				decodeInScopeOf(d, v.InScopeOf)
			}
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
			if d.Null() {
				v.Attributes = nil
			} else {
				if v.Attributes == nil {
					v.Attributes = new(jobs.SessionAttributes)
				}
				decodeSessionAttributes(d, v.Attributes)
			}
		case "sessionIssuer":
			if d.Null() {
				v.SessionIssuer = nil
			} else {
				if v.SessionIssuer == nil {
					v.SessionIssuer = new(jobs.SessionIssuer)
				}
				decodeSessionIssuer(d, v.SessionIssuer)
			}
		case "webIdFederationData":
			if d.Null() {
				v.WebIDFederationData = nil
			} else {
				if v.WebIDFederationData == nil {
					v.WebIDFederationData = new(jobs.WebIDFederationData)
				}
				decodeWebIDFederationData(d, v.WebIDFederationData)
			}
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

// The structs that are decoded here. If one of these lines does not compile, one
// has changed: its decoder must, too.
var (
	_ struct {
		EventVersion                 string                    `json:"eventVersion"`
		UserIdentity                 jobs.UserIdentity         `json:"userIdentity"`
		EventTime                    time.Time                 `json:"eventTime"`
		EventSource                  string                    `json:"eventSource"`
		EventName                    string                    `json:"eventName"`
		AWSRegion                    string                    `json:"awsRegion"`
		SourceIPAddress              string                    `json:"sourceIPAddress"`
		UserAgent                    string                    `json:"userAgent,omitempty"`
		ErrorCode                    string                    `json:"errorCode,omitempty"`
		ErrorMessage                 string                    `json:"errorMessage,omitempty"`
		RequestParameters            json.RawMessage           `json:"requestParameters,omitempty"`
		ResponseElements             json.RawMessage           `json:"responseElements,omitempty"`
		AdditionalEventData          json.RawMessage           `json:"additionalEventData,omitempty"`
		RequestID                    string                    `json:"requestID,omitempty"`
		EventID                      string                    `json:"eventID,omitempty"`
		EventType                    string                    `json:"eventType,omitempty"`
		APIVersion                   string                    `json:"apiVersion,omitempty"`
		ReadOnly                     *bool                     `json:"readOnly,omitempty"`
		ManagementEvent              *bool                     `json:"managementEvent,omitempty"`
		EventCategory                string                    `json:"eventCategory,omitempty"`
		Resources                    []jobs.CloudTrailResource `json:"resources,omitempty"`
		RecipientAccountID           string                    `json:"recipientAccountId,omitempty"`
		SharedEventID                string                    `json:"sharedEventID,omitempty"`
		ServiceEventDetails          json.RawMessage           `json:"serviceEventDetails,omitempty"`
		VPCEndpointID                string                    `json:"vpcEndpointId,omitempty"`
		VPCEndpointAccountID         string                    `json:"vpcEndpointAccountId,omitempty"`
		Addendum                     json.RawMessage           `json:"addendum,omitempty"`
		SessionCredentialFromConsole string                    `json:"sessionCredentialFromConsole,omitempty"`
		EventContext                 json.RawMessage           `json:"eventContext,omitempty"`
		EdgeDeviceDetails            json.RawMessage           `json:"edgeDeviceDetails,omitempty"`
		TLSDetails                   *jobs.TLSDetails          `json:"tlsDetails,omitempty"`
	} = jobs.CloudTrail{}
	_ struct {
		Type             string               `json:"type"`
		UserName         string               `json:"userName,omitempty"`
		PrincipalID      string               `json:"principalId,omitempty"`
		ARN              string               `json:"arn,omitempty"`
		AccountID        string               `json:"accountId,omitempty"`
		AccessKeyID      string               `json:"accessKeyId,omitempty"`
		SessionContext   *jobs.SessionContext `json:"sessionContext,omitempty"`
		InvokedBy        string               `json:"invokedBy,omitempty"`
		IdentityProvider string               `json:"identityProvider,omitempty"`
		CredentialID     string               `json:"credentialId,omitempty"`
		OnBehalfOf       *jobs.OnBehalfOf     `json:"onBehalfOf,omitempty"`
		InScopeOf        *jobs.InScopeOf      `json:"inScopeOf,omitempty"`
	} = jobs.UserIdentity{}
	_ struct {
		ARN       string `json:"ARN,omitempty"`
		AccountID string `json:"accountId,omitempty"`
		Type      string `json:"type,omitempty"`
	} = jobs.CloudTrailResource{}
	_ struct {
		TLSVersion               string `json:"tlsVersion,omitempty"`
		CipherSuite              string `json:"cipherSuite,omitempty"`
		ClientProvidedHostHeader string `json:"clientProvidedHostHeader,omitempty"`
	} = jobs.TLSDetails{}
	_ struct {
		Attributes          *jobs.SessionAttributes   `json:"attributes,omitempty"`
		SessionIssuer       *jobs.SessionIssuer       `json:"sessionIssuer,omitempty"`
		WebIDFederationData *jobs.WebIDFederationData `json:"webIdFederationData,omitempty"`
		SourceIdentity      string                    `json:"sourceIdentity,omitempty"`
		EC2RoleDelivery     string                    `json:"ec2RoleDelivery,omitempty"`
		AssumedRoot         string                    `json:"assumedRoot,omitempty"`
	} = jobs.SessionContext{}
	_ struct {
		UserID           string `json:"userId,omitempty"`
		IdentityStoreARN string `json:"identityStoreArn,omitempty"`
	} = jobs.OnBehalfOf{}
	_ struct {
		SourceARN           string `json:"sourceArn,omitempty"`
		SourceAccount       string `json:"sourceAccount,omitempty"`
		IssuerType          string `json:"issuerType,omitempty"`
		CredentialsIssuedTo string `json:"credentialsIssuedTo,omitempty"`
	} = jobs.InScopeOf{}
	_ struct {
		CreationDate     string `json:"creationDate,omitempty"`
		MFAAuthenticated string `json:"mfaAuthenticated,omitempty"`
	} = jobs.SessionAttributes{}
	_ struct {
		Type        string `json:"type,omitempty"`
		UserName    string `json:"userName,omitempty"`
		PrincipalID string `json:"principalId,omitempty"`
		ARN         string `json:"arn,omitempty"`
		AccountID   string `json:"accountId,omitempty"`
	} = jobs.SessionIssuer{}
	_ struct {
		FederatedProvider string          `json:"federatedProvider,omitempty"`
		Attributes        json.RawMessage `json:"attributes,omitempty"`
	} = jobs.WebIDFederationData{}
)
