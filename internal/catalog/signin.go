package catalog

import "slices"

// SignInSource is the source of the events of signing in to the console.
const SignInSource = "aws.signin"

// signInNames are names of events that CloudTrail records with the eventType
// AwsConsoleSignIn, and that are no API calls (CloudTrail user guide,
// cloudtrail-event-reference-aws-console-sign-in-events; IAM user guide,
// cloudtrail-integration). There may be others.
var signInNames = []string{
	"CheckMfa", "ConsoleLogin", "EmailUpdated", "ExitRole", "PasswordRecoveryCompleted", "PasswordRecoveryRequested",
	"PasswordUpdated", "RenewRole", "SwitchRole",
}

// IsSignIn reports whether CloudTrail records a name for signing in to the console, and not
// for an API call.
func IsSignIn(eventName string) bool { return slices.Contains(signInNames, eventName) }
