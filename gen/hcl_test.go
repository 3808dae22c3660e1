package gen

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/jobgen/jobgen/internal/model"
)

// FuzzHCLText checks that HCL reads a text back as it was, but for composed
// characters, with the value of a parameter in it.
func FuzzHCLText(f *testing.F) {
	for _, s := range hostileStrings {
		f.Add(s, "x")
		f.Add("x", s)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		text := hclText(model.Text{{Literal: before}, {Param: "Stage"}, {Literal: after}})
		key := hclKey(before)
		expression, diags := hclsyntax.ParseExpression([]byte("{ "+key+" = "+text+" }"), "jobs.tf", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("%s = %s: %v", key, text, diags)
		}
		got, diags := expression.Value(&hcl.EvalContext{Variables: map[string]cty.Value{
			"var": cty.ObjectVal(map[string]cty.Value{"Stage": cty.StringVal("prod")}),
		}})
		if diags.HasErrors() {
			t.Fatalf("%s = %s: %v", key, text, diags)
		}
		valid := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
		want := cty.ObjectVal(map[string]cty.Value{valid(before): cty.StringVal(valid(before) + "prod" + valid(after))})
		if !got.RawEquals(want) {
			t.Errorf("%s = %s is %#v, want %#v", key, text, got, want)
		}
	})
}
