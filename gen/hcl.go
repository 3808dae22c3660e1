package gen

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/jobgen/jobgen/internal/model"
)

// hclWidth is the longest list that is written on one line.
const hclWidth = 80

// hclString writes a string as HCL's quoted template, with nothing in it that
// HCL would interpret.
func hclString(s string) string {
	return string(hclwrite.TokensForValue(cty.StringVal(strings.ToValidUTF8(s, "\uFFFD"))).Bytes())
}

// hclUnquoted is the text between the quotes of a string.
func hclUnquoted(s string) string {
	quoted := strings.TrimSpace(hclString(s))
	return quoted[1 : len(quoted)-1]
}

// hclText writes a text, in which a parameter is a reference to a variable.
func hclText(t model.Text) string {
	t = mergeLiterals(t)
	if len(t) == 1 && t[0].List {
		return `join(",", ` + hclParam(t[0].Param) + ")"
	}
	if len(t) == 1 && t[0].Param != "" {
		return hclParam(t[0].Param)
	}
	var b strings.Builder
	b.WriteByte('"')
	for i, p := range t {
		if p.Param != "" {
			b.WriteString("${" + hclParam(p.Param) + "}")
			continue
		}
		literal := p.Literal
		if i+1 < len(t) {
			literal = strings.TrimRight(literal, "$")
		}
		b.WriteString(hclUnquoted(literal))
		// $${ would be an escape: a dollar before a reference is one itself.
		if dollars := p.Literal[len(literal):]; dollars != "" {
			b.WriteString(`${"` + dollars + `"}`)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// hclParam writes a reference to a variable, or to the account, Region or partition in which
// Terraform runs. The id of a Region is its name in all versions of the provider.
func hclParam(name string) string {
	switch name {
	case model.AccountParam:
		return "data.aws_caller_identity.jobs.account_id"
	case model.RegionParam:
		return "data.aws_region.jobs.id"
	case model.PartitionParam:
		return "data.aws_partition.jobs.partition"
	}
	return "var." + name
}

// hclList writes a list of expressions, on one line if it is short.
func hclList(items []string) string {
	line := "[" + strings.Join(items, ", ") + "]"
	if len(line) <= hclWidth && !strings.Contains(line, "\n") {
		return line
	}
	return "[\n" + strings.Join(items, ",\n") + ",\n]"
}

// hclValue writes a JSON value as an expression. Its lines are not indented.
func hclValue(v *model.Value) string {
	switch v.Kind {
	case model.String:
		return hclText(v.Text)
	case model.List:
		if name := v.ListParam(); name != "" {
			return hclParam(name)
		}
		return hclList(each(v.List, hclValue))
	case model.Object:
		return hclObject(v)
	default:
		return v.JSON(model.Text.String)
	}
}

// hclObject writes an object: on one line if it has one field that is not an object,
// else each field on its line.
func hclObject(v *model.Value) string {
	fields := each(v.Fields, func(f model.ValueField) string { return hclKey(f.Key) + " = " + hclValue(f.Value) })
	switch {
	case len(fields) == 0:
		return "{}"
	case len(fields) == 1 && len(fields[0]) <= hclWidth && !strings.Contains(fields[0], "\n") && v.Fields[0].Value.Kind != model.Object:
		return "{ " + fields[0] + " }"
	}
	return "{\n" + strings.Join(fields, "\n") + "\n}"
}

// hclName matches the identifiers that have only ASCII letters, digits and underscores.
var hclName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// hclWord matches identifiers that mean something else at the beginning of an
// object or in an expression.
var hclWord = regexp.MustCompile(`^(for|in|if|true|false|null)$`)

// hclKey writes a key of an object.
func hclKey(key string) string {
	if hclName.MatchString(key) && !hclWord.MatchString(key) {
		return key
	}
	return hclString(key)
}
