package diag

import (
	"fmt"
	"strings"
)

// Code names a kind of finding: JOB and three digits. Codes are stable: users
// put them in //jobs:allow lines and editors link them.
type Code string

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
	// Late reports whether the finding is made when files are generated, after the checks.
	Late bool
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
