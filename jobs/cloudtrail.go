package jobs

import (
	"encoding/json"
	"time"
)

// CloudTrail is a CloudTrail record: who called which action of which service, and the
// result. It is the detail of events of the detail-types "AWS API Call via CloudTrail",
// "AWS Console Sign In via CloudTrail" and "AWS Service Event via CloudTrail".
//
// The fields are described in the CloudTrail user guide, page
// cloudtrail-event-reference-record-contents (record version 1.11). If the record doesn't
// have a field, it is empty. Fields whose form depends on the service are JSON.
// CloudTrail truncates very long fields.
type CloudTrail struct {
	// EventVersion is the version of the record's format: major.minor.
	EventVersion string `json:"eventVersion"`
	// UserIdentity is who made the request.
	UserIdentity UserIdentity `json:"userIdentity"`
	// EventTime is when the request was completed, in UTC.
	EventTime time.Time `json:"eventTime"`
	// EventSource is the service that was called: "ec2.amazonaws.com".
	EventSource string `json:"eventSource"`
	// EventName is the action that was called: "RunInstances".
	EventName string `json:"eventName"`
	// AWSRegion is where the request was made.
	AWSRegion string `json:"awsRegion"`
	// SourceIPAddress is where the request came from: an address, or a
	// service's name.
	SourceIPAddress string `json:"sourceIPAddress"`
	// UserAgent is the program that made the request.
	UserAgent string `json:"userAgent,omitempty"`
	// ErrorCode and ErrorMessage say why a request failed. They are empty for
	// one that succeeded.
	ErrorCode    string `json:"errorCode,omitempty"`
	ErrorMessage string `json:"errorMessage,omitempty"`
	// RequestParameters and ResponseElements are the request to the service's API and
	// its response, or null. An action that changes nothing has no ResponseElements.
	RequestParameters json.RawMessage `json:"requestParameters,omitempty"`
	ResponseElements  json.RawMessage `json:"responseElements,omitempty"`
	// AdditionalEventData is data that is part of neither the request nor the response.
	AdditionalEventData json.RawMessage `json:"additionalEventData,omitempty"`
	// RequestID is the service's own id of the request.
	RequestID string `json:"requestID,omitempty"`
	// EventID is unique for each record.
	EventID string `json:"eventID,omitempty"`
	// EventType is "AwsApiCall", "AwsServiceEvent", "AwsConsoleAction",
	// "AwsConsoleSignIn" or "AwsVpceEvent".
	EventType string `json:"eventType,omitempty"`
	// APIVersion is the version of the API that was called.
	APIVersion string `json:"apiVersion,omitempty"`
	// ReadOnly reports whether the action changes nothing. It is nil if the record doesn't
	// say.
	ReadOnly *bool `json:"readOnly,omitempty"`
	// ManagementEvent reports whether the event is a management event. It is nil if the
	// record doesn't say.
	ManagementEvent *bool `json:"managementEvent,omitempty"`
	// EventCategory is "Management", "Data" or "NetworkActivity".
	EventCategory string `json:"eventCategory,omitempty"`
	// Resources are the resources that the request was about.
	Resources []CloudTrailResource `json:"resources,omitempty"`
	// RecipientAccountID is the account that received the record. If the request came
	// from another account, it differs from the identity's account.
	RecipientAccountID string `json:"recipientAccountId,omitempty"`
	// SharedEventID is the same in all records of one request in several accounts.
	SharedEventID string `json:"sharedEventID,omitempty"`
	// ServiceEventDetails describes an "AwsServiceEvent".
	ServiceEventDetails json.RawMessage `json:"serviceEventDetails,omitempty"`
	// VPCEndpointID and VPCEndpointAccountID identify the VPC endpoint that the request
	// came through.
	VPCEndpointID        string `json:"vpcEndpointId,omitempty"`
	VPCEndpointAccountID string `json:"vpcEndpointAccountId,omitempty"`
	// Addendum explains why a record was delivered late, or what it corrects.
	Addendum json.RawMessage `json:"addendum,omitempty"`
	// SessionCredentialFromConsole is "true" if the request was made in a console session.
	SessionCredentialFromConsole string `json:"sessionCredentialFromConsole,omitempty"`
	// EventContext holds the tags and condition keys that a trail or an event data store
	// is configured to add.
	EventContext json.RawMessage `json:"eventContext,omitempty"`
	// EdgeDeviceDetails describes the edge device that was called.
	EdgeDeviceDetails json.RawMessage `json:"edgeDeviceDetails,omitempty"`
	// TLSDetails describes the connection. It is nil if the record doesn't.
	TLSDetails *TLSDetails `json:"tlsDetails,omitempty"`
}

// CloudTrailResource is a resource that a recorded request was about.
type CloudTrailResource struct {
	ARN       string `json:"ARN,omitempty"`
	AccountID string `json:"accountId,omitempty"` // the owner's
	Type      string `json:"type,omitempty"`      // "AWS::KMS::Key"
}

// TLSDetails describes the connection of a recorded request.
type TLSDetails struct {
	TLSVersion  string `json:"tlsVersion,omitempty"`
	CipherSuite string `json:"cipherSuite,omitempty"`
	// ClientProvidedHostHeader is the host name that the client asked for.
	ClientProvidedHostHeader string `json:"clientProvidedHostHeader,omitempty"`
}

// UserIdentity describes who made a recorded request, and with which credentials
// (CloudTrail user guide, page cloudtrail-event-reference-user-identity).
type UserIdentity struct {
	// Type is "Root", "IAMUser", "AssumedRole", "Role", "FederatedUser",
	// "AWSAccount", "AWSService", "IdentityCenterUser" and more.
	Type string `json:"type"`
	// UserName is the friendly name, if the identity has one.
	UserName string `json:"userName,omitempty"`
	// PrincipalID is the unique id of the caller. For temporary credentials it includes
	// the name of the session.
	PrincipalID string `json:"principalId,omitempty"`
	ARN         string `json:"arn,omitempty"`
	// AccountID is the account that owns the entity that gave the permissions.
	AccountID   string `json:"accountId,omitempty"`
	AccessKeyID string `json:"accessKeyId,omitempty"`
	// SessionContext is set for temporary credentials.
	SessionContext *SessionContext `json:"sessionContext,omitempty"`
	// InvokedBy is the AWS service that made the request for the identity.
	InvokedBy string `json:"invokedBy,omitempty"`
	// IdentityProvider is the provider of a SAML or web identity.
	IdentityProvider string `json:"identityProvider,omitempty"`
	// CredentialID is the id of the request's credential, for "IdentityCenterUser".
	CredentialID string `json:"credentialId,omitempty"`
	// OnBehalfOf is the IAM Identity Center user for whom the request was made.
	OnBehalfOf *OnBehalfOf `json:"onBehalfOf,omitempty"`
	// InScopeOf describes what the credentials were issued to.
	InScopeOf *InScopeOf `json:"inScopeOf,omitempty"`
}

// SessionContext describes the session of temporary credentials.
type SessionContext struct {
	Attributes *SessionAttributes `json:"attributes,omitempty"`
	// SessionIssuer describes who issued the credentials.
	SessionIssuer *SessionIssuer `json:"sessionIssuer,omitempty"`
	// WebIDFederationData is set if a web identity was exchanged.
	WebIDFederationData *WebIDFederationData `json:"webIdFederationData,omitempty"`
	// SourceIdentity is the original identity, if the role requires it.
	SourceIdentity string `json:"sourceIdentity,omitempty"`
	// EC2RoleDelivery is the version of the instance metadata service that provided the
	// credentials: "1.0" or "2.0".
	EC2RoleDelivery string `json:"ec2RoleDelivery,omitempty"`
	// AssumedRoot is "true" for a session of AssumeRoot.
	AssumedRoot string `json:"assumedRoot,omitempty"`
}

// SessionAttributes are the attributes of a session. CloudTrail sends both as text.
type SessionAttributes struct {
	CreationDate     string `json:"creationDate,omitempty"`
	MFAAuthenticated string `json:"mfaAuthenticated,omitempty"` // "true" or "false"
}

// SessionIssuer is the source of temporary credentials: a role, a user or the account's
// root.
type SessionIssuer struct {
	Type        string `json:"type,omitempty"` // "Role", "IAMUser", "Root"
	UserName    string `json:"userName,omitempty"`
	PrincipalID string `json:"principalId,omitempty"`
	ARN         string `json:"arn,omitempty"`
	AccountID   string `json:"accountId,omitempty"`
}

// WebIDFederationData describes a web identity.
type WebIDFederationData struct {
	FederatedProvider string          `json:"federatedProvider,omitempty"`
	Attributes        json.RawMessage `json:"attributes,omitempty"`
}

// OnBehalfOf is a user of IAM Identity Center.
type OnBehalfOf struct {
	UserID           string `json:"userId,omitempty"`
	IdentityStoreARN string `json:"identityStoreArn,omitempty"`
}

// InScopeOf describes what credentials were issued to.
type InScopeOf struct {
	SourceARN           string `json:"sourceArn,omitempty"`
	SourceAccount       string `json:"sourceAccount,omitempty"`
	IssuerType          string `json:"issuerType,omitempty"`
	CredentialsIssuedTo string `json:"credentialsIssuedTo,omitempty"`
}
