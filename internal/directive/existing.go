package directive

import "strings"

// functionARNPattern is the ARN of a function, of a version or of an alias (API_AddPermission).
const functionARNPattern = `arn:aws[A-Za-z0-9_-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_-]{1,128})?`

// insteadOfARN returns what to do about a text that is easily mistaken for a function's ARN.
func insteadOfARN(arn string) string {
	switch {
	case strings.HasSuffix(arn, ":"+latest):
		return "Lambda adds no permission to " + latest + " (API_AddPermission); write the ARN without it"
	case strings.Contains(arn, ":apigateway:"):
		return "it is an address for API Gateway (invoke_arn); write the function's own ARN, arn:aws:lambda:REGION:ACCOUNT:function:NAME"
	case arn != "" && !strings.Contains(arn, ":"):
		return "it is a name; write the function's ARN, arn:aws:lambda:REGION:ACCOUNT:function:NAME, or a parameter: `arn: \"${FunctionArn}\"`"
	}
	return ""
}

// latest is the qualifier of the unpublished version.
const latest = "$LATEST"

func insteadOfQualifier(qualifier string) string {
	if qualifier == latest {
		return "Lambda adds no permission to " + latest + " (API_AddPermission); remove qualifier, because a function without one is called in that version"
	}
	return ""
}
