package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkActionResources reports actions that none of the statement's resources can be the
// resource of: IAM then allows nothing. Actions that aren't known are left out.
func checkActionResources(p *Package, _ *Facts, report diag.Reporter) {
	for s, i := range p.allowed {
		if s.NotResource {
			continue
		}
		if message := misplacedAction(s.Actions[i], s.Resources); message != "" {
			report.Report(diag.ActionResource, s.ActionsAt[i], "%s", message)
		}
	}
}

// misplacedAction says why resources don't fit an action; it returns "" if one of them
// does. With wildcards, one of the actions that match is enough.
func misplacedAction(action string, resources []model.Text) string {
	prefix, name, ok := strings.Cut(action, ":")
	if !ok {
		return "" // it is *
	}
	service, ok := catalog.LookupIAM(prefix)
	if !ok {
		return ""
	}
	var patterns []string
	for _, r := range resources {
		patterns = append(patterns, resourcePattern(r))
	}
	matched := actionsOf(service, name)
	var types []catalog.IAMResource
	for _, a := range matched {
		if slices.ContainsFunc(patterns, func(p string) bool { return canBeOn(a, p, service) }) {
			return ""
		}
		types = append(types, a.Resources...)
	}
	right, rightType := rightARN(resources, types)
	switch {
	case len(matched) == 0:
		return ""
	case len(types) == 0:
		return action + " takes no resource, so IAM allows it only in a statement with resources: '*'"
	case right != "":
		return "no resource here is of a type that " + action + " takes; for " + rightType + ", write " + right
	case slices.ContainsFunc(patterns, func(p string) bool { return isNewType(p, service) }):
		return ""
	}
	return "no resource here is of a type that " + action + " takes: " + describeTypes(types)
}

// canBeOn reports whether a resource's pattern can be for a resource of an action. In doubt
// it can: AWS's reference lacks resources of some actions, above all of those that create
// or tag resources, and AWS's own policies name them.
func canBeOn(a catalog.IAMAction, pattern string, service *catalog.IAMService) bool {
	switch {
	case strings.Trim(pattern, string(anyText)) == "":
		return true
	case strings.Contains(a.Name, "Tag") || strings.HasPrefix(a.Name, "Untag"):
		return isOfService(pattern, service)
	case len(a.Resources) == 0 && isList(a.Name):
		return coversType(pattern, service)
	case len(a.Resources) == 0:
		return isOfService(pattern, service)
	}
	return slices.ContainsFunc(a.Resources, func(t catalog.IAMResource) bool { return isOfType(pattern, t) })
}

// isList reports whether an action with this name lists resources.
func isList(name string) bool {
	return strings.HasPrefix(name, "List") || strings.HasPrefix(name, "Describe")
}

// coversType reports whether a resource's pattern is for all resources of a service, or for
// all of a type. Some services check such an ARN for an action that lists resources: AWS's
// own policies allow s3:ListAllMyBuckets on arn:aws:s3:::* (S3 user guide, walkthrough1).
// EC2 takes all resources alone (EC2 user guide, iam-policies-for-amazon-ec2).
func coversType(pattern string, service *catalog.IAMService) bool {
	resource := resourceOf(pattern)
	literal := resource
	if i := strings.IndexAny(resource, "*?"); i >= 0 {
		literal = resource[:i]
	}
	rest := resource[len(literal):]
	switch {
	case !isOfService(pattern, service) || resource != "" && rest == "" || strings.Trim(rest, "*?/:") != "":
		return false
	case strings.Trim(literal, "/") == "":
		return true
	}
	return service.Prefix != "ec2" && slices.ContainsFunc(service.Resources, func(t catalog.IAMResource) bool {
		return slices.ContainsFunc(t.ARNs, func(arn string) bool {
			return strings.HasPrefix(strings.ToLower(resourceOf("arn:*:"+arn)), literal)
		})
	})
}

// arnSegments is the number of segments of an ARN. The last one may have colons.
const arnSegments = 6

// resourceOf returns the last segment of an ARN, or the whole text if it has fewer.
func resourceOf(arn string) string {
	parts := strings.SplitN(arn, ":", arnSegments)
	if len(parts) < arnSegments {
		return arn
	}
	return parts[arnSegments-1]
}

// isNewType reports whether a resource's pattern is for a resource of a service whose type
// isn't known.
func isNewType(pattern string, service *catalog.IAMService) bool {
	known := slices.ContainsFunc(service.Resources, func(t catalog.IAMResource) bool { return isOfType(pattern, t) })
	return !known && isOfService(pattern, service)
}

// isOfService reports whether a resource's pattern is for resources of a service, whatever
// their type.
func isOfService(pattern string, service *catalog.IAMService) bool {
	for _, t := range service.Resources {
		for _, arn := range t.ARNs {
			owner, _, _ := strings.Cut(arn, ":")
			if owner != string(anyText) && overlapARN(pattern, "arn:*:"+owner+":*:*:*") {
				return true
			}
		}
	}
	return overlapARN(pattern, "arn:*:"+service.Prefix+":*:*:*")
}

// policyVariable is a variable of IAM's in a resource, such as ${aws:username}.
var policyVariable = regexp.MustCompile(`\$\{[^}]*\}`)

// resourcePattern returns a resource of a statement with wildcards for its parameters and
// variables.
func resourcePattern(resource model.Text) string {
	text := resource.Expand(func(string) string { return string(anyText) })
	return strings.ToLower(policyVariable.ReplaceAllLiteralString(text, string(anyText)))
}

// isOfType reports whether a resource's pattern can be for a resource of a type.
func isOfType(pattern string, r catalog.IAMResource) bool {
	return slices.ContainsFunc(r.ARNs, func(arn string) bool {
		return overlapARN(pattern, "arn:*:"+strings.ReplaceAll(strings.ToLower(arn), "~", string(anySegment)))
	})
}

// overlapARN reports whether some ARN matches both of two patterns. A wildcard stays in its
// segment (IAM user guide, reference_policies_elements_resource). A pattern with fewer
// segments isn't one that IAM's documentation describes; its last one is for the rest.
func overlapARN(a, b string) bool {
	x, y := strings.SplitN(a, ":", arnSegments), strings.SplitN(b, ":", arnSegments)
	for i := range min(len(x), len(y)) {
		if i == len(x)-1 && len(x) < arnSegments && hasWildcard(x[i]) {
			return true
		}
		if !overlap(x[i], y[i]) {
			return false
		}
	}
	return len(x) == len(y)
}

// rightARN returns the first resource with a change that makes it one of the types, and the
// name of that type: a bucket's objects for the bucket, or the reverse. It returns "" if
// there is none.
func rightARN(resources []model.Text, types []catalog.IAMResource) (arn, name string) {
	for _, r := range resources {
		text := r.Expand(func(name string) string { return "${" + name + "}" })
		bare, _, _ := strings.Cut(text, "/")
		for _, changed := range []string{text + "/*", bare, text + ":*"} {
			pattern := resourcePattern(model.Literal(changed))
			for _, t := range types {
				if isOfType(pattern, t) {
					return changed, t.Name
				}
			}
		}
	}
	return "", ""
}

// describeTypes names types of resources with the forms of their ARNs.
func describeTypes(types []catalog.IAMResource) string {
	var names []string
	for _, t := range types {
		name := t.Name + " (arn:aws:" + strings.ReplaceAll(t.ARNs[0], "~", string(anyText)) + ")"
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return conjoin(names, "or")
}
