package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
)

// conditionOperators are IAM's operators for conditions (IAM user guide,
// reference_policies_elements_condition_operators).
var conditionOperators = []string{
	"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
	"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
	"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
	"Bool", "BinaryEquals", "IpAddress", "NotIpAddress",
	"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike",
	nullOperator,
}

// nullOperator tests whether a key exists, so it has no form with IfExists.
const nullOperator = "Null"

const ifExists = "IfExists"

// setOperators precede the operators, for keys with several values.
var setOperators = []string{"ForAllValues:", "ForAnyValue:"}

// checkConditions checks the conditions of iam_policy statements. IAM refuses a policy with
// an unknown operator.
func checkConditions(p *Package, _ *Facts, report diag.Reporter) {
	for _, c := range concat(p.statements(), func(s *Statement) []Condition { return s.Conditions }) {
		switch {
		case !isConditionOperator(c.Operator):
			unknownOperator(c, report)
		case !c.IsMapping:
			report.Report(diag.ArgKind, c.Value, "%s takes a mapping of keys to values; this is %s: write `%s: {'aws:RequestedRegion': eu-west-1}`",
				c.Operator, c.Kind, c.Operator)
		}
	}
}

// statements returns the statements of all functions.
func (p *Package) statements() []*Statement {
	return concat(p.Functions, func(f *Function) []*Statement { return f.Statements })
}

// allowed yields each action that a statement allows: the statement, and the action's index.
func (p *Package) allowed(yield func(s *Statement, i int) bool) {
	for _, s := range p.statements() {
		for i := range s.Actions {
			if s.Effect == "Allow" && !s.NotAction && !yield(s, i) {
				return
			}
		}
	}
}

// isRight reports whether a condition's operator is IAM's, and has a mapping.
func (c Condition) isRight() bool { return isConditionOperator(c.Operator) && c.IsMapping }

// unknownOperator reports an operator that IAM doesn't have. There are many operators, so
// the message lists them only if none is near.
func unknownOperator(c Condition, report diag.Reporter) {
	message := "%q is not an operator of IAM's conditions"
	near := nearestOperator(c.Operator)
	if near == "" {
		message += "; there are " + strings.Join(conditionOperators, ", ") +
			"; all but " + nullOperator + " take " + ifExists + " behind, and each takes " + strings.Join(setOperators, " or ") + " in front"
	}
	report.Add(diag.New(diag.PropValue, c.Pos, message, diag.Clip(c.Operator)).Suggest(c.Operator, near))
}

func isConditionOperator(name string) bool {
	_, bare, suffix := splitOperator(name)
	return slices.Contains(conditionOperators, bare) && (suffix == "" || bare != nullOperator)
}

// splitOperator returns the parts of an operator's name, such as ForAllValues:, StringLike
// and IfExists.
func splitOperator(name string) (prefix, bare, suffix string) {
	for _, set := range setOperators {
		if rest, ok := strings.CutPrefix(name, set); ok {
			prefix, name = set, rest
		}
	}
	if rest, ok := strings.CutSuffix(name, ifExists); ok {
		return prefix, rest, ifExists
	}
	return prefix, name, ""
}

// nearestOperator returns the operator that is nearest to a name, with the name's prefix and
// suffix.
func nearestOperator(name string) string {
	prefix, bare, suffix := splitOperator(name)
	switch near := nearestName(bare, conditionOperators); near {
	case "":
		return nearestName(name, conditionOperators)
	case nullOperator:
		return prefix + near
	default:
		return prefix + near + suffix
	}
}
