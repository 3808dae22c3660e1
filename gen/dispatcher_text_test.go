package gen

import (
	"go/ast"
	"go/parser"
	"strconv"
	"testing"
)

// TestGoString checks that any struct tag or input gives valid Go with the same value.
func TestGoString(t *testing.T) {
	texts := []string{"\x00", "json:\"p\" x:\"\x00\"", "\xff", "a\xc3", "\uFEFF", "`", "a\r\nb", "\x7f\x1b", `{"a": "ä"}`, "a\nb", "\u2028\ufffd"}
	for _, s := range append(texts, hostileStrings...) {
		src := goString(s).GoString()
		expr, err := parser.ParseExpr(src)
		if err != nil {
			t.Errorf("%q is written %q, which is no Go: %v", s, src, err)
			continue
		}
		if got, err := strconv.Unquote(expr.(*ast.BasicLit).Value); err != nil || got != s {
			t.Errorf("%q is written %s, which is %q (%v)", s, src, got, err)
		}
	}
}
