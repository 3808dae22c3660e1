package attach

import (
	"bytes"
	"go/ast"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
)

// nearPrefix records a finding for a comment that has a directive after a wrong prefix
// instead of jobgen's.
func (a *attacher) nearPrefix(f *gosource.File, ac *ast.Comment, d *Declaration) {
	if gosource.IsAdded(a.fset, ac) {
		return
	}
	line, _, _ := bytes.Cut(f.Src[gosource.Offset(f.Src, a.fset, ac.Slash):], []byte("\n"))
	near, ok := directive.ScanNear(strings.TrimSuffix(string(line), "\r"))
	if !ok || near.Prefix == directive.NoPrefix && (d == nil || !near.Spec.On.Has(d.Target)) {
		return
	}
	pos := gosource.Pos(a.fset, ac.Slash)
	pos.Column += near.Offset
	if d, ok := nearFinding(near, pos); ok {
		a.out.Near = append(a.out.Near, d)
	}
}

// nearFinding decides between an error, a warning and no finding. It is an error if
// the directive takes the arguments: prose has others.
func nearFinding(near directive.Near, pos model.Pos) (diag.Diagnostic, bool) {
	name := "//" + directive.Tool + ":" + near.Spec.Name
	sure := near.Exact && takes(near.Spec, near.Args)
	switch {
	case sure && !(near.Prefix == directive.NoPrefix && near.Spaced && near.Spec.IsWord()):
		return diag.New(diag.NearMiss, pos, "this comment is written like a directive, and jobgen doesn't read it: a directive begins with //%s:", directive.Tool).Suggest("", name).Rewrite(near.Offset, near.Written, name), true
	case near.Spaced || near.Prefix != directive.OtherTool && (near.Spec.IsWord() || isCode(near.Args)):
		return diag.Diagnostic{}, false
	}
	return diag.New(diag.PrefixMiss, pos, "jobgen doesn't read this comment: a directive begins with //%s:", directive.Tool).Suggest("", name).Rewrite(near.Offset, near.Written, name), true
}

// isCode reports whether the text after a name makes the name an operand of Go code.
func isCode(args string) bool {
	return args != "" && strings.ContainsRune("=:,.;)+-*/%<>!&|^", rune(args[0]))
}

// takes reports whether a directive takes a text as its arguments.
func takes(spec *directive.Spec, args string) bool {
	switch spec.Args {
	case directive.ArgExpression:
		return takesExpression(spec.Name, args)
	case directive.ArgAllow:
		m := allowArgs.FindStringSubmatch(args)
		if m == nil {
			return false
		}
		_, ok := diag.Lookup(m[1])
		return ok
	case directive.ArgPolicy:
		return takesPolicy(args)
	}
	n, problems := directive.Parse(args, directive.WantMap)
	if len(problems) > 0 || n.Kind != directive.Map || len(n.Pairs) == 0 {
		return false
	}
	if spec.Args == directive.ArgPattern {
		return isPattern(n)
	}
	_, problems = directive.Decode(n, spec.Props, nil)
	return len(problems) == 0
}

func takesExpression(name, args string) bool {
	var problems []schedule.Problem
	switch name {
	case "rate":
		_, problems = schedule.ParseRate(args)
	case "at":
		_, problems = schedule.ParseAt(args)
	default:
		_, problems = schedule.ParseCron(args)
	}
	return len(problems) == 0
}

// takesPolicy reports whether a text is a statement, or a list of actions.
func takesPolicy(args string) bool {
	n, problems := directive.Parse(args, directive.WantListOrMap)
	switch {
	case len(problems) > 0:
		return false
	case n.Kind == directive.Map:
		for _, pair := range n.Pairs {
			if pair.Key.Text == "actions" {
				return true
			}
		}
		return false
	}
	for _, item := range n.Items {
		service, action, ok := strings.Cut(item.Text, ":")
		if !ok || service == "" || action == "" || strings.ContainsAny(item.Text, " \t") {
			return false
		}
	}
	return len(n.Items) > 0
}

// isPattern reports whether a mapping can be an event pattern: its values are
// lists and mappings.
func isPattern(n *directive.Node) bool {
	for _, pair := range n.Pairs {
		if pair.Value.Kind != directive.List && pair.Value.Kind != directive.Map {
			return false
		}
	}
	return true
}
