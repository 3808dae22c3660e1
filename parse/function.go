package parse

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// functionReader collects what the function and iam_policy lines of one
// declaration say. Lines add up; a property that two lines set is reported.
type functionReader struct {
	p   *packageParser
	out model.Function
	set said
}

// said is what a declaration says of its function, and where: a property, or
// an entry of one that is a map ("memory", "environment.LEVEL").
type said map[string]saying

type saying struct {
	pos   model.Pos
	value string // comparable
}

func (p *packageParser) functionOf(h *attach.Declaration) (model.Function, said) {
	r := &functionReader{p: p, set: said{}}
	for _, c := range h.Directives {
		switch c.Name {
		case "function":
			r.line(c)
		case "iam_policy":
			r.policy(c)
		}
	}
	return r.out, r.set
}

func (r *functionReader) line(c gosource.Line) {
	for _, v := range r.p.properties(c) {
		if v.Prop.Kind != directive.PropTextMap && !r.first(c, v.Prop.Name, v.KeyOffset, v.Comparable()) {
			continue
		}
		r.property(c, &v)
	}
}

// first notes that a property is set here, or reports that it was before.
func (r *functionReader) first(c gosource.Line, name string, offset int, value string) bool {
	if before, ok := r.set[name]; ok {
		r.p.diags.Add(diag.New(diag.PropTwice, c.At(offset), "%s is set twice; keep one of the two", name).
			Relate(before.pos, "it is set here first"))
		return false
	}
	r.set[name] = saying{c.At(offset), value}
	return true
}

func (r *functionReader) property(c gosource.Line, v *directive.Value) {
	f := &r.out
	switch v.Prop.Name {
	case "id":
		f.ID = v.String()
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
		if to := v.Object.Get("on_failure"); to != nil && f.Async.OnFailure.Create {
			r.p.queues = append(r.p.queues, c.At(to.KeyOffset))
		} else if to != nil && f.Async.OnFailure.ARN != nil {
			r.p.noteOnFailure(c.At(to.Node.Offset), to.Text)
		}
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
		out.OnFailure = &model.Destination{Create: isCreate(to.Text), ARN: arn(to.Text)}
	}
	return out
}

// Names of environment variables (Lambda API, EnvironmentVariableName), and
// those that Lambda sets itself (Lambda guide, configuration-envvars, reserved).
var (
	envName      = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)
	reservedEnvs = []string{
		"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
		"AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
		"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
		"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
	}
)

// maxEnvironment bounds the environment in bytes, names and values together
// (Lambda guide, gettingstarted-limits).
const maxEnvironment = 4096

func (r *functionReader) environment(c gosource.Line, v *directive.Value) {
	for _, e := range v.Map {
		if !r.first(c, "environment."+e.Key, e.KeyOffset, e.Value.String()) {
			continue
		}
		switch {
		case slices.Contains(reservedEnvs, e.Key):
			r.p.diags.Report(diag.PropValue, c.At(e.KeyOffset), "the variable %s can't be set: Lambda sets it itself", e.Key)
		case !envName.MatchString(e.Key):
			r.p.diags.Report(diag.PropValue, c.At(e.KeyOffset), "%q can't be a variable of a function: a name is at least two letters, digits and _, and begins with a letter", e.Key)
		}
		r.out.Environment = append(r.out.Environment, model.EnvVar{Name: e.Key, Value: e.Value, Pos: c.At(e.KeyOffset)})
	}
	size := 0
	for _, e := range r.out.Environment {
		size += len(e.Name) + len(e.Value.String())
	}
	if size > maxEnvironment {
		r.p.diags.Report(diag.PropValue, c.At(v.Node.Offset), "the environment is %d bytes; at most %d are allowed, names and values together", size, maxEnvironment)
	}
}

func (r *functionReader) tags(c gosource.Line, v *directive.Value) {
	tags := tagsOf(c, v, r.p.diags)
	for i, e := range v.Map {
		if r.first(c, "tags."+e.Key, e.KeyOffset, e.Value.String()) {
			r.out.Tags = append(r.out.Tags, tags[i])
		}
	}
}

// policy reads an iam_policy line: a list of actions, or a statement.
func (r *functionReader) policy(c gosource.Line) {
	n := arguments(c, directive.WantListOrMap, r.p.diags)
	if n == nil {
		return
	}
	if n.Kind == directive.List || n.Kind == directive.String {
		n = &directive.Node{Kind: directive.Map, Offset: n.Offset, Pairs: []directive.Pair{{
			Key: &directive.Node{Kind: directive.String, Text: "actions", Offset: n.Offset}, Value: n,
		}}}
	}
	values, problems := directive.Decode(n, c.Spec.Props)
	reportProblems(c, problems, r.p.diags)
	r.p.params.properties(c, values)
	r.p.propertyReferences(c, values)
	if len(problems) == 0 {
		r.statement(c, n, values)
	}
}

func (r *functionReader) statement(c gosource.Line, n *directive.Node, values directive.Values) {
	s := model.Statement{Pos: c.Pos, Effect: "Allow", Sid: values.Get("sid").String()}
	if v := values.Get("effect"); v != nil {
		s.Effect = v.String()
	}
	actions, not := r.oneOf(c, n, values, "actions", "not_actions")
	resources, notResources := r.oneOf(c, n, values, "resources", "not_resources")
	if actions == nil {
		return
	}
	s.NotAction, s.NotResource = not, notResources
	for _, a := range actions.Texts {
		s.Actions = append(s.Actions, a.String())
	}
	if resources != nil {
		s.Resources = resources.Texts
	} else {
		s.Resources = []model.Text{model.Literal("*")}
	}
	if v := values.Get("condition"); v != nil {
		if !r.condition(c, v) {
			return
		}
		s.Condition = v.JSON
	}
	r.out.Policies = append(r.out.Policies, s)
	if !r.wide(c, s, actions) && resources == nil {
		r.p.diags.Report(diag.AnyResource, c.At(n.Offset), "%s granted on every resource; a statement names its own: {actions: […], resources: ['arn:…']}", count(len(s.Actions), "action is", "actions are"))
	}
}

// wide reports the actions of a statement that grant too much, each at its
// place, and whether there are any.
func (r *functionReader) wide(c gosource.Line, s model.Statement, actions *directive.Value) bool {
	found := wideGrants(s)
	for _, w := range found {
		at := actions.Node
		if at.Kind == directive.List {
			at = at.Items[w.action]
		}
		r.p.diags.Report(diag.WideGrant, c.At(at.Offset), "%s", w.message)
	}
	return len(found) > 0
}

// oneOf returns the one of two properties that is there, and whether it is the
// second. A statement has actions or not_actions, never both.
func (r *functionReader) oneOf(c gosource.Line, n *directive.Node, values directive.Values, name, not string) (*directive.Value, bool) {
	a, b := values.Get(name), values.Get(not)
	switch {
	case a != nil && b != nil:
		r.p.diags.Report(diag.PropConflict, c.At(b.KeyOffset), "%s and %s can't stand together; keep one", name, not)
		return nil, false
	case a == nil && b == nil && name == "actions":
		r.p.diags.Report(diag.PropMissing, c.At(n.Offset), "the statement has no actions: write `actions: [s3:GetObject]`")
	}
	if b != nil {
		return b, true
	}
	return a, false
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
