package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkGrants reports statements that grant more than one job needs: actions that allow
// everything, and actions without resources. It leaves out a statement with a wrong
// condition, since the corrected condition may limit it.
func checkGrants(p *Package, _ *Facts, report diag.Reporter) {
	for _, s := range p.statements() {
		if !every(s.Conditions, Condition.isRight) {
			continue
		}
		found := wideGrants(s.Statement)
		for _, w := range found {
			report.Report(diag.WideGrant, s.ActionsAt[w.action], "%s", w.message)
		}
		if len(found) == 0 && s.Everywhere {
			report.Report(diag.AnyResource, s.At, "%s granted on every resource; a statement names its own: {actions: […], resources: ['arn:…']}", count(len(s.Actions), "action is", "actions are"))
		}
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// wideGrant is an action of a statement that grants far more than one job needs.
type wideGrant struct {
	action  int // an index of the statement's actions
	message string
}

// wideGrants finds the actions of a statement that allow everything in a service or in the
// account, or that let the function pass every role. Every resource means the same as for
// IAM Access Analyzer (IAM user guide, access-analyzer-reference-policy-checks): a wildcard,
// or all resources but some.
func wideGrants(s model.Statement) []wideGrant {
	if s.Effect != "Allow" || limitsByTag(s.Condition) {
		return nil
	}
	if s.NotAction && coversAny(s, "") && !slices.Contains(s.Actions, "*") {
		return []wideGrant{{0, "not_actions allows every other action of every service on every resource; name the actions that the function needs: actions: [service:Name]"}}
	}
	if s.NotAction {
		return nil
	}
	var found []wideGrant
	for i, action := range s.Actions {
		if message := wideAction(s, action); message != "" {
			found = append(found, wideGrant{i, message})
		}
	}
	return found
}

// wideAction returns the message for an action that grants too much, or "".
func wideAction(s model.Statement, action string) string {
	service, name, _ := strings.Cut(action, ":")
	service = strings.ToLower(service)
	switch {
	case action == "*" && coversAny(s, ""):
		return "* allows every action of every service on every resource; name the actions that the function needs"
	case everyName(name) && coversAny(s, service):
		return fmt.Sprintf("%s allows every action of %s on every resource; name the actions that the function needs, or give the statement resources: ['arn:…']", action, service)
	case overlap(strings.ToLower(action), "iam:passrole") && coversEveryRole(s) && !limitsPassing(s.Condition):
		return fmt.Sprintf("%s lets the function pass every role of the account to a service, and so use that role's rights; "+
			"name the roles in resources: ['arn:aws:iam::*:role/NAME'], or the services in a condition on iam:PassedToService", passRole(action))
	}
	return ""
}

// passRole names an action, and iam:PassRole if the action covers it.
func passRole(action string) string {
	if strings.EqualFold(action, "iam:PassRole") {
		return action
	}
	return action + ", which covers iam:PassRole,"
}

// everyName reports whether an action's name, behind the colon, matches every name.
func everyName(name string) bool {
	return strings.Contains(name, "*") && strings.Trim(name, "*?") == ""
}

// anyPart is a part of an ARN that only a wildcard matches.
const anyPart = "\x00"

// coversAny reports whether a statement covers every resource of a service. If the service
// is "", it is the one that the ARN names.
func coversAny(s model.Statement, service string) bool {
	return covers(s, func(arn arnPattern) bool {
		service := cmp.Or(service, arn.service)
		// The ARNs of some services have no Region, and of some no account.
		return arn.covers(service, anyPart, anyPart, anyPart) || arn.covers(service, "", anyPart, anyPart) || arn.covers(service, "", "", anyPart)
	})
}

// coversEveryRole reports whether a statement covers every role of an account.
func coversEveryRole(s model.Statement) bool {
	return covers(s, func(arn arnPattern) bool { return arn.covers("iam", "", arn.account, "role/"+anyPart) })
}

// covers reports whether one of a statement's resources covers everything. A statement for
// all resources but some covers everything, unless those some are everything.
func covers(s model.Statement, everything func(arnPattern) bool) bool {
	one := slices.ContainsFunc(s.Resources, func(t model.Text) bool {
		text := t.Expand(func(string) string { return "parameter" })
		return text == "*" || everything(parseARN(text))
	})
	return one != s.NotResource
}

// arnPattern is an ARN that may have wildcards.
type arnPattern struct{ text, service, account string }

func parseARN(text string) arnPattern {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) > 1 {
		parts[1] = "*" // the partition makes no difference
	}
	arn := arnPattern{text: strings.Join(parts, ":"), service: anyPart}
	if len(parts) > 2 && !strings.ContainsAny(parts[2], "*?") {
		arn.service = parts[2]
	}
	if len(parts) > 4 {
		arn.account = parts[4]
	}
	return arn
}

func (a arnPattern) covers(service, region, account, resource string) bool {
	account = strings.NewReplacer("*", anyPart, "?", anyPart).Replace(account)
	return overlap(a.text, strings.Join([]string{"arn", "aws", service, region, account, resource}, ":"))
}

// limitsPassing reports whether a condition limits the services to which a role can be
// passed.
func limitsPassing(condition *model.Value) bool {
	return hasKey(condition, func(key string) bool { return key == "iam:passedtoservice" })
}

// limitsByTag reports whether a condition limits the resources by a tag, aws:ResourceTag or
// a service's own.
func limitsByTag(condition *model.Value) bool {
	return hasKey(condition, func(key string) bool { return strings.Contains(key, ":resourcetag/") })
}

// hasKey reports whether is returns true for a key of a condition, in lower case.
func hasKey(condition *model.Value, is func(string) bool) bool {
	return condition != nil && slices.ContainsFunc(condition.Fields, func(operator model.ValueField) bool {
		return slices.ContainsFunc(operator.Value.Keys(), func(key string) bool { return is(strings.ToLower(key)) })
	})
}
