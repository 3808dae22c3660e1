package pattern

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/match"
)

// Parse parses an event pattern and checks it against EventBridge's grammar and limits.
// The error is of type Problems and lists all problems, sorted by offset. If there are
// problems, Parse also returns the part of the pattern that it could read, for tools that
// examine its fields; that pattern matches no event. If the JSON syntax is invalid, Parse
// reports only that and returns no pattern.
func Parse(src []byte) (*Pattern, error) { return parse(src, nil) }

// ParseWithParams parses a pattern whose strings may refer to the parameters with the
// given names. ${Name} refers to a parameter, whose value is not known yet, and $${ is a
// literal ${. A string with parameters is not checked. If such a pattern is matched, a
// reference matches its own text. Package jobs replaces references with values.
func ParseWithParams(src []byte, params []string) (*Pattern, error) {
	if len(params) == 0 {
		params = nil
	}
	return parse(src, params)
}

func parse(src []byte, params []string) (*Pattern, error) {
	c := &checker{valueChecker: valueChecker{findings: &findings{src: src}, params: params}}
	c.checkLength()
	root, fault := readJSON(src)
	if fault != nil {
		c.report(*fault)
		return nil, c.err()
	}
	p := &Pattern{source: string(src), root: root, top: &Object{Offset: root.start}}
	c.checkRoot(p.top, root)
	p.fields = c.fields
	if len(c.problems) == 0 {
		for _, f := range p.fields {
			f.compile()
			f.extent = newExtent(f.Alternatives)
		}
		p.rules = combine(p.top, c.findings)
	}
	c.warnings.sort()
	p.warnings = c.warnings
	return p, c.err()
}

// checker walks a pattern's JSON, and collects fields, problems and warnings.
type checker struct {
	valueChecker
	fields []*Field

	path     []string
	branches []Branch
	// ignored is the number of keys on the path that a later key replaces. Fields below
	// them are checked, but don't belong to the pattern.
	ignored int
}

// checkLength checks the number of characters (code points), including white space.
func (c *checker) checkLength() {
	length := utf8.RuneCount(c.src)
	if length <= DefaultLength {
		return
	}
	p := Problem{Kind: TooLong, End: len(c.src)}
	if length > MaxLength {
		p.Message = fmt.Sprintf("the pattern has %d characters; EventBridge takes %d", length, MaxLength)
		p.Remedy = "shorten it, or make two rules of it"
		c.report(p)
		return
	}
	p.Message = fmt.Sprintf("the pattern has %d characters; an account may use %d unless its quota was raised", length, DefaultLength)
	p.Remedy = "ask for more under Service Quotas (L-664C5505), or shorten it"
	c.warn(p)
}

func (c *checker) checkRoot(top *Object, root *node) {
	if root.kind != kindObject {
		c.fault(NotObject, root, fmt.Sprintf("a pattern is a JSON object, not %s", describeNode(root)),
			`name a field and its values: {"source": ["aws.ec2"]}`)
		return
	}
	c.object(top, root)
	if n := combinations(top); n > MaxCombinations {
		or := firstOr(top)
		c.report(Problem{
			Kind: TooManyCombinations, Offset: or.Offset, End: or.End, Found: `"$or"`,
			Message: fmt.Sprintf("$or multiplies out to %s combinations; EventBridge takes %d", count(n), MaxCombinations),
			Remedy:  "use fewer branches, or make several rules of them",
		})
	}
}

// count formats a number of combinations, which is at most manyCombinations.
func count(n int) string {
	if n >= manyCombinations {
		return fmt.Sprintf("%d or more", manyCombinations)
	}
	return fmt.Sprint(n)
}

// object checks an object with fields.
func (c *checker) object(to *Object, n *node) {
	if len(n.members) == 0 {
		c.fault(EmptyObject, n, "an object without fields matches nothing", "name a field in it, or remove it")
	}
	for i := range n.members {
		m := &n.members[i]
		if m.replaced {
			c.duplicate(n, i)
			c.ignored++
		}
		member := &Member{Key: m.key, Offset: m.start, End: m.end, ValueOffset: m.value.start, replaced: m.replaced}
		to.Members = append(to.Members, member)
		if isOr(m) {
			c.or(member, m)
		} else {
			c.field(member, m)
		}
		if m.replaced {
			c.ignored--
		}
	}
}

func (c *checker) duplicate(n *node, i int) {
	m := &n.members[i]
	later := i + 1 + slices.IndexFunc(n.members[i+1:], func(o member) bool { return o.key == m.key })
	again := &n.members[later]
	c.warnings = append(c.warnings, Problem{
		Kind: DuplicateKey, Offset: again.start, End: again.end, Related: m.start, Found: excerpt(c.src[again.start:again.end]),
		Message: fmt.Sprintf("key %s occurs twice: only its last value counts", shown(m.key)),
		Remedy:  "join the values in one list, or remove one",
	})
}

// field checks a member that is not $or: an object with fields, or a field with its list
// of alternatives.
func (c *checker) field(to *Member, m *member) {
	c.path = append(c.path, m.key)
	switch m.value.kind {
	case kindObject:
		to.Object = &Object{Offset: m.value.start}
		c.object(to.Object, m.value)
	case kindList:
		c.list(to, m)
	default:
		c.fault(NotList, m.value, fmt.Sprintf("%s is %s, not a list", shown(m.key), describeNode(m.value)),
			fmt.Sprintf("write the values in a list: [%s]", c.excerpt(m.value)))
	}
	if m.key == orKey && m.value.kind == kindObject {
		c.warnOrField(m)
	}
	c.path = c.path[:len(c.path)-1]
}

func (c *checker) list(to *Member, m *member) {
	to.Field = &Field{Path: slices.Clone(c.path), name: strings.Join(c.path, "."), Offset: m.start, End: m.end, Branches: slices.Clone(c.branches)}
	if len(m.value.items) == 0 {
		c.fault(EmptyList, m.value, fmt.Sprintf("%s has an empty list, which matches nothing", shown(m.key)),
			`name a value; to match an empty string write [""], any value [{"exists": true}]`)
		return
	}
	if m.key == orKey {
		if c.brokenOr(to, m.value) {
			return
		}
		c.warnOrField(m)
	} else if c.reportConnective(m) {
		to.Field = nil
		return
	}
	before := len(c.problems)
	to.Field.Alternatives = make([]Alternative, 0, len(m.value.items))
	for _, item := range m.value.items {
		to.Field.Alternatives = append(to.Field.Alternatives, c.checked(item))
	}
	if len(c.problems) == before && c.ignored == 0 {
		c.lint(to.Field.Alternatives)
		c.warnComplexity(to.Field)
	}
	if c.ignored == 0 {
		c.fields = append(c.fields, to.Field)
	}
}

// checked reads an alternative. If it has problems, only its position is set.
func (c *checker) checked(item *node) Alternative {
	before := len(c.problems)
	a := c.alternative(item)
	if len(c.problems) > before {
		return Alternative{Offset: a.Offset, End: a.End, OperatorOffset: a.OperatorOffset, Invalid: true}
	}
	return a
}

func (c *checker) or(to *Member, m *member) {
	for i, branch := range m.value.items {
		c.branches = append(c.branches, Branch{Offset: m.start, Index: i})
		to.Branches = append(to.Branches, &Object{Offset: branch.start})
		c.object(to.Branches[i], branch)
		c.branches = c.branches[:len(c.branches)-1]
	}
}

// brokenOr reports a list under $or that EventBridge reads as the alternatives of a field,
// although it has an object with fields.
func (c *checker) brokenOr(to *Member, list *node) bool {
	if !slices.ContainsFunc(list.items, func(n *node) bool { return n.kind == kindObject && !hasOperatorKey(n) }) {
		return false
	}
	message, remedy := "$or has one branch; it takes two or more", "add a branch, or move the branch's fields out of $or"
	if len(list.items) > 1 {
		message = "$or mixes branches with values or operators; EventBridge reads it as a field of that name"
		remedy = "let every branch be an object of fields, none of them named as an operator"
	}
	c.fault(UnknownOperator, list, message, remedy)
	to.Field = nil
	c.brokenBranches(to, list)
	return true
}

// brokenBranches reads the objects in a list under $or that is not the operator $or. It
// reports no problems in them.
func (c *checker) brokenBranches(to *Member, list *node) {
	problems, warnings := len(c.problems), len(c.warnings)
	c.ignored++
	for _, item := range list.items {
		if item.kind == kindObject {
			branch := &Object{Offset: item.start}
			c.object(branch, item)
			to.Branches = append(to.Branches, branch)
		}
	}
	c.ignored--
	c.problems, c.warnings = c.problems[:problems], c.warnings[:warnings]
}

func (c *checker) warnOrField(m *member) {
	c.warn(Problem{
		Kind: OrIsField, Offset: m.start, End: m.end, Found: `"$or"`,
		Message: "$or is an ordinary field here, which AWS's own validator refuses",
		Remedy:  "as an operator it takes a list of two or more objects of fields, none of them named as an operator",
	})
}

func describeNode(n *node) string { return kindWords[n.kind] }

var kindWords = [...]string{
	kindNull: "null", kindTrue: "a boolean", kindFalse: "a boolean", kindNumber: "a number",
	kindString: "a string", kindList: "a list", kindObject: "an object",
}

// refers reports whether a text refers to one of the parameters.
func refers(text string, params []string) bool {
	found := false
	match.Expand(text, params, func(string) string {
		found = true
		return ""
	})
	return found
}
