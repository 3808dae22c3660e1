package diag

import "github.com/jobgen/jobgen/internal/model"

// The codes. The hundreds group them: 0 loading, 1 directives, 2 arguments,
// 3 properties, 4 rules and patterns, 5 schedules, 6 handlers, 7 names, 8 the
// content of events, 9 the events that rules match.
const (
	GoSyntax    Code = "JOB001"
	GoType      Code = "JOB002"
	ForeignFile Code = "JOB003"
	LeftOut     Code = "JOB004"
	Constraints Code = "JOB005"
	Unreadable  Code = "JOB006"
	NoFile      Code = "JOB007"
	BadTemplate Code = "JOB008"
	PrefixMiss  Code = "JOB009"

	UnknownDirective Code = "JOB101"
	NearMiss         Code = "JOB102"
	Misplaced        Code = "JOB103"
	NotRead          Code = "JOB104"
	AppliesToNothing Code = "JOB105"
	AllowMalformed   Code = "JOB106"
	AllowUnused      Code = "JOB107"
	AllowNotPossible Code = "JOB108"
	NotInLayout      Code = "JOB109"

	ArgSyntax    Code = "JOB201"
	ArgYAML      Code = "JOB202"
	ArgDuplicate Code = "JOB203"
	ArgNumber    Code = "JOB204"
	ArgKind      Code = "JOB205"
	ArgSlip      Code = "JOB206"
	ArgLimit     Code = "JOB207"
	ArgParam     Code = "JOB208"

	PropUnknown    Code = "JOB301"
	PropValue      Code = "JOB302"
	PropConflict   Code = "JOB303"
	PropTwice      Code = "JOB304"
	PropMissing    Code = "JOB305"
	LayoutConflict Code = "JOB306"
	DeliveryOnly   Code = "JOB307"
	InputTemplate  Code = "JOB308"
	InputSuspect   Code = "JOB309"
	QueuePolicy    Code = "JOB315"
	AnyResource    Code = "JOB310"
	WideGrant      Code = "JOB311"
	SecretReadable Code = "JOB312"
	SecretUnusable Code = "JOB313"
	FormatLacks    Code = "JOB314"

	ActionMisspelled Code = "JOB316"
	ActionUnknown    Code = "JOB317"
	ActionResource   Code = "JOB318"
	QueueSettings    Code = "JOB319"
	QueueUnordered   Code = "JOB320"
	FunctionExists   Code = "JOB321"
	MustHave         Code = "JOB322"
	QueueThrottled   Code = "JOB329"

	RuleForm       Code = "JOB401"
	RuleEmpty      Code = "JOB402"
	RuleID         Code = "JOB403"
	PatternShape   Code = "JOB404"
	EnvelopeField  Code = "JOB405"
	EmptyList      Code = "JOB406"
	Operator       Code = "JOB407"
	Operand        Code = "JOB408"
	PatternLimit   Code = "JOB409"
	PatternSuspect Code = "JOB410"
	TextUnseen     Code = "JOB411"
	WhenUnknown    Code = "JOB412"
	WhenNever      Code = "JOB413"
	WhenAlways     Code = "JOB414"

	RateValue    Code = "JOB501"
	CronField    Code = "JOB502"
	CronLength   Code = "JOB503"
	NeverFires   Code = "JOB504"
	ScheduleForm Code = "JOB505"
	ClockChange  Code = "JOB506"
	TimePassed   Code = "JOB507"
	AtValue      Code = "JOB508"

	HandlerSignature Code = "JOB601"
	HandlerGeneric   Code = "JOB602"
	HandlerEvent     Code = "JOB603"
	HandlerInput     Code = "JOB604"
	HandlerEmpty     Code = "JOB605"
	HandlerForeign   Code = "JOB606"
	HandlerField     Code = "JOB607"
	GoTooOld         Code = "JOB608"
	HandlerKind      Code = "JOB609"

	NameTaken       Code = "JOB701"
	NameClash       Code = "JOB702"
	NameInvalid     Code = "JOB703"
	StackQuota      Code = "JOB704"
	FormatCannot    Code = "JOB705"
	StackLimit      Code = "JOB706"
	MuxClash        Code = "JOB707"
	OneArchitecture Code = "JOB708"
	OutputClash     Code = "JOB709"

	FieldMisspelled Code = "JOB801"
	FieldUnknown    Code = "JOB802"
	KindMismatch    Code = "JOB803"
	KindDiffers     Code = "JOB804"
	ValueOutside    Code = "JOB805"
	KeyBecame       Code = "JOB806"
	InputMismatch   Code = "JOB807"
	ValueUnknown    Code = "JOB808"
	TagConflict     Code = "JOB811"
	TagUnused       Code = "JOB812"
	TagPlace        Code = "JOB813"
	TagSyntax       Code = "JOB814"
	TagFormat       Code = "JOB815"

	SourceMisspelled      Code = "JOB821"
	SourceUnknown         Code = "JOB822"
	DetailTypeMisspelled  Code = "JOB823"
	DetailTypeUnknown     Code = "JOB824"
	DetailTypeElsewhere   Code = "JOB825"
	EventSourceMisspelled Code = "JOB826"
	EventSourceUnknown    Code = "JOB827"
	EventNameMisspelled   Code = "JOB828"
	EventNameUnknown      Code = "JOB829"
	SourcesDisagree       Code = "JOB830"
	DefaultBusOnly        Code = "JOB831"
	ReadOnlyNever         Code = "JOB832"
	ReadOnlyPartly        Code = "JOB833"
	SchemaUnused          Code = "JOB834"
	RegionElsewhere       Code = "JOB835"
	OneRegion             Code = "JOB836"
	SwitchedOff           Code = "JOB837"
	NeverTogether         Code = "JOB838"

	NeverMatches  Code = "JOB901"
	AlwaysMatches Code = "JOB902"
	OverlapWithin Code = "JOB903"
	OverlapAcross Code = "JOB904"
)

// table describes every code. Tests check that each code has an entry with a cause
// and a remedy, and a case in testdata.
var table = []Info{
	{Code: GoSyntax, Severity: Error, Title: "the Go source can't be read",
		Cause:  "The go command could not list the package, or a file could not be parsed as Go. Without the syntax jobgen can't attach directives to methods.",
		Wrong:  "//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep( error {\n\treturn nil\n}",
		Right:  "//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep() error {\n\treturn nil\n}",
		Remedy: "Correct the Go error first; go vet reports the same one. Type errors elsewhere in the package don't stop jobgen."},
	{Code: GoType, Severity: Error, Title: "a handler's type can't be resolved",
		Cause:  "A type in the job's signature is undefined, or its package could not be loaded, so jobgen can't generate a decoder for it.",
		Wrong:  "func (j *SecurityJob) InstanceStopping(e jobs.Event[StateChagne]) error",
		Right:  "func (j *SecurityJob) InstanceStopping(e jobs.Event[StateChange]) error",
		Remedy: "Declare or import the type; go build shows the same error."},
	{Code: ForeignFile, Severity: Error, Title: "jobgen did not write the file at an output's name",
		Cause:  "jobgen overwrites only files that it wrote itself. It recognises them by a comment line at the top, the header " + model.Header + " (in JSON, the value of generatedBy). This file doesn't have the header, so jobgen treats it as yours. A file whose name differs from an output's only in letter case counts too, because the file systems of macOS and Windows treat the two names as one file. A file that contains only white space is overwritten. `jobgen build` overwrites a bootstrap or bootstrap.zip only if it is a Go program for Lambda that contains jobgen.",
		Remedy: "Move or rename the file. If it is an old output that lost its header, delete it. Then run jobgen again."},
	{Code: LeftOut, Severity: Error, Title: "this run excludes a file with directives",
		Cause:  "The go command doesn't build the file in this run, because of build tags, the operating system or architecture in its name or constraint, or cgo. jobgen doesn't see the jobs in it: the generated files would lack them, and jobgen would remove files that a run with other flags needs. The same error is reported for a package that has generated files and whose only directives are in test files.",
		Wrong:  "// in jobs_windows.go\n//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep() error",
		Right:  "// in jobs_linux.go\n//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep() error",
		Remedy: "Run jobgen with the flags that the message names, such as -tags prod. jobgen always builds for Linux, because Lambda runs Linux. GOARCH and CGO_ENABLED come from the environment, except in `jobgen build`, which uses the functions' architecture."},
	{Code: Constraints, Severity: Error, Title: "jobs under different build constraints",
		Cause:  "The generated jobs_gen.go calls every job of the package, so it has the build constraint of their files: the //go:build line, and the operating system and architecture in the file's name. If two files have different constraints, no constraint for jobs_gen.go fits both.",
		Wrong:  "// in audit.go\ntype AuditJob struct{}\n\n//jobs:rate 1 hour\nfunc (j *AuditJob) Count() error\n// in jobs.go\n//go:build linux\n\n//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep() error",
		Right:  "// in audit.go\n//go:build linux\n\ntype AuditJob struct{}\n\n//jobs:rate 1 hour\nfunc (j *AuditJob) Count() error\n// in jobs.go\n//go:build linux\n\n//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep() error",
		Remedy: "Give the files the same constraint, or move the jobs of one file to another package."},
	{Code: Unreadable, Severity: Error, Title: "a source file can't be read or parsed",
		Cause:  "The file can't be read, is not a regular file, is empty, is cut off, or is not Go. Its package has jobs or generated files, so the file may contain directives. jobgen writes and removes nothing in a package that it can't read completely.",
		Remedy: "Repair the file, for example by finishing an edit or a merge, or move it away."},
	{Code: NoFile, Severity: Error, Title: "an output's name is taken by something that is not a regular file",
		Cause:  "jobgen writes regular files in the package's directory. It doesn't follow a symbolic link at an output's name, because the link could lead to any of your files, and it can't write to a directory, a device, a named pipe or a socket. The directories above may be links.",
		Remedy: "Remove it or move it away, then run jobgen again."},
	{Code: BadTemplate, Severity: Error, Title: "a template can't be used",
		Cause:  "One of your templates can't be read, parsed or executed, or its output doesn't begin with jobgen's header. A template named by //jobs:package must be a regular file in the package's directory, and no link in its path may lead out of that directory, so that the author of a comment can't select other files of yours.",
		Remedy: "Templates are written in the language of Go's text/template; the Go type gen.Document documents the fields and functions. Write {{.GeneratedBy}} in a comment at the top."},

	{Code: PrefixMiss, Severity: Warning, Allowable: true, Title: "a comment may be meant as a directive",
		Cause:  "The comment has a directive's name, with a prefix that is similar to //jobs: or with no prefix. jobgen reads only comments that begin with //jobs:, so this comment has no effect. The warning is reported only in packages that have jobs. If the arguments are valid for the directive, it is an error, JOB102.",
		Wrong:  "//jobgen:event_patern source: [aws.ec2]",
		Right:  "//jobs:event_pattern source: [aws.ec2]",
		Remedy: "Begin the comment with //jobs:. If it is meant for another tool or for readers, allow the finding or reword the comment."},

	{Code: UnknownDirective, Severity: Error, Title: "unknown directive",
		Cause:  "The comment has the form //jobs:name, but no directive has that name. jobgen never ignores a comment that begins with //jobs:.",
		Wrong:  "//jobs:event_patern source: [aws.ec2]",
		Right:  "//jobs:event_pattern source: [aws.ec2]",
		Remedy: "`jobgen directives` lists the directives."},
	{Code: NearMiss, Severity: Error, Title: "a comment is almost a directive",
		Cause:  "A directive is a line comment of the form //jobs:name, in lower case, without a space before jobs: or after it. gofmt turns a comment that misses this form into prose (//Jobs:rate becomes // Jobs:rate), and the rule would be lost.",
		Wrong:  "// jobs:rate 10 minutes",
		Right:  "//jobs:rate 10 minutes",
		Remedy: "Write the comment in the form of a directive. If it is prose, reword the line so that it doesn't begin with jobs: and a directive's name."},
	{Code: Misplaced, Severity: Error, Title: "a directive is in the wrong place",
		Cause:  "A directive belongs in a doc comment: the comment lines directly above a method, a receiver's type or the package clause, without an empty line between. This directive is not in the doc comment of a declaration that it can apply to.",
		Wrong:  "//jobs:rate 10 minutes\n\nfunc (j *Job) Tick() error",
		Right:  "//jobs:rate 10 minutes\nfunc (j *Job) Tick() error",
		Remedy: "Move the line to the doc comment where it belongs; `jobgen directives` lists the declarations that each directive applies to."},
	{Code: NotRead, Severity: Warning, Title: "directives in a file that is never part of the package",
		Cause:  "The directives in this file have no effect, because the Lambda binary never includes the file. Test files are not part of the binary. The go command ignores files whose names begin with _ or a dot. A file of another package, such as a tool under //go:build ignore, is not built with this package.",
		Wrong:  "// in jobs_test.go\n//jobs:rate 10 minutes",
		Right:  "// in jobs.go\n//jobs:rate 10 minutes",
		Remedy: "Move the job to a file of the package, or remove the directive."},
	{Code: AppliesToNothing, Severity: Error, Title: "a directive has no effect",
		Cause:  "The directive describes the Lambda function of a type or method, but no method of the type has a rule, so there is no function. Methods promoted from an embedded type are jobs of the embedded type.",
		Wrong:  "//jobs:function timeout: 30s\ntype Helper struct{}",
		Right:  "//jobs:function timeout: 30s\ntype SecurityJob struct{}\n\n//jobs:rate 1 hour\nfunc (j *SecurityJob) Sweep() error",
		Remedy: "Give a method of the type a rule, or remove the directive."},
	{Code: AllowMalformed, Severity: Error, Title: "an allow without a code or a reason",
		Cause:  "An allow names one code and gives a reason, so that the next reader knows why the finding is accepted.",
		Wrong:  "//jobs:allow JOB310\n//jobs:iam_policy ec2:DescribeInstances",
		Right:  "//jobs:allow JOB310 reason: DescribeInstances takes no resource\n//jobs:iam_policy ec2:DescribeInstances",
		Remedy: "Write the code, then reason: and a sentence."},
	{Code: AllowUnused, Severity: Error, Title: "an allow that silences nothing",
		Cause:  "The declaration has no finding with this code. The line has no effect now, and it could hide a real mistake later.",
		Wrong:  "//jobs:allow JOB410 reason: no such finding here",
		Remedy: "Remove the line. Each allow silences one finding."},
	{Code: AllowNotPossible, Severity: Error, Title: "an allow of a finding that can't be silenced",
		Cause:  "The code is unknown, or jobgen can't generate code while the finding remains: a pattern that can't be parsed can't be deployed either.",
		Wrong:  "//jobs:allow JOB407 reason: I insist",
		Remedy: "Correct the cause of the finding. `jobgen explain` says for each code whether it can be allowed."},
	{Code: NotInLayout, Severity: Error, Title: "function properties without a function in this layout",
		Cause:  "Under functions: package, the package has one Lambda function, so properties can't belong to a single method. Under functions: method, each method has its own function, so a type can't give all of them the same id.",
		Wrong:  "//jobs:package functions: package\n…\n//jobs:function timeout: 60s\n//jobs:rate 1 hour\nfunc (j *Job) Slow() error",
		Right:  "//jobs:package functions: package\n…\n//jobs:function timeout: 60s\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (j *Job) Slow() error",
		Remedy: "Put the directive on the receiver's type, or use functions: method. Put an id on the method, or use functions: package."},

	{Code: ArgSyntax, Severity: Error, Title: "arguments can't be parsed",
		Cause:  "A directive's arguments are JSON, or YAML flow style. The outer braces or brackets may be left out.",
		Wrong:  "//jobs:event_pattern {source: [aws.ec2}",
		Right:  "//jobs:event_pattern {source: [aws.ec2]}",
		Remedy: "Close what is open, and quote text that contains a quote or any of , : [ ] { } #."},
	{Code: ArgYAML, Severity: Error, Title: "directives don't support this feature of YAML",
		Cause:  "Directives don't accept tags (!x), anchors (&x), aliases (*x), merge keys (<<), block scalars (| and >) and complex keys (?). In a single line they are almost always mistakes, such as an unquoted * or >=.",
		Wrong:  "//jobs:event_pattern detail.size: [{numeric: [>=, 10]}]",
		Right:  "//jobs:event_pattern detail.size: [{numeric: ['>=', 10]}]",
		Remedy: "Quote the text."},
	{Code: ArgDuplicate, Severity: Error, Title: "a duplicate key or item",
		Cause:  "A mapping has the same key twice, or a property's list has the same item twice. AWS keeps the last of two equal keys without a warning, so one of the values would be lost. AWS refuses some duplicate items, such as layers.",
		Wrong:  "//jobs:event_pattern {detail: {state: [stopping], state: [stopped]}}",
		Right:  "//jobs:event_pattern {detail: {state: [stopping, stopped]}}",
		Remedy: "Join the two, or remove one."},
	{Code: ArgNumber, Severity: Error, Title: "a number that is not a JSON number",
		Cause:  "YAML parsers disagree on 0x1F, 1_000, 007 and .5: some read a number, others read text. jobgen accepts only the numbers, true, false and null of JSON.",
		Wrong:  "//jobs:event_pattern detail.code: [007]",
		Right:  "//jobs:event_pattern detail.code: ['007']",
		Remedy: "Quote it if it is text; otherwise write a plain decimal number."},
	{Code: ArgKind, Severity: Error, Title: "a value of the wrong kind",
		Cause:  "Each property or field takes one kind of value, such as text, a number or a list, and this value is of another kind. A number never matches a field that holds text: an account id is text.",
		Wrong:  "//jobs:event_pattern account: [123456789012]",
		Right:  "//jobs:event_pattern account: ['123456789012']",
		Remedy: "Write a value of the kind that the message names; quote a number that is text."},
	{Code: ArgSlip, Severity: Error, Title: "YAML reads unquoted text differently than it looks",
		Cause:  "In unquoted text, a comma ends the value and the rest is read as a key; ` #` begins a comment; {a:[b]} without a space after the colon is one word; and a bracket begins a list.",
		Wrong:  "//jobs:event_rule description: Stops, then alerts",
		Right:  "//jobs:event_rule description: 'Stops, then alerts'",
		Remedy: "Quote the whole value, and write a space after the colon."},
	{Code: ArgLimit, Severity: Error, Title: "arguments exceed a limit",
		Cause:  "The directive's line is too long, its values are nested too deeply, or it contains bytes that are not UTF-8 text.",
		Remedy: "Shorten the line: EventBridge takes patterns of at most 4096 characters and inputs of at most 8192. Write control characters as escapes in a quoted value."},
	{Code: ArgParam, Severity: Error, Title: "an invalid parameter reference",
		Cause:  "${Name} in a quoted value refers to a parameter of the rule files. The name has at least two characters, consists of letters and digits and begins with a letter, so that it is valid in every format and as an environment variable. Pseudo parameters such as ${AWS::Region} are refused, because only CloudFormation has them. A parameter in place of a field's list of values is the whole list: the field has no other values beside it, and the parameter is not a text elsewhere.",
		Wrong:  "//jobs:event_pattern detail.bucket.name: [\"${bucket-name}\"]",
		Right:  "//jobs:event_pattern detail.bucket.name: [\"${BucketName}\"]",
		Remedy: "Quote the value and use a valid name. Write $${ for a literal ${."},

	{Code: PropUnknown, Severity: Error, Title: "unknown property",
		Cause:  "The directive doesn't have a property of this name.",
		Wrong:  "//jobs:function timout: 30s",
		Right:  "//jobs:function timeout: 30s",
		Remedy: "`jobgen directives` lists each directive's properties."},
	{Code: PropValue, Severity: Error, Title: "a property's value is not allowed",
		Cause:  "The value is outside the range that AWS accepts, or it is not one of the property's values.",
		Wrong:  "//jobs:function timeout: 20m",
		Right:  "//jobs:function timeout: 15m",
		Remedy: "Use a value that the message names."},
	{Code: PropConflict, Severity: Error, Title: "properties that exclude each other",
		Cause:  "AWS doesn't accept these properties together. A rule has at most one of input, input_path and input_transformer. A schedule works only on the default bus and without CloudTrail's state. CloudTrail's state is not available on a partner's bus. A dlq must be in the Region of the rule's bus. A function has at most one version of each layer. A secret parameter can't be in a pattern, because everyone who may describe the rule can read it. A function with a role of yours has no iam_policy lines, because jobgen doesn't write the role's policy.",
		Wrong:  "//jobs:event_rule input: {a: 1}, input_path: $.detail",
		Right:  "//jobs:event_rule input_path: $.detail",
		Remedy: "Keep one of the two."},
	{Code: PropTwice, Severity: Error, Title: "a property is set twice",
		Cause:  "Two lines on the same declaration set the same property. Only the maps environment and tags, and iam_policy, can be spread over several lines.",
		Wrong:  "//jobs:function timeout: 30s\n//jobs:function timeout: 60s",
		Right:  "//jobs:function timeout: 60s",
		Remedy: "Keep one of the two."},
	{Code: PropMissing, Severity: Error, Title: "a required property or argument is missing",
		Cause:  "The directive or object is incomplete without it.",
		Wrong:  "//jobs:event_rule input_transformer: {paths: {id: $.detail.id}}",
		Right:  "//jobs:event_rule input_transformer: {paths: {id: $.detail.id}, template: '{\"id\": <id>}'}",
		Remedy: "Add the property or argument that the message names."},
	{Code: LayoutConflict, Severity: Error, Title: "types with different values for one function",
		Cause:  "Under functions: package, the package has one function, and it combines the properties of all receiver types. Here two types give one property different values.",
		Wrong:  "//jobs:package functions: package\n…\n//jobs:function memory: 256\ntype A struct{}\n\n//jobs:function memory: 512\ntype B struct{}\n\n//jobs:rate 1 hour\nfunc (a *A) Run() error\n\n//jobs:rate 1 hour\nfunc (b *B) Run() error",
		Right:  "//jobs:package functions: package\n…\n//jobs:function memory: 512\ntype A struct{}\n\ntype B struct{}\n\n//jobs:rate 1 hour\nfunc (a *A) Run() error\n\n//jobs:rate 1 hour\nfunc (b *B) Run() error",
		Remedy: "Set the property on one type only, or to the same value on both."},
	{Code: DeliveryOnly, Severity: Note, Allowable: true, Title: "a dlq doesn't receive the events that the handler fails on",
		Cause:  "A rule's dlq receives events that EventBridge could not deliver to Lambda. EventBridge calls Lambda asynchronously, so an event counts as delivered once Lambda has accepted it. If the handler then fails, Lambda retries twice and drops the event, unless the function has async: {on_failure: …}.",
		Wrong:  "//jobs:event_rule dlq: create",
		Right:  "//jobs:event_rule dlq: create\n//jobs:function async: {on_failure: create}",
		Remedy: "To keep events that the handler fails on, add async: {on_failure: create} (or an ARN) to the function."},
	{Code: InputTemplate, Severity: Error, Title: "an invalid input path or template",
		Cause:  "EventBridge restricts input_path and input_transformer: paths have the form $.a.b[0], each <placeholder> of a template names a path or one of AWS's reserved variables, and the result must be JSON.",
		Wrong:  "//jobs:event_rule input_transformer: {paths: {id: $.detail.id}, template: '{\"id\": <id>, \"at\": <tim>}'}",
		Right:  "//jobs:event_rule input_transformer: {paths: {id: $.detail.id, time: $.time}, template: '{\"id\": <id>, \"at\": <time>}'}",
		Remedy: "Correct the text at the caret."},
	{Code: InputSuspect, Severity: Warning, Allowable: true, Title: "a part of an input has no effect",
		Cause:  "AWS accepts the input, but a part of it has no effect: for example a path that the template doesn't use, or quotes around JSON, which turn it into a string.",
		Wrong:  "//jobs:event_rule input_transformer: {paths: {id: $.detail.id, at: $.time}, template: '{\"id\": <id>}'}",
		Right:  "//jobs:event_rule input_transformer: {paths: {id: $.detail.id}, template: '{\"id\": <id>}'}",
		Remedy: "Use the part or remove it."},
	{Code: AnyResource, Severity: Note, Allowable: true, Title: "permissions on every resource",
		Cause:  "An iam_policy that lists only actions grants them on every resource (*).",
		Wrong:  "//jobs:iam_policy s3:GetObject",
		Right:  "//jobs:iam_policy {actions: [s3:GetObject], resources: ['arn:aws:s3:::reports/*']}",
		Remedy: "Name the resources if the service supports it. Some actions, such as ec2:DescribeInstances, accept only *."},
	{Code: WideGrant, Severity: Warning, Allowable: true, Title: "permissions far beyond what the job needs",
		Cause:  "The policy allows every action of a service (service:*) or of the account (*) on every resource, or it allows the function to pass any role (iam:PassRole) and so to use that role's permissions. Anyone who can change the function's code has the same permissions. IAM Access Analyzer also warns of such statements (IAM user guide, access-analyzer-reference-policy-checks).",
		Wrong:  "//jobs:iam_policy {actions: ['s3:*'], resources: ['*']}\n//jobs:rate 1 hour\nfunc (j *Job) Sweep() error",
		Right:  "//jobs:iam_policy {actions: [s3:GetObject, s3:DeleteObject], resources: ['arn:aws:s3:::reports/*']}\n//jobs:rate 1 hour\nfunc (j *Job) Sweep() error",
		Remedy: "Name the actions or the resources. For iam:PassRole, name the roles, or limit the services with a condition on iam:PassedToService."},
	{Code: SecretReadable, Severity: Warning, Allowable: true, Title: "a secret is deployed in readable form",
		Cause:  "CloudFormation replaces {{resolve:secretsmanager:…}} with the secret's value when it deploys the template. The value is then stored in the rule, the function or the role, and everyone who may describe that resource can read it. CloudFormation deploys the formats cloudformation, sam and serverless; in terraform and json the text is left as it is.",
		Wrong:  "//jobs:function environment: {TOKEN: '{{resolve:secretsmanager:slack:SecretString:token}}'}\n//jobs:rate 1 hour\nfunc (j *Job) Sweep() error",
		Right:  "//jobs:function environment: {TOKEN_SECRET: slack}\n//jobs:iam_policy {actions: [secretsmanager:GetSecretValue], resources: ['arn:aws:secretsmanager:*:*:secret:slack-*']}\n//jobs:rate 1 hour\nfunc (j *Job) Sweep() error",
		Remedy: "Give the function the secret's name and the permission to read the secret at run time."},
	{Code: SecretUnusable, Severity: Error, Title: "CloudFormation can't resolve a secure string here",
		Cause:  "CloudFormation resolves {{resolve:ssm-secure:…}} only in a few properties, such as the password of a database or of an IAM user. Rules, functions, roles and queues have no such property (CloudFormation user guide, dynamic-references-ssm-secure-strings), so CloudFormation refuses the template.",
		Wrong:  "//jobs:function environment: {TOKEN: '{{resolve:ssm-secure:/slack/token}}'}\n//jobs:rate 1 hour\nfunc (j *Job) Sweep() error",
		Right:  "//jobs:function environment: {TOKEN_PARAMETER: /slack/token}\n//jobs:iam_policy {actions: [ssm:GetParameter], resources: ['arn:aws:ssm:*:*:parameter/slack/token']}\n//jobs:rate 1 hour\nfunc (j *Job) Sweep() error",
		Remedy: "Give the function the parameter's name and the permission to read the parameter at run time."},
	{Code: FormatLacks, Severity: Note, Allowable: true, Title: "a format can't keep or hide something",
		Cause:  "Terraform deletes a queue and its messages when the rule or function is removed or renamed; CloudFormation, SAM and Serverless keep the queues that jobgen creates. Serverless writes the values of secret parameters into the template that it deploys.",
		Wrong:  "//jobs:package formats: [terraform]\n…\n//jobs:event_rule dlq: create\n//jobs:event_pattern source: [my.app]\nfunc (j *Job) Run() error",
		Remedy: "Before you remove or rename a rule or function in Terraform, empty its queue, or keep the queue with a removed block whose lifecycle has destroy = false. For secrets, use another format than serverless, or have the function read them at run time."},
	{Code: QueuePolicy, Severity: Note, Allowable: true, Title: "a queue's policy must allow EventBridge or Lambda to send to it",
		Cause:  "The dlq, on_failure or queue is an ARN or a parameter, so the rule files don't contain the queue or its policy. EventBridge sends to a dlq only if the queue's policy allows events.amazonaws.com to call sqs:SendMessage with the rule's ARN as aws:SourceArn (EventBridge user guide, eb-rule-dlq). Lambda sends to on_failure with the permissions of the function's role, and EventBridge Scheduler to a schedule's dlq with those of the schedule's role; jobgen writes both roles, and a queue in another account must also allow the role. Without the permission, failed events are lost. EventBridge sends to the queue of a rule with the permission of the queue's policy too, and jobgen doesn't write that policy, because it would replace the existing one.",
		Wrong:  "//jobs:event_rule dlq: 'arn:aws:sqs:eu-west-1:123456789012:failed'\n//jobs:rate 1 hour",
		Right:  "//jobs:event_rule dlq: create\n//jobs:function async: {on_failure: create}\n//jobs:rate 1 hour",
		Remedy: "Add the statement to the queue's policy where the queue is defined, and allow the note; or let jobgen create the queue."},
	{Code: ActionMisspelled, Severity: Error, Allowable: true, Title: "a misspelled IAM action",
		Cause:  "IAM has no such action, or no action that matches the wildcards, but one with a similar name. The policy is valid and allows nothing. Statements with effect: Deny and not_actions are not checked.",
		Wrong:  "//jobs:iam_policy {actions: [s3:GetObjcet], resources: ['arn:aws:s3:::reports/*']}",
		Right:  "//jobs:iam_policy {actions: [s3:GetObject], resources: ['arn:aws:s3:::reports/*']}",
		Remedy: "Correct the name. If the action is newer than jobgen's list, allow the finding."},
	{Code: ActionUnknown, Severity: Warning, Allowable: true, Title: "an unknown IAM action",
		Cause:  "AWS's list of IAM actions has no such service or action, and no similar one. jobgen contains the list of the date in the message. AWS adds actions every week, so the name may be right. The name of an action often differs from the API call that it allows: the call ListObjectsV2 needs s3:ListBucket, and Invoke needs lambda:InvokeFunction.",
		Wrong:  "//jobs:iam_policy {actions: [lambda:Invoke], resources: ['arn:aws:lambda:*:*:function:resize']}",
		Right:  "//jobs:iam_policy {actions: [lambda:InvokeFunction], resources: ['arn:aws:lambda:*:*:function:resize']}",
		Remedy: "Check the name in the Service Authorization Reference. If it is right, allow the finding."},
	{Code: ActionResource, Severity: Warning, Allowable: true, Title: "an action that can't be on the resources",
		Cause:  "None of the statement's resources is of a type that the action takes, so IAM allows nothing: s3:GetObject takes an object, not a bucket, and ec2:DescribeInstances takes no resource, so only resources: '*' allows it.",
		Wrong:  "//jobs:iam_policy {actions: [s3:GetObject], resources: ['arn:aws:s3:::reports']}",
		Right:  "//jobs:iam_policy {actions: [s3:GetObject], resources: ['arn:aws:s3:::reports/*']}",
		Remedy: "Name a resource of a type that the message lists. Put an action that takes no resource into a separate statement with resources: '*'."},
	{Code: QueueSettings, Severity: Error, Title: "the settings of a rule with a queue don't work together",
		Cause:  "The rule sends its events to an SQS queue, and Lambda reads them from there for the function. A batch of more than 10 needs a window of 1 s or more. A FIFO queue needs a group, and its batches have at most 10 events and no window. The group, the batches and the number of receives belong to one kind of queue. A queue that exists has its own dead-letter queue, and so has one that jobgen makes. The function is called by Lambda's mapping and not asynchronously, so async has no effect. Each message of a queue goes to one function.",
		Wrong:  "//jobs:event_rule queue: {batch: 100}\n//jobs:rate 1 hour",
		Right:  "//jobs:event_rule queue: {batch: 100, window: 5s}\n//jobs:rate 1 hour",
		Remedy: "Do what the message says. docs/queues.md describes which setting is for what."},
	{Code: QueueUnordered, Severity: Note, Allowable: true, Title: "a FIFO queue doesn't put EventBridge's events in order",
		Cause:  "EventBridge delivers events in any order, and may deliver one twice. A FIFO queue keeps the order in which EventBridge sends them, which may differ from the order in which they happened. All events of a rule have one message group, so the function handles one batch of them at a time, with at most 10 events.",
		Wrong:  "//jobs:event_rule queue: {arn: 'arn:aws:sqs:eu-west-1:123456789012:orders.fifo', group: orders}\n//jobs:rate 1 hour",
		Right:  "//jobs:event_rule queue: create\n//jobs:rate 1 hour",
		Remedy: "Use a standard queue, or allow the note if the order doesn't matter."},
	{Code: FunctionExists, Severity: Error, Title: "a setting that doesn't go with a function that exists",
		Cause:  "With arn, a function directive names a function that exists. The rule files contain what calls the function, and not the function, its role or its log group. Its properties and permissions are therefore set where the function is defined; only qualifier, id, timeout (from which the visibility timeout of a queue is computed) and architecture (for which jobgen build builds) go with arn. A function has one handler, so without functions: package it can run only one job.",
		Wrong:  "//jobs:function arn: \"${FunctionArn}\", memory: 256\n//jobs:rate 1 hour",
		Right:  "//jobs:function arn: \"${FunctionArn}\"\n//jobs:rate 1 hour",
		Remedy: "Remove the property, and set it where the function is defined; or remove arn, and the rule files will contain the function. For several jobs in one function, use functions: package."},
	{Code: MustHave, Severity: Note, Allowable: true, Late: true, Title: "what exists must have something that the rule files don't set",
		Cause:  "A job uses a function, role or KMS key that exists outside of the rule files. The job runs only if that has what the message lists, such as the code and handler of a function or the permissions of a role. The header of the rule files has the same list.",
		Wrong:  "//jobs:function arn: \"${FunctionArn}\"\n//jobs:rate 1 hour",
		Remedy: "Set it where the function, role or key is defined. Then allow the note."},
	{Code: QueueThrottled, Severity: Warning, Allowable: true, Title: "queues that call a function more often at a time than is reserved for it",
		Cause:  "The concurrency of a queue is the number of batches that Lambda gives to the function at a time. The function's reserved_concurrency is the number of calls that it can handle at a time. If the queues of a function may together have more batches than that, Lambda can't start the rest. The events of such a batch count as tried, and after the last try they go to the dead-letter queue, although the function never got them.",
		Wrong:  "//jobs:function reserved_concurrency: 5\n//jobs:event_rule queue: {concurrency: 10}\n//jobs:rate 1 hour",
		Right:  "//jobs:function reserved_concurrency: 10\n//jobs:event_rule queue: {concurrency: 10}\n//jobs:rate 1 hour",
		Remedy: "Reserve as many calls as all queues of the function have together, or lower the concurrency of a queue."},

	{Code: RuleForm, Severity: Error, Title: "a rule with two forms",
		Cause:  "A rule has one of three forms: a whole pattern {…}, pieces of the form path: [values] that are combined, or a schedule. A second whole pattern or schedule on a method is a second rule and needs its own event_rule line. AWS allows a pattern and a schedule in one rule; jobgen doesn't, because one handler type and one input can't serve both.",
		Wrong:  "//jobs:event_pattern {source: [aws.ec2]}\n//jobs:event_pattern detail.state: [stopping]",
		Right:  "//jobs:event_pattern source: [aws.ec2]\n//jobs:event_pattern detail.state: [stopping]",
		Remedy: "Write the whole rule in one form, or open a second rule with //jobs:event_rule id: Name."},
	{Code: RuleEmpty, Severity: Error, Title: "a rule without a pattern or schedule",
		Cause:  "Each event_rule line opens a rule, and the lines below it, up to the next event_rule, must give its pattern or schedule. All properties of a rule are on one event_rule line.",
		Wrong:  "//jobs:event_rule description: Nightly\nfunc (j *Job) Sweep() error",
		Right:  "//jobs:event_rule description: Nightly\n//jobs:cron 0 3 * * ? *\nfunc (j *Job) Sweep() error",
		Remedy: "Add an event_pattern, rate or cron line below it. If two event_rule lines describe the same rule, join them."},
	{Code: RuleID, Severity: Error, Title: "several rules on a method, and one has no id",
		Cause:  "The default id of a rule is the type's and the method's name, which fits only if the method has one rule. If it has several, each rule needs an id, so that ids don't depend on the order of the lines.",
		Wrong:  "//jobs:event_rule description: by day\n//jobs:rate 1 hour\n//jobs:event_rule description: by night\n//jobs:cron 0 3 * * ? *",
		Right:  "//jobs:event_rule id: SweepByDay, description: by day\n//jobs:rate 1 hour\n//jobs:event_rule id: SweepByNight, description: by night\n//jobs:cron 0 3 * * ? *",
		Remedy: "Give each of the method's rules an event_rule line with an id."},
	{Code: PatternShape, Severity: Error, Title: "a pattern of the wrong shape",
		Cause:  "In a pattern, each field holds either a list of alternatives or an object of further fields.",
		Wrong:  "//jobs:event_pattern {source: aws.ec2}",
		Right:  "//jobs:event_pattern {source: [aws.ec2]}",
		Remedy: "Put the value in a list."},
	{Code: EnvelopeField, Severity: Error, Title: "a top-level field that no event has",
		Cause:  "Every event has the same top-level fields: version, id, detail-type, source, account, time, region, resources, detail. A pattern with any other top-level field never matches.",
		Wrong:  "//jobs:event_pattern {sources: [aws.ec2]}",
		Right:  "//jobs:event_pattern {source: [aws.ec2]}",
		Remedy: "Correct the name. The event's own fields are under detail."},
	{Code: EmptyList, Severity: Error, Title: "a list without alternatives",
		Cause:  "An empty list of alternatives never matches, and AWS refuses it.",
		Wrong:  "//jobs:event_pattern {source: []}",
		Right:  "//jobs:event_pattern {source: [aws.ec2]}",
		Remedy: "Add a value, or leave the field out. {exists: true} matches any value."},
	{Code: Operator, Severity: Error, Title: "unknown operator",
		Cause:  "An object in a list of alternatives holds exactly one of EventBridge's operators: prefix, suffix, equals-ignore-case, anything-but, numeric, cidr, exists, wildcard. (exactly is accepted too. AWS's matcher supports it; the user guide doesn't mention it, because a plain value means the same.) $or is written in place of a field's name, and its value is a list of two or more objects of fields. There is no $and, because the fields of an object are already joined by AND.",
		Wrong:  "//jobs:event_pattern detail.key: [{prefx: img/}]",
		Right:  "//jobs:event_pattern detail.key: [{prefix: img/}]",
		Remedy: "Use one of the operators."},
	{Code: Operand, Severity: Error, Title: "an operand that the operator doesn't accept",
		Cause:  "Each operator accepts operands of one kind: numeric takes a list of comparisons and numbers, cidr a block, exists true or false, wildcard text without consecutive stars, and so on.",
		Wrong:  "//jobs:event_pattern detail.size: [{numeric: ['=>', 10]}]",
		Right:  "//jobs:event_pattern detail.size: [{numeric: ['>=', 10]}]",
		Remedy: "Write an operand as the message describes it."},
	{Code: PatternLimit, Severity: Error, Title: "a pattern exceeds EventBridge's limits",
		Cause:  "PutRule accepts at most 4096 characters of pattern, at most 1000 combinations of $or, and wildcards up to a complexity that AWS doesn't publish.",
		Remedy: "Split the rule in two, each with its own event_rule line and an id."},
	{Code: PatternSuspect, Severity: Warning, Allowable: true, Title: "a pattern that may not mean what it looks like",
		Cause:  "The pattern is valid, but AWS may refuse it or match differently than it looks. It is reported if the pattern is longer than the default quota of 2048 characters per account; if the wildcards of a field are near the limit of complexity; if a field is both outside a $or and inside one of its branches, because the branch's condition replaces the outer one; if a value is listed twice; if a number isn't the shortest decimal of its 64-bit float, so that only the same spelling matches; if equals-ignore-case has a character beyond U+FFFF, which never matches; if $or has a value that makes it an ordinary field; if a value contains a *, which matches any text only in wildcard; or if a value contains a no-break space, or a blank at its beginning or end.",
		Remedy: "Do what the message says, or allow the finding with a reason."},
	{Code: TextUnseen, Severity: Error, Allowable: true, Title: "a value with typographic quotes or invisible characters",
		Cause:  "The value probably was copied from a word processor. It has typographic quotes around it, which are part of the value here, or characters that are invisible, such as a zero-width space. Values are compared character by character, so this one never matches the text that it looks like.",
		Wrong:  "//jobs:event_pattern detail.state: [“stopping”]",
		Right:  "//jobs:event_pattern detail.state: [\"stopping\"]",
		Remedy: "Type the value again, with plain quotes."},
	{Code: WhenUnknown, Severity: Error, Title: "a condition on a parameter or value that the package doesn't declare",
		Cause:  "A condition compares the value of a parameter with text when the rules are deployed. If the parameter or the value is misspelled, the rule doesn't exist in the stage that it is for, and nothing reports it. So the package must declare the parameter, and the values must be allowed. A parameter that is a list or a secret can't be in a condition.",
		Wrong:  "//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}\n…\n//jobs:event_rule when: {Stage: production}\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Right:  "//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}\n…\n//jobs:event_rule when: {Stage: prod}\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Remedy: "Correct the name or the value, or declare it above the package clause."},
	{Code: WhenNever, Severity: Error, Title: "a condition that is never true",
		Cause:  "None of the allowed values of the parameter makes the condition true, or the conditions of a rule and of its function exclude each other. The rule or function exists in no stage.",
		Wrong:  "//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}\n…\n//jobs:function when: {Stage: prod}\n//jobs:event_rule when: {Stage: dev}\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Right:  "//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}\n…\n//jobs:function when: {Stage: prod}\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Remedy: "Change one of the conditions, or remove the rule."},
	{Code: WhenAlways, Severity: Warning, Allowable: true, Title: "a condition that is always true",
		Cause:  "The condition is true for all allowed values of the parameter, so it has no effect.",
		Wrong:  "//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}\n…\n//jobs:event_rule when: {Stage: [dev, prod]}\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Right:  "//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}\n…\n//jobs:event_rule when: {Stage: [prod]}\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Remedy: "Remove the condition, or leave out the values for which the rule should not exist."},

	{Code: RateValue, Severity: Error, Title: "a rate that AWS refuses",
		Cause:  "A rate is a positive whole number and a unit: minute, minutes, hour, hours, day or days. The singular goes with 1, the plural with every other number.",
		Wrong:  "//jobs:rate 1 hours",
		Right:  "//jobs:rate 1 hour",
		Remedy: "Write the rate as AWS does, without rate(…) around it."},
	{Code: CronField, Severity: Error, Title: "a cron field that AWS refuses",
		Cause:  "The fields of an EventBridge cron are minutes 0-59, hours 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of week 1-7 or SUN-SAT, and year 1970-2199. Exactly one of day of month and day of week is ?.",
		Wrong:  "//jobs:cron 0 25 * * ? *",
		Right:  "//jobs:cron 0 23 * * ? *",
		Remedy: "Correct the field at the caret."},
	{Code: CronLength, Severity: Error, Title: "a cron with the wrong number of fields",
		Cause:  "EventBridge's cron has six fields: minutes hours day-of-month month day-of-week year. Unix cron has five, and no ?.",
		Wrong:  "//jobs:cron 0 12 * * *",
		Right:  "//jobs:cron 0 12 * * ? *",
		Remedy: "Write all six fields."},
	{Code: NeverFires, Severity: Error, Title: "a schedule that never fires",
		Cause:  "Each field is valid, but no date satisfies all of them, such as the 30th of February.",
		Wrong:  "//jobs:cron 0 12 30 2 ? *",
		Right:  "//jobs:cron 0 12 L 2 ? *",
		Remedy: "Correct the date. L is the last day of the month."},
	{Code: ScheduleForm, Severity: Error, Title: "a schedule in another form",
		Cause:  "The directive's name is the kind of schedule, and its arguments are the text between the parentheses of AWS's form.",
		Wrong:  "//jobs:rate rate(10 minutes)",
		Right:  "//jobs:rate 10 minutes",
		Remedy: "Write the expression alone, without quotes."},
	{Code: ClockChange, Severity: Note, Title: "a time that the clocks of the time zone skip or show twice",
		Cause:  "When a zone's clocks go forward, EventBridge Scheduler leaves out the times that they skip. When they go back, a time that they show twice fires once, the first time. The finding is about a schedule that on such a day fires at no other time.",
		Wrong:  "//jobs:schedule timezone: Europe/Berlin\n//jobs:cron 30 2 * * ? *",
		Right:  "//jobs:schedule timezone: Europe/Berlin\n//jobs:cron 30 4 * * ? *",
		Remedy: "Choose a time outside of the hour in which the clocks change, or leave the time zone out: UTC has no such changes."},
	{Code: TimePassed, Severity: Note, Title: "a time of a schedule that has passed",
		Cause:  "The schedule has fired for the last time, or AWS refuses to create it, because a schedule can't begin in the past.",
		Wrong:  "//jobs:at 2022-12-24T18:00:00",
		Right:  "//jobs:at 2199-12-24T18:00:00",
		Remedy: "Write a time in the future, or remove the schedule."},
	{Code: AtValue, Severity: Error, Title: "a time that AWS refuses",
		Cause:  "An at line has a local date and time in the form yyyy-mm-ddThh:mm:ss. The time zone is a property of the schedule line above it.",
		Wrong:  "//jobs:at 2100-02-30T08:00:00",
		Right:  "//jobs:at 2100-02-28T08:00:00",
		Remedy: "Write the time in that form."},

	{Code: HandlerSignature, Severity: Error, Title: "a job with an unsupported signature",
		Cause:  "A job is a method func (j *T) M([ctx context.Context,] [event E]) ([R,] error). The receiver may be a pointer or a value.",
		Wrong:  "func (j *SecurityJob) InstanceStopping(e StateChange)",
		Right:  "func (j *SecurityJob) InstanceStopping(ctx context.Context, e jobs.Event[StateChange]) error",
		Remedy: "Use one of the signatures that the message lists."},
	{Code: HandlerGeneric, Severity: Error, Title: "a generic job",
		Cause:  "The generated Jobs struct has one field for each receiver type, and a generic type stands for many types. Likewise a method with type parameters, which Go supports since 1.27, stands for many methods, and an event doesn't say which one to call.",
		Wrong:  "func (j *Job[T]) Run() error",
		Right:  "type UserJob struct{ Job[User] }\n\nfunc (j *UserJob) Run() error { return j.Job.Run() }",
		Remedy: "Put the job on a type without type parameters, and call the generic method from a method without type parameters."},
	{Code: HandlerEvent, Severity: Error, Title: "an event parameter of an unsupported type",
		Cause:  "E is jobs.Event[D], events.EventBridgeEvent, events.CloudWatchEvent, json.RawMessage, or a struct that the function's input is decoded into.",
		Wrong:  "func (j *Job) Run(e *jobs.Event[Detail]) error",
		Right:  "func (j *Job) Run(e jobs.Event[Detail]) error",
		Remedy: "Take one of these types, by value."},
	{Code: HandlerInput, Severity: Error, Title: "a handler takes the event, but the rule sends something else",
		Cause:  "A rule with input, input_path or input_transformer doesn't send the event's envelope, so jobs.Event and events.EventBridgeEvent can't be decoded.",
		Wrong:  "//jobs:event_rule input_path: $.detail\n…\nfunc (j *Job) Run(e jobs.Event[Detail]) error",
		Right:  "//jobs:event_rule input_path: $.detail\n…\nfunc (j *Job) Run(e Detail) error",
		Remedy: "Take a struct with the fields of the rule's input, or json.RawMessage."},
	{Code: HandlerEmpty, Severity: Error, Allowable: true, Title: "a handler's struct has none of the fields that the rule sends",
		Cause:  "The struct has none of the fields that the rule sends, so every field stays empty for every event. A rule without an input sends the whole event. Its top-level fields are version, id, detail-type, source, account, time, region, resources and detail; fields specific to an event are in its detail. The detail of a schedule's event is empty.",
		Wrong:  "//jobs:event_pattern {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change]}\nfunc (j *Job) Failed(ctx context.Context, e Execution) error\n\ntype Execution struct {\n\tPipeline string `json:\"pipeline\"`\n\tState    string `json:\"state\"`\n}",
		Right:  "//jobs:event_pattern {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change]}\nfunc (j *Job) Failed(ctx context.Context, e jobs.Event[Execution]) error\n\ntype Execution struct {\n\tPipeline string `json:\"pipeline\"`\n\tState    string `json:\"state\"`\n}",
		Remedy: "Take jobs.Event[D], where D is the struct of the detail. Or let the rule send what the struct decodes, with input or input_path: $.detail."},
	{Code: HandlerForeign, Severity: Error, Allowable: true, Title: "a handler's type belongs to another service",
		Cause:  "The package events of aws-lambda-go has a type for each service that invokes functions. This function is invoked by EventBridge, which sends its own event for every source, so a type for another service stays empty.",
		Wrong:  "//jobs:event_pattern {source: [aws.s3], detail-type: [Object Created]}\nfunc (j *Job) Uploaded(e events.S3Event) error",
		Right:  "//jobs:allow JOB837 reason: the bucket has EventBridge notifications on\n//jobs:event_pattern {source: [aws.s3], detail-type: [Object Created]}\nfunc (j *Job) Uploaded(e jobs.Event[Upload]) error\n\ntype Upload struct {\n\tObject struct {\n\t\tKey string `json:\"key\"`\n\t} `json:\"object\"`\n}",
		Remedy: "Take jobs.Event[D], where D is a struct of the detail's fields. `jobgen events -go SOURCE DETAIL-TYPE` prints one for an AWS event."},
	{Code: HandlerField, Severity: Error, Allowable: true, Title: "a struct's field with a name similar to one that the event has",
		Cause:  "No event that the handler is for has a field with this name, and one has a field with a similar name. The struct's field would stay empty. The names of an event's fields are known at its top, in the detail of AWS's events, and in events of a schema of -schema. encoding/json ignores only letter case when it compares names, so a field DetailType without a tag doesn't decode detail-type.",
		Wrong:  "//jobs:event_pattern source: [my.shop]\nfunc (j *Job) Run(e Envelope) error\n\ntype Envelope struct {\n\tSource     string\n\tDetailType string\n}",
		Right:  "//jobs:event_pattern source: [my.shop]\nfunc (j *Job) Run(e Envelope) error\n\ntype Envelope struct {\n\tSource     string\n\tDetailType string `json:\"detail-type\"`\n}",
		Remedy: "Add a json tag with the name that the event has."},

	{Code: GoTooOld, Severity: Error, Title: "jobgen was built with an older Go than the module requires",
		Cause:  "The module's go.mod requires a newer version of Go than the one that jobgen was built with. A Go program parses and type-checks source with the packages of the Go version that built it, so this jobgen can't read the module's packages.",
		Remedy: "Build jobgen with the module's version of Go. `go tool jobgen` does that if jobgen is a tool in go.mod (go get -tool github.com/jobgen/jobgen/cmd/jobgen). For an installed jobgen, the message gives the command."},
	{Code: HandlerKind, Severity: Error, Allowable: true, Title: "a struct's field can't hold what the event sends",
		Cause:  "The handler's type has a field of another kind than the event has there: a number for text, a struct for a list. encoding/json can't decode such an event, and the job fails. The finding is a warning if only one source says which kind AWS's event has, if the events of the source differ, for an integer where numbers with fractions come, and for a type of another module.",
		Wrong:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification]}\nfunc (j *Job) Run(e jobs.Event[Change]) error\n\ntype Change struct {\n\tState int `json:\"state\"`\n}",
		Right:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification]}\nfunc (j *Job) Run(e jobs.Event[Change]) error\n\ntype Change struct {\n\tState string `json:\"state\"`\n}",
		Remedy: "Give the field the type that the message names. `jobgen events -go SOURCE DETAIL-TYPE` prints a type for the whole detail of an AWS event."},

	{Code: NameTaken, Severity: Error, Title: "the package already declares a name that jobs_gen.go needs",
		Cause:  "jobs_gen.go declares Jobs, NewDispatcher, constants for the rules and jobs, and a table. The package declares one of these names, or a file imports a package under it. This applies to every file of the package, because jobs_gen.go is also built with tests and for other operating systems. The finding is also reported if the package redeclares a predeclared identifier that jobs_gen.go uses, such as new.",
		Wrong:  "type Jobs struct{}\n\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Right:  "type JobList struct{}\n\n//jobs:rate 1 hour\nfunc (j *Job) Run() error",
		Remedy: "Rename the declaration, or import the package under another name."},
	{Code: NameClash, Severity: Error, Title: "two resources with the same name in a rule file",
		Cause:  "Rule ids, functions, receivers and parameters become names in rule files. Some formats don't distinguish letter case, or - and _. A method also has names derived from its own: method M of type J has JMRule, JMRole and JMLogGroup.",
		Wrong:  "//jobs:event_rule id: sweep-all\n…\n//jobs:event_rule id: SweepAll",
		Right:  "//jobs:event_rule id: sweep-all\n…\n//jobs:event_rule id: SweepRest",
		Remedy: "Give one of the two another id or name."},
	{Code: NameInvalid, Severity: Error, Title: "a name that AWS or the dispatcher doesn't allow",
		Cause:  "A rule's id consists of letters, digits, - and _, begins with a letter and has at most 64 characters; the default id is the type's and the method's name. A type's name also becomes a field of Jobs, with its first letter in upper case, so that other packages can set the field.",
		Wrong:  "//jobs:rate 1 hour\nfunc (j *Job) Größe() error",
		Right:  "//jobs:rate 1 hour\nfunc (j *Job) Size() error",
		Remedy: "Use a name of that form."},
	{Code: StackQuota, Severity: Note, Title: "a package is near an AWS quota",
		Cause:  "An event bus has at most 300 rules (100 in some Regions; adjustable), and at most 30 of them use wildcards (not adjustable). A function's resource policy has at most 20 KB. The message says what jobgen does about it, or what you can do.",
		Remedy: "Split the package over several buses or functions, or ask AWS for a higher quota."},
	{Code: FormatCannot, Severity: Error, Title: "a format doesn't allow a name or a text",
		Cause:  "Each format reserves some names or changes some texts, and there is no escape for them. Terraform reserves the variable names version, count and source, and composes accents. CloudFormation reads a key Ref, Condition or Fn::… as a function.",
		Wrong:  "//jobs:package formats: [cloudformation]\n…\n//jobs:function environment: {Ref: main}",
		Right:  "//jobs:package formats: [cloudformation]\n…\n//jobs:function environment: {GIT_REF: main}",
		Remedy: "Choose another name, write the text differently, or leave the format out."},
	{Code: StackLimit, Severity: Error, Title: "a package is too large for one stack",
		Cause:  "CloudFormation accepts templates of at most 500 resources, 200 parameters and 1 MB, and refuses a larger one entirely. The finding is at the first item beyond the limit.",
		Remedy: "Split the package, or make its methods one function (`-functions package`), which needs only one role and one log group."},
	{Code: MuxClash, Severity: Error, Title: "jobs.Mux can't join two packages",
		Cause:  "A main package joins the dispatchers of several packages with jobs.Mux. Two of them have a job with the same handler name or a rule with the same id, so a handler name or a rule's envelope would be ambiguous. jobs.Mux panics when the program starts.",
		Remedy: "Give one of the packages a prefix for its handlers and ids: //jobs:package handler: refunds does that for the package refunds. The prefix doesn't apply to ids given by a rule; change such an id with //jobs:event_rule id: NAME."},
	{Code: OneArchitecture, Severity: Error, Allowable: true, Title: "two architectures in one zip file",
		Cause:  "In every format but json, the functions of a package share one zip file, and the binary in it is built for one architecture. A function with the other architecture doesn't start. `jobgen build` reports it for all functions of a main package, because it builds one zip file for them.",
		Wrong:  "//jobs:function architecture: x86_64\n//jobs:rate 1 hour\nfunc (j *Job) A() error\n\n//jobs:rate 1 hour\nfunc (j *Job) B() error",
		Right:  "//jobs:function architecture: x86_64\ntype Job struct{}",
		Remedy: "Set the architecture on the type, or move one of the methods to another package, with a main package for it."},
	{Code: OutputClash, Severity: Error, Title: "two outputs with the same name",
		Cause:  "Two templates write the same file, or a template writes a file that jobgen writes itself. Letter case makes no difference: the file systems of macOS and Windows treat Jobs.tf and jobs.tf as one file.",
		Remedy: "Rename one of the templates."},

	{Code: FieldMisspelled, Severity: Error, Allowable: true, Title: "an unknown field with a name similar to a known one",
		Cause:  "Neither the Go type that the handler decodes nor the AWS event has a field of this name, and one of them has a field with a similar name. A pattern with such a name would deploy and never match, an input path would find no value, and the handler would never see such a field of an input.",
		Wrong:  "//jobs:event_pattern detail.stat: [stopping]\nfunc (j *Job) Run(e jobs.Event[StateChange]) error",
		Right:  "//jobs:event_pattern detail.state: [stopping]\nfunc (j *Job) Run(e jobs.Event[StateChange]) error",
		Remedy: "Correct the name."},
	{Code: FieldUnknown, Severity: Warning, Allowable: true, Title: "an unknown field",
		Cause:  "Neither the Go type that the handler decodes nor the AWS event is known to have this field. It may still be right: structs often declare fewer fields than a pattern or an input path uses, and AWS adds fields. If a field of this name exists at another level, the message says so.",
		Remedy: "Check the name and the level. Declare the field in the Go type, or allow the finding with a reason."},
	{Code: KindMismatch, Severity: Error, Allowable: true, Title: "a value that the Go type's field can't hold",
		Cause:  "The pattern's value is of another kind than the field of the Go type: text for a number, a number for text, or a value for an object. Or the number doesn't fit the field: 300 or -1 in a uint8, 5.5 in an int. An event that matches could not be decoded. Numbers are compared by value, so 5.0 is accepted for an int: it matches 5.",
		Wrong:  "//jobs:event_pattern detail.total: ['1000']\nfunc (j *Job) Run(e jobs.Event[Order]) error\n\ntype Order struct {\n\tTotal float64 `json:\"total\"`\n}",
		Right:  "//jobs:event_pattern detail.total: [1000]\nfunc (j *Job) Run(e jobs.Event[Order]) error\n\ntype Order struct {\n\tTotal float64 `json:\"total\"`\n}",
		Remedy: "Write the value in the field's kind, or correct the Go type."},
	{Code: KindDiffers, Severity: Warning, Allowable: true, Title: "a value of another kind than in AWS's schema",
		Cause:  "The schema of the event gives the field another kind: a pattern's value never matches, an input path finds no value below a text, or the handler's type can't decode the part of the event that the input sends. Schemas are sometimes wrong, so this is a warning.",
		Remedy: "Check a real event. Write the value or the Go type in the kind that the event has, correct the path, or allow the finding with a reason."},
	{Code: ValueOutside, Severity: Error, Allowable: true, Title: "a value that the field never has",
		Cause:  "The field has a closed set of values: the constants of its Go type, the values of a schema, or those that AWS documents for the event. The pattern's value is not one of them. Accounts, Regions, times, ARNs and names of buckets have a form that the value lacks. In an event of AWS it is similar to one of them; another one is a warning, JOB808.",
		Wrong:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [stoping]}}",
		Right:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [stopping]}}",
		Remedy: "Use a value of the set. If the Go type is yours, you can add a constant to it."},
	{Code: KeyBecame, Severity: Note, Allowable: true, Title: "a snake_case key is read as the event's lowerCamelCase",
		Cause:  "Ruby Jets writes keys in snake_case. If the detail doesn't have a field with the key as written but has one with its lowerCamelCase, jobgen uses that field.",
		Wrong:  "//jobs:event_pattern detail.event_source: [ec2.amazonaws.com]\nfunc (j *Job) Run(e jobs.Event[jobs.CloudTrail]) error",
		Right:  "//jobs:event_pattern detail.eventSource: [ec2.amazonaws.com]\nfunc (j *Job) Run(e jobs.Event[jobs.CloudTrail]) error",
		Remedy: "Write the name that the event has."},
	{Code: InputMismatch, Severity: Warning, Allowable: true, Title: "an input with a field that the handler's type doesn't have",
		Cause:  "The rule's input or template sends the function a field that the handler's type doesn't have, so the handler never sees it. If the type has a field with a similar name, that is an error, JOB801.",
		Wrong:  "//jobs:event_rule input: {mode: full, level: 3}\n//jobs:rate 1 hour\nfunc (j *Job) Run(o Options) error\n\ntype Options struct {\n\tMode  string `json:\"mode\"`\n\tDepth int    `json:\"depth\"`\n}",
		Right:  "//jobs:event_rule input: {mode: full, depth: 3}\n//jobs:rate 1 hour\nfunc (j *Job) Run(o Options) error\n\ntype Options struct {\n\tMode  string `json:\"mode\"`\n\tDepth int    `json:\"depth\"`\n}",
		Remedy: "Use the type's field names, or correct the type."},
	{Code: ValueUnknown, Severity: Warning, Allowable: true, Title: "a value that the event's field is not known to have",
		Cause:  "AWS's documentation lists the values of the field, and the pattern's value is not one of them. It may still be right: AWS adds values, and some pages show only a part of them. A value that is similar to one of a complete list is an error, JOB805.",
		Wrong:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [rebooting]}}",
		Right:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [stopping, pending]}}",
		Remedy: "Check the value against the event's documentation or a real event. Use a value of the list, or allow the finding with a reason."},
	{Code: TagConflict, Severity: Error, Title: "a struct tag and a directive disagree on a field",
		Cause:  "A jobs tag on the detail type is added to the pattern of every rule whose handler takes the type. Here the rule's own lines have a different condition on the same field.",
		Wrong:  "type Change struct {\n\tState string `json:\"state\" jobs:\"stopping\"`\n}\n\n//jobs:event_pattern detail.state: [stopped]\nfunc (j *Job) Run(e jobs.Event[Change]) error",
		Right:  "type Change struct {\n\tState string `json:\"state\"`\n}\n\n//jobs:event_pattern detail.state: [stopped]\nfunc (j *Job) Run(e jobs.Event[Change]) error",
		Remedy: "Write the condition in one place."},
	{Code: TagUnused, Severity: Warning, Allowable: true, Title: "a jobs tag that no rule uses",
		Cause:  "The tag is added to the pattern of every rule whose handler takes the type. No handler takes it, or only handlers of schedules do.",
		Remedy: "Remove the tag, or use the type in the handler of a rule with a pattern."},
	{Code: TagPlace, Severity: Error, Title: "a jobs tag on a field that can't be matched",
		Cause:  "A jobs tag holds the alternatives for a field with a known path. A field that encoding/json doesn't decode has no path, and the path of a field inside a map is unknown.",
		Wrong:  "type Item struct {\n\tState string `json:\"state\" jobs:\"open\"`\n}\n\ntype Cart struct {\n\tItems map[string]Item `json:\"items\"`\n}\n\n//jobs:event_pattern source: [my.shop]\nfunc (j *Job) Run(e jobs.Event[Cart]) error",
		Remedy: "Move the condition to an event_pattern, or the tag to a field with a known path."},
	{Code: TagSyntax, Severity: Error, Title: "a jobs tag that Go can't read",
		Cause:  "A struct tag consists of keys and quoted values, separated by spaces: key:\"value\" key:\"value\". Programs that read tags ignore a tag of another form, a key in another letter case and a repeated key, so jobgen's condition would be ignored as well.",
		Wrong:  "type Change struct {\n\tState string `json:\"state\", jobs: \"stopping\"`\n}\n\n//jobs:event_pattern source: [my.app]\nfunc (j *Job) Run(e jobs.Event[Change]) error",
		Right:  "type Change struct {\n\tState string `json:\"state\" jobs:\"stopping\"`\n}\n\n//jobs:event_pattern source: [my.app]\nfunc (j *Job) Run(e jobs.Event[Change]) error",
		Remedy: "Write the tag in Go's form; go vet gives details."},
	{Code: TagFormat, Severity: Error, Title: "a json tag that encoding/json refuses",
		Cause:  "Since Go 1.27, encoding/json returns an error for a struct with a field that has the tag option format, so a job that takes such a struct fails on every event. Older versions ignore the option.",
		Wrong:  "type Change struct {\n\tAt time.Time `json:\"at,format:RFC3339\"`\n}\n\n//jobs:event_pattern source: [my.app]\nfunc (j *Job) Run(e jobs.Event[Change]) error",
		Right:  "type Change struct {\n\tAt time.Time `json:\"at\"`\n}\n\n//jobs:event_pattern source: [my.app]\nfunc (j *Job) Run(e jobs.Event[Change]) error",
		Remedy: "Remove the option. If the event has another format than encoding/json expects, give the field a type with an UnmarshalJSON method."},

	{Code: SourceMisspelled, Severity: Error, Allowable: true, Title: "an unknown source with a name similar to a known one",
		Cause:  "No AWS service sends events with this source, and a known source has a similar name; or a schema that you gave (-schema) has a source with a similar name.",
		Wrong:  "//jobs:event_pattern {source: [aws.lamda]}",
		Right:  "//jobs:event_pattern {source: [aws.lambda]}",
		Remedy: "Correct the name; `jobgen events` lists the sources."},
	{Code: SourceUnknown, Severity: Warning, Allowable: true, Title: "an unknown AWS source",
		Cause:  "The source begins with aws., but no service is known to send events with it. AWS adds services, so it may be right.",
		Remedy: "Check the name against the AWS Events Reference."},
	{Code: DetailTypeMisspelled, Severity: Error, Allowable: true, Title: "an unknown detail-type with a name similar to a known one",
		Cause:  "No AWS event has this detail-type, and a known detail-type has a similar name; or a schema that you gave (-schema) has a similar detail-type for this source. Letter case and spaces count.",
		Wrong:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-Change Notification]}",
		Right:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification]}",
		Remedy: "Correct the name; `jobgen events SOURCE` lists the detail-types of the source."},
	{Code: DetailTypeUnknown, Severity: Warning, Allowable: true, Title: "an unknown detail-type",
		Cause:  "The source is not known to send events with this detail-type, and no known detail-type has a similar name. AWS adds events, so it may be right. For a source of your own, the known detail-types are those of the schemas that you gave.",
		Remedy: "Check the name against the AWS Events Reference. If the event is your own, give jobgen a schema of it."},
	{Code: DetailTypeElsewhere, Severity: Error, Allowable: true, Title: "a detail-type of another source",
		Cause:  "Events with this detail-type come from another source, so the rule never fires.",
		Wrong:  "//jobs:event_pattern {source: [aws.ecs], detail-type: [EC2 Instance State-change Notification]}",
		Right:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification]}",
		Remedy: "Use the source that sends these events."},
	{Code: EventSourceMisspelled, Severity: Error, Allowable: true, Title: "an unknown CloudTrail eventSource with a name similar to a known one",
		Cause:  "CloudTrail records no calls with this eventSource, and a known eventSource has a similar name; or the service has none of the calls that the rule names, and another service has them.",
		Wrong:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.co]}}",
		Right:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com]}}",
		Remedy: "Correct the name."},
	{Code: EventSourceUnknown, Severity: Warning, Allowable: true, Title: "an unknown CloudTrail eventSource",
		Cause:  "CloudTrail is not known to record calls with this eventSource.",
		Remedy: "Check a real record. An eventSource is the host name of a service, such as ec2.amazonaws.com."},
	{Code: EventNameMisspelled, Severity: Error, Allowable: true, Title: "an unknown API call with a name similar to a recorded one",
		Cause:  "CloudTrail records no call of this name for the service, but it records one with a similar name. Some calls are recorded with the date of the API version: Lambda's CreateFunction is CreateFunction20150331.",
		Wrong:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com], eventName: [RunInstance]}}",
		Right:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com], eventName: [RunInstances]}}",
		Remedy: "Correct the name."},
	{Code: EventNameUnknown, Severity: Warning, Allowable: true, Title: "an unknown API call",
		Cause:  "CloudTrail is not known to record a call of this name for the service. AWS adds calls, so it may be right.",
		Remedy: "Check a real record."},
	{Code: SourcesDisagree, Severity: Error, Allowable: true, Title: "a source and an eventSource that never occur together",
		Cause:  "The source of an API call's event is aws. followed by the first label of its eventSource: a call to ec2.amazonaws.com has the source aws.ec2.",
		Wrong:  "//jobs:event_pattern {source: [aws.s3], detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com]}}",
		Right:  "//jobs:event_pattern {source: [aws.ec2], detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com]}}",
		Remedy: "Correct one of the two, or leave the source out."},
	{Code: DefaultBusOnly, Severity: Warning, Allowable: true, Title: "AWS's own events on a custom event bus",
		Cause:  "AWS's services, CloudTrail included, send their events to the default event bus of the account and Region. Another bus has them only if a rule on the default bus forwards them to it. jobgen reports each bus once in a package, at its first rule for such events. It reports no bus that is a parameter, and no rule whose pattern asks for another account's events, because those are forwarded.",
		Wrong:  "//jobs:event_rule event_bus: audit\n//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail]}",
		Right:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail]}",
		Remedy: "Leave event_bus out. If a rule forwards the events to the bus, name the bus in the package's directive: `//jobs:package forwarded: [audit]`."},
	{Code: ReadOnlyNever, Severity: Error, Allowable: true, Title: "a rule for read-only calls in the state ENABLED",
		Cause:  "Read-only management events (calls that begin with Describe, Get or List) are delivered only to rules in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.",
		Wrong:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com], eventName: [DescribeInstances]}}",
		Right:  "//jobs:event_rule state: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [ec2.amazonaws.com], eventName: [DescribeInstances]}}",
		Remedy: "Set the state."},
	{Code: ReadOnlyPartly, Severity: Warning, Allowable: true, Title: "a read-only call among others in a rule in the state ENABLED",
		Cause:  "The rule fires for the other calls but never for this one; see JOB832.",
		Remedy: "Set the state, or leave the call out."},
	{Code: SchemaUnused, Severity: Warning, Title: "a schema that no rule uses",
		Cause:  "The document given with -schema describes events of a source, and no rule of the packages names this source as a plain value, so jobgen checks nothing against it.",
		Remedy: "Name the source in the rules, correct it in the flag, or leave the flag out."},
	{Code: RegionElsewhere, Severity: Error, Allowable: true, Title: "a rule in a Region where its events never arrive",
		Cause:  "The events of some global services arrive in one Region of each partition only: those of IAM in us-east-1, for example, and in China in cn-north-1. A rule gets the events that arrive in its Region. The pattern names another Region, or the rule's event bus or dlq is in another one. The finding is a warning if the rule gets events of other sources.",
		Wrong:  "//jobs:event_pattern {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], region: [eu-west-1]}",
		Right:  "//jobs:event_pattern {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], region: [us-east-1]}",
		Remedy: "Name the Region where the events arrive, and deploy the rule there. If a rule there forwards the events to the bus of your rule, name the bus in the package's directive: `//jobs:package forwarded: [default]`."},
	{Code: OneRegion, Severity: Note, Allowable: true, Title: "events that don't arrive in every Region",
		Cause:  "The events of global services arrive in one Region only, or in several by a rule of the service. A rule in another Region never gets them. jobgen reports each source once in a package. It doesn't report a rule that names its Region in the pattern or gets forwarded events.",
		Remedy: "Deploy the rule in the Region that the note names, or forward the events from there to the Region of your rule. Then allow the note, name the Region in the pattern (`region: [us-east-1]`), or name the bus in `//jobs:package forwarded: [default]`."},
	{Code: SwitchedOff, Severity: Note, Allowable: true, Title: "events that AWS sends only if something is on",
		Cause:  "AWS sends some events only if a setting outside of the package is on: S3's events if the bucket has EventBridge notifications on, and CloudTrail's data events, such as s3:PutObject, if a trail records them. jobgen can't see the setting, so this is a note. It reports each setting once in a package, and lists the settings at the top of each rule file.",
		Remedy: "Turn the setting on, as the message shows, and allow the note. The advanced_event_selector of Terraform's aws_cloudtrail has one block field_selector for each field, each with the arguments field and equals."},
	{Code: NeverTogether, Severity: Error, Allowable: true, Title: "values or fields that no event has together",
		Cause:  "Some events have the one, and others the other, but no event has both, so the rule never fires. CloudTrail records sign-ins to the console with another detail-type than API calls, its events have no resources at their top, and the other events of a service don't have the fields of its records.",
		Wrong:  "//jobs:event_pattern {detail-type: [AWS API Call via CloudTrail], detail: {eventName: [ConsoleLogin]}}",
		Right:  "//jobs:event_pattern {detail-type: [AWS Console Sign In via CloudTrail], detail: {eventName: [ConsoleLogin]}}\n//jobs:allow JOB836 reason: the rule is in every Region with sign-ins",
		Remedy: "Correct one of them, or write a rule for each kind of event."},

	{Code: NeverMatches, Severity: Error, Allowable: true, Title: "a rule that no event can match",
		Cause:  "No value satisfies the pattern's conditions. For example, numbers are compared as IEEE 754 doubles, and there may be none between two bounds.",
		Wrong:  "//jobs:event_pattern source: [my.app], detail.n: [{numeric: ['>', 9007199254740991, '<', 9007199254740992]}]",
		Right:  "//jobs:event_pattern source: [my.app], detail.n: [{numeric: ['>', 9007199254740991, '<=', 9007199254740992]}]",
		Remedy: "Correct the field's conditions; `jobgen match` shows why an event doesn't match."},
	{Code: AlwaysMatches, Severity: Warning, Allowable: true, Title: "alternatives that match every value",
		Cause:  "A field's alternatives are joined by OR, and every value satisfies one of these: anything-but a OR anything-but b matches everything, and so does prefix with an empty text. In a rule that takes every event of its bus, this is a note.",
		Wrong:  "//jobs:event_pattern detail.tier: [{anything-but: trial}, {anything-but: free}]",
		Right:  "//jobs:event_pattern detail.tier: [{anything-but: [trial, free]}]",
		Remedy: "Put the exceptions into one anything-but. To accept any value, write {exists: true}."},
	{Code: OverlapWithin, Severity: Warning, Allowable: true, Title: "two rules of one method that match the same event",
		Cause:  "An event that both rules match runs the method twice.",
		Remedy: "Make the rules exclude each other, or join them into one."},
	{Code: OverlapAcross, Severity: Note, Allowable: true, Title: "rules of two methods that match the same event",
		Cause:  "An event that both rules match runs both methods. That is often intended, so this is a note.",
		Remedy: "If both methods should run, there is nothing to do."},
}
