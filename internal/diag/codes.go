package diag

import (
	"fmt"
	"strings"
)

// Code names a kind of finding: JOB and three digits. Codes are stable: users
// put them in //jobs:allow lines and editors link them.
type Code string

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

	RateValue    Code = "JOB501"
	CronField    Code = "JOB502"
	CronLength   Code = "JOB503"
	NeverFires   Code = "JOB504"
	ScheduleForm Code = "JOB505"

	HandlerSignature Code = "JOB601"
	HandlerGeneric   Code = "JOB602"
	HandlerEvent     Code = "JOB603"
	HandlerInput     Code = "JOB604"
	HandlerEmpty     Code = "JOB605"
	HandlerForeign   Code = "JOB606"
	HandlerField     Code = "JOB607"
	GoTooOld         Code = "JOB608"

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
	CloudTrailBus         Code = "JOB831"
	ReadOnlyNever         Code = "JOB832"
	ReadOnlyPartly        Code = "JOB833"
	SchemaUnused          Code = "JOB834"

	NeverMatches  Code = "JOB901"
	AlwaysMatches Code = "JOB902"
	OverlapWithin Code = "JOB903"
	OverlapAcross Code = "JOB904"
)

// Info describes a code for `jobgen explain`.
type Info struct {
	Code     Code
	Severity Severity
	Title    string
	Cause    string
	Wrong    string // an example that gives the finding
	Right    string // the example, corrected
	Remedy   string
	// Allowable reports whether //jobs:allow can silence the finding. No generated
	// file depends on such a finding.
	Allowable bool
}

func (c Code) info() Info {
	info, ok := Lookup(string(c))
	if !ok {
		panic("diag: code " + string(c) + " is not in the table")
	}
	return info
}

// Lookup returns a code's description. It ignores letter case.
func Lookup(code string) (Info, bool) {
	for _, info := range table {
		if strings.EqualFold(string(info.Code), code) {
			return info, true
		}
	}
	return Info{}, false
}

// Codes returns the descriptions of all codes, in order.
func Codes() []Info { return append([]Info(nil), table...) }

// String returns the text that `jobgen explain` prints.
func (i Info) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s\n\n%s\n", i.Code, i.Severity, i.Title, i.Cause)
	section(&b, "Wrong", i.Wrong)
	section(&b, "Right", i.Right)
	fmt.Fprintf(&b, "\n%s\n", i.Remedy)
	if i.Allowable {
		fmt.Fprintf(&b, "\nTo accept the finding: //jobs:allow %s reason: why\n", i.Code)
	}
	return b.String()
}

func section(b *strings.Builder, title, example string) {
	if example == "" {
		return
	}
	fmt.Fprintf(b, "\n%s:\n\n\t%s\n", title, strings.ReplaceAll(example, "\n", "\n\t"))
}
