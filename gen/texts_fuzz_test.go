package gen_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// FuzzTexts puts a text wherever a package has one: descriptions, tags,
// environment variables, conditions, patterns with their keys, inputs, templates.
// It generates every format, and reads each file back with code that knows
// nothing of how package gen writes.
func FuzzTexts(f *testing.F) {
	for i, text := range []string{
		"\x00", "a\x00b", `\ud800`, `\u0000`, "\u2028\u2029", "\u009b31m", "\u202e", "\ufeff", "\ufffd", "\U0010ffff", "\r", "\n", "\n\n\n", " a", "a ", "\ta",
		"{{resolve:ssm:name}}", "${AWS::Region}", "${!Literal}", "$${Stage}", "${file(./x)}", "${sls:stage}", "%{ for x in y }", "%%{", "$%{",
		"# comment", "a: b # c", "<<EOT\nx\nEOT", "`" + `" + "`, `\"`, strings.Repeat("long ", 20), strings.Repeat("\\", 9), "\u007f", "🏳️‍🌈", "e\u0301",
	} {
		if testing.Short() && i%5 > 0 {
			continue
		}
		f.Add(uint64(i), text)
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		// No directive holds text that isn't UTF-8, and facts use marks that no text may have.
		if !utf8.ValidString(text) || strings.ContainsAny(text, "⟦⟧‹›") || len(text) > 100 {
			t.Skip()
		}
		layout := []model.Layout{model.PerMethod, model.PerPackage}[seed%2]
		p := gen.PackageOfTexts(seed, layout, text)
		if hasLongPattern(p) {
			t.Skip() // parse refuses it
		}
		files, err := gen.Generate(p, gen.Options{Formats: gen.Formats()})
		if _, ok := errors.AsType[gen.Problems](err); ok {
			t.Skip() // a format can't say it, which is a finding
		}
		if err != nil {
			t.Fatal(err)
		}
		checkEqual(t, text, p)
		checkGo(t, p, files[0].Data)
	})
}

// hasLongPattern reports whether one of the patterns is longer than EventBridge
// takes.
func hasLongPattern(p *model.Package) bool {
	return slices.ContainsFunc(p.Rules(), func(r *model.Rule) bool {
		return r.Pattern != nil && len(r.Pattern.JSON(model.Text.String)) > pattern.MaxLength
	})
}

// checkGo reads the patterns and constant inputs of the rules from the strings of
// the dispatcher's file.
func checkGo(t *testing.T, p *model.Package, src []byte) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), model.DispatcherFile, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v:\n%s", err, src)
	}
	said := map[string]bool{}
	for _, s := range stringsIn(file) {
		if json.Valid([]byte(s)) {
			said[canonicalJSON(t, s)] = true
		}
	}
	for _, r := range p.Rules() {
		if r.Pattern != nil && len(r.Pattern.Params()) == 0 {
			saysJSON(t, said, r.ID+"'s pattern", r.Pattern)
		}
		if r.Input != nil && r.Input.JSON != nil {
			saysJSON(t, said, r.ID+"'s input", r.Input.JSON)
		}
	}
}

func saysJSON(t *testing.T, said map[string]bool, what string, v *model.Value) {
	t.Helper()
	text := v.JSON(func(t model.Text) string { s, _ := t.Plain(); return s })
	if !said[canonicalJSON(t, text)] {
		t.Errorf("jobs_gen.go doesn't have %s: %s", what, text)
	}
}

// stringsIn returns the values of the string literals of a file, and of the sums
// of such.
func stringsIn(file *ast.File) []string {
	var values []string
	ast.Inspect(file, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if v := stringValue(e); v.Kind() == constant.String {
				values = append(values, constant.StringVal(v))
				return false
			}
		}
		return true
	})
	return values
}

func stringValue(e ast.Expr) constant.Value {
	switch e := e.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(e.Value, e.Kind, 0)
	case *ast.ParenExpr:
		return stringValue(e.X)
	case *ast.BinaryExpr:
		x, y := stringValue(e.X), stringValue(e.Y)
		if e.Op == token.ADD && x.Kind() == constant.String && y.Kind() == constant.String {
			return constant.BinaryOp(x, token.ADD, y)
		}
	}
	return constant.MakeUnknown()
}
