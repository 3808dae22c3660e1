package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
)

// conditionOperators are those of a statement's condition (IAM user guide,
// reference_policies_elements_condition_operators).
var conditionOperators = []string{
	"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
	"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
	"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
	"Bool", "BinaryEquals", "IpAddress", "NotIpAddress",
	"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike",
	nullOperator,
}

// nullOperator asks itself whether a key is there, so it takes no IfExists.
const nullOperator = "Null"

const ifExists = "IfExists"

// setOperators stand in front of the operators, for keys with several values.
var setOperators = []string{"ForAllValues:", "ForAnyValue:"}

// condition checks a statement's condition: operators, in each the keys and what
// they are compared with.
func (r *functionReader) condition(c gosource.Line, v *directive.Value) bool {
	if v.Node.Kind != directive.Map {
		r.p.diags.Report(diag.ArgKind, c.At(v.Node.Offset), "condition takes a mapping: write `condition: %s`", v.Prop.Example)
		return false
	}
	ok := true
	for _, pair := range v.Node.Pairs {
		ok = r.conditionOperator(c, pair) && ok
	}
	return ok
}

func (r *functionReader) conditionOperator(c gosource.Line, pair directive.Pair) bool {
	name := pair.Key.Text
	switch {
	case !isConditionOperator(name):
		r.unknownOperator(c, pair.Key)
		return false
	case pair.Value.Kind != directive.Map:
		r.p.diags.Report(diag.ArgKind, c.At(pair.Value.Offset), "%s takes a mapping of keys to values; this is %s: write `%s: {'aws:RequestedRegion': eu-west-1}`",
			name, pair.Value.Kind, name)
		return false
	}
	return true
}

// unknownOperator reports an operator that there is not. They are many, so all of
// them are named only where none is near.
func (r *functionReader) unknownOperator(c gosource.Line, key *directive.Node) {
	message := "%q is no operator of IAM's conditions"
	near := nearestOperator(key.Text)
	if near == "" {
		message += "; there are " + strings.Join(conditionOperators, ", ") +
			"; all but " + nullOperator + " take " + ifExists + " behind, and each takes " + strings.Join(setOperators, " or ") + " in front"
	}
	r.p.diags.Add(diag.New(diag.PropValue, c.At(key.Offset), message, diag.Clip(key.Text)).Suggest(near))
}

func isConditionOperator(name string) bool {
	_, bare, suffix := splitOperator(name)
	return slices.Contains(conditionOperators, bare) && (suffix == "" || bare != nullOperator)
}

// splitOperator takes an operator's name apart.
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

// nearestOperator returns the nearest operator to a name, with what stands
// around it.
func nearestOperator(name string) string {
	prefix, bare, suffix := splitOperator(name)
	near := lint.NearestName(bare, conditionOperators)
	switch near {
	case "":
		return lint.NearestName(name, conditionOperators)
	case nullOperator:
		return prefix + near
	}
	return prefix + near + suffix
}
