package output

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// serverlessFile is a file for Serverless with a function and its rule. Settings are lines of the
// function, parameter the default of a parameter, and extension the extension of the function.
func serverlessFile(stem, settings, parameter, extension string) string {
	text := "functions:\n  " + stem + ":\n    handler: Job.Run\n" + settings + "\nresources:\n"
	if parameter != "" {
		text += "  Parameters:\n    Stage:\n      Default: \"" + parameter + "\"\n"
	}
	text += "  Resources:\n    " + stem + "Rule:\n      Type: AWS::Events::Rule\n      Properties:\n        EventPattern: {source: [x]}\n" +
		"        Targets: [{Id: R, Arn: !GetAtt " + stem + "LambdaFunction.Arn}]\n"
	if extension != "" {
		text += "  extensions:\n    " + stem + "LambdaFunction:\n      " + extension + "\n"
	}
	return text
}

// TestCloudChangesOfServerless compares files for Serverless.
func TestCloudChangesOfServerless(t *testing.T) {
	plain := serverlessFile("A", "", "", "")
	for _, tt := range []struct {
		about    string
		old, new string
		want     []string
	}{
		{"nothing", plain, plain, []string{"no resource changes"}},
		{"a setting", plain, serverlessFile("A", "    memorySize: 256\n", "", ""), []string{"ALambdaFunction (AWS::Lambda::Function) is updated: memorySize"}},
		{"an image", plain, serverlessFile("A", "    image: {uri: x}\n", "", ""), []string{
			"ALambdaFunction (AWS::Lambda::Function) is replaced: PackageType becomes Image; CloudFormation refuses that while FunctionName is SERVICE-STAGE-A, so give the function another `name` in the same deployment",
		}},
		{"an image and a name", plain, serverlessFile("A", "    name: a\n    image: {uri: x}\n", "", ""), []string{
			"ALambdaFunction (AWS::Lambda::Function) is replaced: FunctionName changes from SERVICE-STAGE-A to a, PackageType becomes Image",
		}},
		{"a condition", plain, serverlessFile("A", "", "", "Condition: StageIsProd"), []string{
			"ALambdaFunction (AWS::Lambda::Function) gets the condition StageIsProd: where that is false, it is removed",
		}},
		{"a parameter with a default", plain, serverlessFile("A", "", "${param:Stage, 'dev'}", ""), []string{"no resource changes"}},
		{"a parameter without one", plain, serverlessFile("A", "", "${param:Stage}", ""), []string{
			"the parameter Stage is new and has no default: give it a value when you deploy",
		}},
		{"a rename", plain, serverlessFile("B", "", "", ""), []string{
			"BLambdaFunction (AWS::Lambda::Function) looks like a rename of ALambdaFunction: the function is replaced; `//jobs:function id: A` keeps the old one",
			"BRule (AWS::Events::Rule) looks like a rename of ARule: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: A` keeps the old one",
		}},
	} {
		t.Run(tt.about, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CloudChanges([]byte(tt.old), []byte(tt.new))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
