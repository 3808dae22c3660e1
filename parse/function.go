package parse

import (
	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// functionReader collects what the function and iam_policy lines of one
// declaration say. Lines add up; a property that two lines set is reported.
type functionReader struct {
	propertyReader
	out *lint.Function
}

// readFunction reads the function and iam_policy lines of a declaration.
func readFunction(d *attach.Declaration, properties propertyReader) *lint.Function {
	r := &functionReader{propertyReader: properties, out: &lint.Function{
		Function: &model.Function{}, Properties: lint.Properties{}, Settings: map[string]lint.Setting{},
	}}
	for _, c := range d.Directives {
		switch c.Name {
		case "function":
			r.line(c)
		case "iam_policy":
			r.policy(c)
		}
	}
	r.splitARN()
	return r.out
}

// splitARN moves the qualifier of an ARN to its own property.
func (r *functionReader) splitARN() {
	arn, qualifier := r.out.ARN.SplitQualifier()
	if qualifier == nil {
		return
	}
	if r.out.Qualifier != nil {
		r.report.Add(diag.New(diag.PropConflict, r.out.ARNPos, "the ARN names %s, and qualifier names %s; write the ARN without it, or remove qualifier",
			qualifier, r.out.Qualifier).
			Relate(r.out.Properties["qualifier"].Key, "qualifier is set here"))
		return
	}
	r.out.ARN, r.out.Qualifier = arn, qualifier
}

func (r *functionReader) line(c gosource.Line) {
	values := r.properties(c)
	if len(values) != 1 || values.Get("when") == nil {
		r.out.Lines = append(r.out.Lines, c.Pos)
	}
	addPlaces(r.out.Properties, "", c, values)
	for _, v := range values {
		if v.Prop.Kind != directive.PropTextMap && !r.first(r.out.Settings, c, v.Prop.Name, v.KeyOffset, v.Comparable()) {
			continue
		}
		r.property(c, &v)
	}
}

func (r *functionReader) property(c gosource.Line, v *directive.Value) {
	f := r.out
	switch v.Prop.Name {
	case "id":
		f.ID = v.String()
	case "arn":
		f.ARN, f.ARNPos = v.Text, c.At(v.Node.Offset)
	case "qualifier":
		f.Qualifier = v.Text
	case "timeout":
		f.Timeout = v.Duration
	case "memory":
		f.Memory = v.Int
	case "description":
		f.Description = v.String()
	case "environment":
		r.environment(c, v)
	case "architecture":
		f.Architecture, f.ArchitecturePos = v.String(), c.At(v.Node.Offset)
	case "tracing":
		f.Tracing = v.String()
	case "reserved_concurrency":
		f.ReservedConcurrency = v.IntPtr()
	case "ephemeral_storage":
		f.EphemeralStorage = v.Int
	case "layers":
		f.Layers = v.Texts
	case "vpc":
		f.VPC = vpc(v)
	case "tags":
		r.tags(c, v)
	case "log_retention":
		f.LogRetention = v.Int
	case "log_keep":
		f.LogKeep = v.BoolPtr()
	case "async":
		f.Async = async(v)
	case "when":
		f.When = whenOf(v)
	default:
		r.outside(c, v)
	}
}

// outside reads the properties that name things outside of the rule files, and those of the log.
func (r *functionReader) outside(c gosource.Line, v *directive.Value) {
	f := r.out
	switch v.Prop.Name {
	case "role":
		f.Role, f.RolePos = v.Text, c.At(v.Node.Offset)
	case "managed_policies":
		f.ManagedPolicies = v.Texts
	case "permissions_boundary":
		f.PermissionsBoundary = v.Text
	case "name":
		f.PhysicalName = v.Text
	case "code":
		f.Code = v.String()
	case "log_format":
		f.LogFormat = v.String()
	case "log_level":
		f.LogLevel = v.String()
	case "system_log_level":
		f.SystemLogLevel = v.String()
	case "kms_key":
		f.KMSKey, f.KMSKeyPos = v.Text, c.At(v.Node.Offset)
	}
}

func vpc(v *directive.Value) *model.VPC {
	out := &model.VPC{}
	if subnets := v.Object.Get("subnets"); subnets != nil {
		out.Subnets = subnets.Texts
	}
	if groups := v.Object.Get("security_groups"); groups != nil {
		out.SecurityGroups = groups.Texts
	}
	return out
}

func async(v *directive.Value) *model.Async {
	out := &model.Async{
		Retries: v.Object.Get("retries").IntPtr(),
		MaxAge:  v.Object.Get("max_age").DurationPtr(),
	}
	if to := v.Object.Get("on_failure"); to != nil {
		create, arn := queue(to.Text)
		out.OnFailure = &model.Destination{Create: create, ARN: arn}
	}
	return out
}

func (r *functionReader) environment(c gosource.Line, v *directive.Value) {
	for _, e := range v.Map {
		if r.first(r.out.Settings, c, "environment."+e.Key, e.KeyOffset, e.Value.String()) {
			r.out.Environment = append(r.out.Environment, model.EnvVar{Name: e.Key, Value: e.Value, Pos: c.At(e.KeyOffset)})
		}
	}
}

func (r *functionReader) tags(c gosource.Line, v *directive.Value) {
	tags := tagsOf(v)
	for i, e := range v.Map {
		if r.first(r.out.Settings, c, "tags."+e.Key, e.KeyOffset, e.Value.String()) {
			r.out.Tags = append(r.out.Tags, tags[i])
		}
	}
}
