package gen_test

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

const tfMappingType = "aws_lambda_event_source_mapping"

// mappingArguments are the arguments of aws_lambda_event_source_mapping that jobgen may write,
// with their types. They are from the provider's source (hashicorp/terraform-provider-aws,
// internal/service/lambda/event_source_mapping.go at 0603f3b6). The schema that terraform
// validate uses in TestTerraformValidate doesn't have this resource.
var mappingArguments = map[string]struct {
	typ      cty.Type
	required bool
}{
	"event_source_arn":                   {cty.String, true}, // required unless there is a self_managed_event_source
	"function_name":                      {cty.String, true},
	"batch_size":                         {cty.Number, false},
	"maximum_batching_window_in_seconds": {cty.Number, false},
	"function_response_types":            {cty.Set(cty.String), false},
}

// checkMapping checks a resource of the type aws_lambda_event_source_mapping as terraform
// validate does: the names and types of its arguments, and those of its block scaling_config,
// whose only argument maximum_concurrency is at least 2.
func checkMapping(t testing.TB, body *hclsyntax.Body, context *hcl.EvalContext) {
	t.Helper()
	for name, attribute := range body.Attributes {
		if name == "count" {
			continue // every resource has it
		}
		argument, ok := mappingArguments[name]
		value, diags := attribute.Expr.Value(context)
		if list := value.Type(); ok && argument.typ.IsSetType() && list.IsTupleType() && !diags.HasErrors() {
			for _, item := range list.TupleElementTypes() {
				ok = ok && item == argument.typ.ElementType()
			}
		} else {
			ok = ok && list == argument.typ
		}
		if !ok || diags.HasErrors() {
			t.Errorf("%s has no argument %s of this type: %s %v", tfMappingType, name, value.GoString(), diags)
		}
	}
	for name, argument := range mappingArguments {
		if argument.required && body.Attributes[name] == nil {
			t.Errorf("%s lacks %s", tfMappingType, name)
		}
	}
	checkScaling(t, body, context)
}

// checkScaling checks the block scaling_config of a mapping.
func checkScaling(t testing.TB, body *hclsyntax.Body, context *hcl.EvalContext) {
	t.Helper()
	for i, block := range body.Blocks {
		most := block.Body.Attributes["maximum_concurrency"]
		if i > 0 || block.Type != "scaling_config" || len(block.Labels) > 0 || len(block.Body.Attributes) != 1 || most == nil || len(block.Body.Blocks) > 0 {
			t.Errorf("%s has the block %s", tfMappingType, block.Type)
			continue
		}
		value, diags := most.Expr.Value(context)
		if diags.HasErrors() || value.Type() != cty.Number || value.LessThan(cty.NumberIntVal(2)).True() {
			t.Errorf("maximum_concurrency is %s %v", value.GoString(), diags)
		}
	}
}

// TestCheckMapping checks that checkMapping refuses what the provider refuses.
func TestCheckMapping(t *testing.T) {
	const required = "event_source_arn = \"a\"\nfunction_name = \"f\"\n"
	for text, ok := range map[string]bool{
		required: true,
		required + "batch_size = 10\nmaximum_batching_window_in_seconds = 5\nfunction_response_types = [\"ReportBatchItemFailures\"]\nscaling_config {\n maximum_concurrency = 2\n}": true,
		"function_name = \"f\"":                                      false,
		"event_source_arn = \"a\"":                                   false,
		required + "batch_size = \"ten\"":                            false,
		required + "batchsize = 10":                                  false,
		required + "function_response_types = \"Report\"":            false,
		required + "function_response_types = [1]":                   false,
		required + "scaling_config = {\n maximum_concurrency = 2\n}": false,
		required + "scaling_config {\n maximum_concurrency = 1\n}":   false,
		required + "scaling_config {\n concurrency = 2\n}":           false,
		required + "scaling_config {\n}":                             false,
		required + "filter {\n}":                                     false,
	} {
		file, diags := hclsyntax.ParseConfig([]byte(text), "jobs.tf", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		recorded := &failures{TB: t}
		checkMapping(recorded, file.Body.(*hclsyntax.Body), nil)
		if recorded.failed == ok {
			t.Errorf("refused: %t:\n%s", recorded.failed, text)
		}
	}
}

// failures is a testing.TB that records whether there are failures.
type failures struct {
	testing.TB
	failed bool
}

func (f *failures) Errorf(string, ...any) { f.failed = true }
func (f *failures) Helper()               {}
