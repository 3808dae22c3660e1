package pattern_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator makes random patterns and events of few words, so that they often
// meet.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 1))} }

func pick[T any](g generator, from ...T) T { return from[g.IntN(len(from))] }

var genKeys = []string{`a`, `b`, `c`, `a.b`, `b.c`, `a.b.c`, `a-`, `é`, ``, `\u0061`}

func (g generator) key() string {
	if g.IntN(4) > 0 {
		return pick(g, genKeys[:3]...)
	}
	return pick(g, genKeys...)
}

var genTexts = []string{`x`, `xy`, `xyx`, `X`, `y`, ``, `ß`, `SS`, `ſ`, `K`, `x*y`, `back\\slash`, `10.0.0.7`, `\u0078`, `日本`, `2001:db8::1`}

var genNumbers = []string{`0`, `1`, `1.0`, `10`, `1e1`, `-0.5`, `300`, `3.0e2`, `12345678901234567890`, `0.1`, `105`}

func (g generator) text() string   { return `"` + pick(g, genTexts...) + `"` }
func (g generator) number() string { return pick(g, genNumbers...) }

func (g generator) scalar() string {
	switch g.IntN(8) {
	case 0:
		return pick(g, `true`, `false`, `null`)
	case 1, 2:
		return g.number()
	}
	return g.text()
}

// event makes an object, a list or a scalar.
func (g generator) value(depth int) string {
	switch n := g.IntN(10); {
	case depth > 0 && n < 4:
		return g.object(depth - 1)
	case depth > 0 && n < 8:
		return g.list(depth - 1)
	}
	return g.scalar()
}

func (g generator) object(depth int) string {
	var members []string
	for range g.IntN(4) {
		members = append(members, fmt.Sprintf(`"%s":%s`, g.key(), g.value(depth)))
	}
	return `{` + strings.Join(members, pick(g, `,`, ` , `)) + `}`
}

func (g generator) list(depth int) string {
	var items []string
	for range g.IntN(4) {
		items = append(items, g.value(depth))
	}
	return `[` + strings.Join(items, `,`) + `]`
}

// pattern makes an object of fields.
func (g generator) pattern(depth int) string {
	var members []string
	for range 1 + g.IntN(3) {
		members = append(members, g.member(depth))
	}
	if depth > 0 && g.IntN(3) == 0 {
		var branches []string
		for range 2 + g.IntN(2) {
			branches = append(branches, g.pattern(depth-1))
		}
		members = append(members, `"$or":[`+strings.Join(branches, `,`)+`]`)
	}
	g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return `{` + strings.Join(members, `,`) + `}`
}

func (g generator) member(depth int) string {
	if depth > 0 && g.IntN(3) > 0 {
		return fmt.Sprintf(`"%s":%s`, g.key(), g.pattern(depth-1))
	}
	return fmt.Sprintf(`"%s":%s`, g.key(), g.alternatives())
}

func (g generator) alternatives() string {
	var all []string
	for range 1 + g.IntN(3) {
		all = append(all, g.alternative())
	}
	return `[` + strings.Join(all, `,`) + `]`
}

func (g generator) alternative() string {
	word := pick(g, `prefix`, `suffix`, `equals-ignore-case`, `wildcard`)
	switch g.IntN(12) {
	case 0, 1:
		return fmt.Sprintf(`{"exists":%t}`, g.IntN(3) == 0)
	case 2:
		return fmt.Sprintf(`{"%s":%s}`, word, g.operand(word))
	case 3:
		return fmt.Sprintf(`{"anything-but":%s}`, pick(g, g.text(), g.number(), `[`+g.text()+`,`+g.text()+`]`))
	case 4:
		return fmt.Sprintf(`{"anything-but":{"%s":[%s,%s]}}`, word, g.operand(word), g.operand(word))
	case 5:
		return fmt.Sprintf(`{"%s":{"equals-ignore-case":%s}}`, pick(g, `prefix`, `suffix`), g.text())
	case 6:
		return `{"numeric":[` + pick(g, `"=",300`, `"<",10`, `">=",0.1,"<=",10`, `">",1,"<",1e3`) + `]}`
	case 7:
		return `{"cidr":"` + pick(g, `10.0.0.0/8`, `0.0.0.0/0`, `16.0.0.0/8`, `2001:db8::/32`) + `"}`
	}
	return g.scalar()
}

func (g generator) operand(word string) string {
	if word == `wildcard` {
		return pick(g, `"*"`, `"x*"`, `"*y"`, `"x*x"`, `"*y*"`, `"x\\*y"`, `"*b*k*"`, `"日*"`, `"xy"`)
	}
	return g.text()
}
