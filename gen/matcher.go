package gen

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/jobgen/jobgen/internal/compile"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/internal/model"
)

// matcherTable compiles the rules' patterns. All that is known of them now is laid
// down in the generated file, so that a program that starts has nothing to
// compile.
func matcherTable(p *model.Package) (*match.Table, error) {
	var rules []compile.Rule
	for _, r := range p.Rules() {
		text, params := ruleText(r)
		rules = append(rules, compile.Rule{ID: r.ID, Pattern: text, Params: params})
	}
	return compile.Table(rules)
}

// ruleText gives a rule's pattern as JSON and the parameters that strings in it
// refer to, as ${Name}. Without parameters ${ is no more than it is.
func ruleText(r *model.Rule) (text string, params []string) {
	matcher := r.Matcher()
	if params = matcher.Params(); len(params) == 0 {
		return matcher.JSON(plain), nil
	}
	return matcher.JSON(model.Text.String), params
}

// matcher declares what the patterns come to.
func (d *dispatcher) matcher(t *match.Table) {
	d.file.Comment("What the patterns come to, for jobs.Matcher: data that nothing is compiled from.")
	d.file.Var().Id("jobsMatcher").Op("=").Qual(model.RuntimePath, "Matcher").CustomFunc(lines, func(g *jen.Group) {
		g.Id("Text").Op(":").Add(textLines(t.Text))
		g.Id("Nodes").Op(":").Index().Qual(model.RuntimePath, "MatcherNode").CustomFunc(lines, func(g *jen.Group) {
			for _, n := range t.Nodes {
				g.ValuesFunc(func(g *jen.Group) {
					for _, word := range n {
						g.Lit(int(word))
					}
				})
			}
		})
		g.Id("Words").Op(":").Index().Uint32().Add(numbers(t.Words, "%d"))
		g.Id("Slots").Op(":").Index().Uint64().Add(numbers(t.Slots, "%#x"))
		if len(t.Params) > 0 {
			g.Id("Params").Op(":").Index().Qual(model.RuntimePath, "MatcherParam").CustomFunc(lines, func(g *jen.Group) {
				for _, p := range t.Params {
					g.Values(jen.Id("Text").Op(":").Lit(p.Text), jen.Id("Kind").Op(":").Lit(int(p.Kind)), jen.Id("Rule").Op(":").Lit(p.Rule))
				}
			})
		}
		if t.Rare != nil {
			g.Id("Rare").Op(":").Qual(model.RuntimePath, "RareOperators").Values()
		}
		if t.Numbers != nil {
			g.Id("Numbers").Op(":").Qual(model.RuntimePath, "Numbers").Values()
		}
		if t.Lists != nil {
			g.Id("Lists").Op(":").Qual(model.RuntimePath, "Lists").Values()
		}
		if t.Parts != nil {
			g.Id("Parts").Op(":").Qual(model.RuntimePath, "Parts").Values()
		}
	})
	d.file.Line()
}

// lineWidth is about how wide lines of data are.
const lineWidth = 110

// textLines writes a long text as several, each on a line of its own.
func textLines(text string) *jen.Statement {
	s := jen.Null()
	for len(text) > lineWidth {
		end := lineWidth
		for end > lineWidth/2 && text[end]&0xc0 == 0x80 { // not within a character
			end--
		}
		s.Lit(text[:end]).Op("+").Line()
		text = text[end:]
	}
	return s.Lit(text)
}

// numbers writes many numbers, as many on a line as fit.
func numbers[N uint32 | uint64](all []N, format string) *jen.Statement {
	var b strings.Builder
	b.WriteString("{")
	width := lineWidth
	for _, n := range all {
		text := fmt.Sprintf(format, n) + ","
		if width+1+len(text) > lineWidth {
			b.WriteString("\n")
			width = 0
		} else {
			b.WriteString(" ")
		}
		b.WriteString(text)
		width += 1 + len(text)
	}
	b.WriteString("\n}")
	return jen.Op(b.String())
}
