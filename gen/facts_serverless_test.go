package gen_test

import (
	"regexp"
	"strings"
	"testing"
)

// serverlessVariable matches the start of a variable that Serverless replaces.
var serverlessVariable = regexp.MustCompile(`\$\{[a-z]\w*[:(]`)

// serverlessFacts reads a file that a serverless.yml includes. It turns the file into a
// CloudFormation template as Serverless does.
func serverlessFacts(t testing.TB, data []byte) *facts {
	file := readYAML(t, data)
	resources := object(file["resources"])
	for name, p := range object(resources["Parameters"]) {
		if object(p)["Default"] != "${param:"+name+"}" && name != "TableName" {
			t.Errorf("parameter %s has no value: %v", name, p)
		}
		delete(object(p), "Default")
	}
	template := map[string]any{"Parameters": resources["Parameters"], "Resources": object(resources["Resources"])}
	for key, item := range object(file["functions"]) {
		f := object(item)
		if f["disableLogs"] != true {
			t.Errorf("function %s has a second log group", key)
		}
		image := object(f["image"])
		if artifact := object(f["package"])["artifact"]; image == nil && artifact != "${param:codeZip, 'bootstrap.zip'}" || image != nil && image["uri"] != "${param:codeImage}" {
			t.Errorf("function %s has the code %v or %v", key, artifact, image)
		}
		delete(f, "package")
		delete(image, "uri")
		properties := map[string]any{
			"Handler": f["handler"], "Runtime": f["runtime"], "Architectures": []any{f["architecture"]},
			"MemorySize": f["memorySize"], "Timeout": f["timeout"], "Role": f["role"],
		}
		if image != nil {
			properties["PackageType"], properties["ImageConfig"] = "Image", map[string]any{"Command": image["command"]}
		}
		if name, ok := f["name"].(string); ok {
			properties["FunctionName"] = map[string]any{"Fn::Sub": strings.ReplaceAll(name, "${param:", "${")}
			delete(f, "name")
		}
		id := key + "LambdaFunction"
		for name, value := range object(object(object(resources["extensions"])[id])["Properties"]) {
			properties[name] = value
		}
		object(template["Resources"])[id] = map[string]any{"Type": "AWS::Lambda::Function", "Properties": properties}
	}
	checkNoVariables(t, file)
	return cloudFormationFacts(t, template)
}

func checkNoVariables(t testing.TB, v any) {
	t.Helper()
	switch v := v.(type) {
	case string:
		if serverlessVariable.MatchString(v) {
			t.Errorf("Serverless would replace a part of %q", v)
		}
	case []any:
		for _, item := range v {
			checkNoVariables(t, item)
		}
	case map[string]any:
		for _, item := range v {
			checkNoVariables(t, item)
		}
	}
}
