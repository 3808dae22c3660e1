package gen_test

import (
	"regexp"
	"strings"
	"testing"
)

// serverlessVariable matches the start of a variable that Serverless replaces.
var serverlessVariable = regexp.MustCompile(`\$\{[a-z]\w*[:(]`)

// serverlessParam matches the value of a parameter, with its fallback.
var serverlessParam = regexp.MustCompile(`^\$\{param:(\w+)(, '([^':,]*)')?\}$`)

// usualValue returns the default that the file's header names for a parameter, because
// Serverless can't have it as a fallback.
func usualValue(t testing.TB, data []byte, name string) *string {
	m := regexp.MustCompile(`(?m)^#   ` + name + `: .* the declared default is (".*")\.$`).FindSubmatch(data)
	if m == nil {
		return nil
	}
	v := readYAML(t, []byte("v: "+string(m[1])))["v"].(string)
	return &v
}

// serverlessFacts reads a file that a serverless.yml includes. It turns the file into a
// CloudFormation template as Serverless does.
func serverlessFacts(t testing.TB, data []byte) *facts {
	return cloudFormationFacts(t, serverlessTemplate(t, data))
}

// serverlessTemplate returns the template that Serverless makes of a file.
func serverlessTemplate(t testing.TB, data []byte) map[string]any {
	file := readYAML(t, data)
	resources := object(file["resources"])
	defaults := map[string]string{}
	for name, p := range object(resources["Parameters"]) {
		value := serverlessParam.FindStringSubmatch(scalar(object(p)["Default"]))
		if value == nil || value[1] != name && name != "TableName" {
			t.Fatalf("parameter %s has no value: %v", name, p)
		}
		delete(object(p), "Default")
		if value[2] != "" {
			defaults[name] = value[3]
		} else if usual := usualValue(t, data, value[1]); usual != nil {
			defaults[name] = *usual
		}
	}
	template := map[string]any{"Parameters": resources["Parameters"], "Resources": object(resources["Resources"]), "Conditions": resources["Conditions"], "Outputs": resources["Outputs"]}
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
		extension := object(object(resources["extensions"])[id])
		for name, value := range object(extension["Properties"]) {
			properties[name] = value
		}
		if (extension["Condition"] == nil) != (f["versionFunction"] == nil) {
			t.Errorf("function %s has a version that may exist without it, or none: %v", key, f["versionFunction"])
		}
		object(template["Resources"])[id] = map[string]any{"Type": "AWS::Lambda::Function", "Properties": properties, "Condition": extension["Condition"]}
	}
	checkNoVariables(t, file)
	for name, value := range defaults {
		object(object(resources["Parameters"])[name])["Default"] = value
	}
	return template
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
