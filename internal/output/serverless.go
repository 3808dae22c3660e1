package output

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

const (
	functionKind   = "AWS::Lambda::Function"
	samKind        = "AWS::Serverless::Function"
	functionSuffix = "LambdaFunction" // of the logical ids that Serverless gives functions
)

// addServerless adds the functions of a file for Serverless, with their extensions. They have the
// logical ids and the names that Serverless gives them. Their other properties are those of the
// file.
func (t *template) addServerless(functions, extensions *yaml.Node) {
	for key, node := range pairs(functions) {
		r := resource{id: key + functionSuffix, kind: functionKind, key: key, attributes: map[string]string{}}
		r.properties = map[string]string{"FunctionName": "SERVICE-STAGE-" + key}
		for name, value := range pairs(node) {
			switch name {
			case "name":
				r.properties["FunctionName"] = canonical(value)
			case "image":
				r.properties["PackageType"] = "Image"
				r.properties[name] = canonical(value)
			case "versionFunction": // it is there if the function has a condition
			default:
				r.properties[name] = canonical(value)
			}
		}
		extension := field(extensions, r.id)
		if condition := field(extension, "Condition"); condition != nil {
			r.attributes["Condition"] = canonical(condition)
		}
		for name, value := range pairs(field(extension, "Properties")) {
			r.properties[name] = canonical(value)
		}
		t.order = append(t.order, r.id)
		t.resources[r.id] = r
	}
}

// functionStem returns what the logical id of a function begins with: the id in directives.
func (r resource) functionStem() string {
	if r.key != "" {
		return r.key
	}
	return strings.TrimSuffix(r.id, "Function")
}
