package gen_test

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// outsideFacts are facts about a function's names, log, key, role and code.
type outsideFacts struct {
	Name, LogGroup                      string // physical names
	Image                               bool
	LogFormat, LogLevel, SystemLogLevel string
	Key, LogKey                         string
	Role, Boundary                      string
	ManagedPolicies                     []string
}

// textFormat is the default of a function's log format. A file may have it or not.
func textFormat(format string) string { return strings.TrimSuffix(format, "Text") }

func (f *facts) modelOutside(m model.Function) outsideFacts {
	o := outsideFacts{
		Name: f.text(m.PhysicalName), Image: m.Code == "image", LogFormat: textFormat(m.LogFormat), LogLevel: m.LogLevel, SystemLogLevel: m.SystemLogLevel,
		Key: f.text(m.KMSKey), LogKey: f.text(m.KMSKey), Role: f.text(m.Role),
	}
	if o.Name != "" {
		o.LogGroup = "/aws/lambda/" + o.Name
	}
	if boundary, policies := f.text(m.PermissionsBoundary), f.sorted(m.ManagedPolicies); o.Role == "" {
		o.Boundary, o.ManagedPolicies = boundary, policies
	}
	return o
}

func (f *facts) sorted(texts []model.Text) []string {
	return slices.Sorted(slices.Values(f.texts(texts)))
}

// keyStatement is the statement of a role for the function's key.
func (f *facts) keyStatement(m model.Function) []statementFacts {
	if m.KMSKey == nil {
		return nil
	}
	s := statementFacts{Effect: "Allow", Actions: []string{"kms:Decrypt"}, Resources: []string{f.text(m.KMSKey)}}
	if m.Async != nil && m.Async.OnFailure != nil && m.Async.OnFailure.Create {
		s.Actions = append(s.Actions, "kms:GenerateDataKey")
	}
	return []statementFacts{s}
}

// handlerIn returns the handler in the properties of a function. It is the command of an image.
func handlerIn(p map[string]any) string {
	if command := items(object(p["ImageConfig"])["Command"]); command != nil {
		return command[0].(string)
	}
	return p["Handler"].(string)
}

func (c *cfnTemplate) outside(p, group map[string]any) outsideFacts {
	logging := object(p["LoggingConfig"])
	o := outsideFacts{
		Name: c.text(p["FunctionName"]), LogGroup: c.text(group["LogGroupName"]), Image: p["PackageType"] == "Image",
		LogFormat: textFormat(scalar(logging["LogFormat"])), LogLevel: scalar(logging["ApplicationLogLevel"]), SystemLogLevel: scalar(logging["SystemLogLevel"]),
		Key: c.text(p["KmsKeyArn"]), LogKey: c.text(group["KmsKeyId"]),
	}
	if id := reference(p["Role"]); c.resources[id] != nil {
		_, role := c.resource(id)
		o.Boundary, o.ManagedPolicies = c.text(role["PermissionsBoundary"]), slices.Sorted(slices.Values(c.texts(role["ManagedPolicyArns"])))
	} else {
		o.Role = c.text(p["Role"])
	}
	return o
}

func (j *jsonModel) outside(m map[string]any) outsideFacts {
	o := outsideFacts{
		Name: j.text(m["physicalName"]), Image: m["packageType"] == "Image",
		LogFormat: textFormat(scalar(m["logFormat"])), LogLevel: scalar(m["applicationLogLevel"]), SystemLogLevel: scalar(m["systemLogLevel"]),
		Key: j.text(m["kmsKeyArn"]), LogKey: j.text(m["kmsKeyArn"]), Role: j.text(m["role"]),
	}
	if o.Name != "" {
		o.LogGroup = "/aws/lambda/" + o.Name // the document's form for it
	}
	if o.Role == "" {
		o.Boundary, o.ManagedPolicies = j.text(m["permissionsBoundary"]), slices.Sorted(slices.Values(j.texts(m["managedPolicies"])))
	}
	return o
}

func (f *terraformFile) outside(m, group map[string]any) outsideFacts {
	logging := object(m["logging_config"])
	o := outsideFacts{
		Name: scalar(m["function_name"]), LogGroup: scalar(group["name"]), Image: m["package_type"] == "Image" && m["image_uri"] == paramMark("image_uri"),
		LogFormat: textFormat(scalar(logging["log_format"])), LogLevel: scalar(logging["application_log_level"]), SystemLogLevel: scalar(logging["system_log_level"]),
		Key: f.text(m["kms_key_arn"]), LogKey: f.text(group["kms_key_id"]),
	}
	if strings.HasPrefix(o.Name, paramMark("name_prefix")+"-") {
		o.Name, o.LogGroup = "", strings.TrimPrefix(o.LogGroup, "/aws/lambda/"+o.Name)
	}
	label, made := strings.CutPrefix(m["role"].(string), "‹aws_iam_role.")
	if !made {
		o.Role = f.text(m["role"])
		return o
	}
	label = strings.TrimSuffix(label, ".arn›")
	o.Boundary = f.text(f.resources["aws_iam_role"][label]["permissions_boundary"])
	for _, a := range f.resources["aws_iam_role_policy_attachment"] {
		if a["role"] == "‹aws_iam_role."+label+".name›" {
			o.ManagedPolicies = append(o.ManagedPolicies, f.text(a["policy_arn"]))
		}
	}
	slices.Sort(o.ManagedPolicies)
	return o
}
