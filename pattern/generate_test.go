package pattern_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/pattern"
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

// near makes an event out of one that a pattern matches: values go into lists
// with others, objects too, some change.
func (g generator) near(value any) string {
	switch value := value.(type) {
	case *refObject:
		var members []string
		for i, key := range value.keys {
			members = append(members, fmt.Sprintf(`%q:%s`, key, g.near(value.values[i])))
		}
		if g.IntN(6) == 0 {
			members = append(members, fmt.Sprintf(`"%s":%s`, g.key(), g.value(2)))
		}
		object := `{` + strings.Join(members, `,`) + `}`
		return g.among(object, 2)
	case string:
		return g.among(fmt.Sprintf(`%q`, value), 0)
	case nil:
		return g.among(`null`, 0)
	}
	return g.among(fmt.Sprint(value), 0)
}

// among gives a value alone or in a list.
func (g generator) among(value string, depth int) string {
	switch g.IntN(8) {
	case 0:
		return g.value(depth)
	case 1, 2:
		items := []string{value, g.value(depth), g.value(depth)}
		g.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		return `[` + strings.Join(items, `,`) + `]`
	}
	return value
}

// flat makes an event without lists.
func (g generator) flat(patterns []*pattern.Pattern) string {
	values := map[string]string{}
	for _, p := range patterns {
		if g.IntN(2) == 0 {
			continue
		}
		for f := range p.Fields() {
			if operand := f.Alternatives[g.IntN(len(f.Alternatives))].Operands[0]; operand.Type == pattern.String {
				values[f.Name()] = fmt.Sprintf(`%q`, operand.Text+pick(g, "", "", "x"))
			}
		}
	}
	for _, name := range []string{"a", "b", "c", "a.b", "b.c"} {
		if g.IntN(2) == 0 {
			values[name] = g.scalar()
		}
	}
	var members []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		members = append(members, fmt.Sprintf(`%q:%s`, name, values[name]))
	}
	return `{` + strings.Join(members, `,`) + `}`
}
