package directive

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// Values are the checked properties of a directive.
type Values []Value

// Value is one property. The field for the property's kind is set.
type Value struct {
	Prop      *Prop
	KeyOffset int
	Node      *Node
	Text      model.Text    // PropText, PropEnum, and PropObject if it is the property's Word
	Int       int           // PropInt
	Duration  time.Duration // PropDuration
	Texts     []model.Text  // PropTexts, PropTexts1, PropEnums
	Map       []Entry       // PropTextMap
	Object    Values        // PropObject
	JSON      *model.Value  // PropJSON
	Bool      bool          // PropBool
	Named     []Named       // PropNamed
	When      []Term        // PropWhen
}

// Entry is one entry of a PropTextMap.
type Entry struct {
	Key         string
	KeyOffset   int
	Value       model.Text
	ValueOffset int
}

// Named is one entry of a PropNamed.
type Named struct {
	Name        string
	KeyOffset   int
	Values      Values
	ValueOffset int
}

// Get returns the value of a property, or nil.
func (v Values) Get(name string) *Value {
	i := slices.IndexFunc(v, func(x Value) bool { return x.Prop.Name == name })
	if i < 0 {
		return nil
	}
	return &v[i]
}

// String returns the text of v, which may be nil.
func (v *Value) String() string {
	if v == nil {
		return ""
	}
	s, _ := v.Text.Plain()
	return s
}

// DurationPtr returns the duration of v, or nil if v is nil.
func (v *Value) DurationPtr() *time.Duration {
	if v == nil {
		return nil
	}
	return &v.Duration
}

// IntPtr returns the number of v, or nil if v is nil.
func (v *Value) IntPtr() *int {
	if v == nil {
		return nil
	}
	return &v.Int
}

// BoolPtr returns the boolean of v, or nil if v is nil.
func (v *Value) BoolPtr() *bool {
	if v == nil {
		return nil
	}
	return &v.Bool
}

// Comparable returns a text that is the same for equal values, even if they are
// written differently.
func (v *Value) Comparable() string {
	switch v.Prop.Kind {
	case PropInt:
		return strconv.Itoa(v.Int)
	case PropDuration:
		return v.Duration.String()
	case PropEnums, PropTexts, PropTexts1:
		return fmt.Sprintf("%q", v.Texts)
	case PropObject:
		var parts []string
		for _, inner := range v.Object {
			parts = append(parts, inner.Prop.Name+": "+inner.Comparable())
		}
		slices.Sort(parts)
		return strings.Join(parts, ", ")
	case PropJSON:
		return v.JSON.JSON(model.Text.String)
	case PropBool:
		return strconv.FormatBool(v.Bool)
	}
	return v.Text.String()
}

// decoder checks nodes against a table of properties.
type decoder struct {
	problemList
	refused []Refusal
	known   map[string]string
}

// problemList collects what is wrong with the properties of a directive.
type problemList struct{ problems []Problem }

// Decode checks a directive's properties. It returns the valid values even if there
// are problems, so that later checks can report theirs as well. Known has values of
// parameters, which take the place of references to them. A refused property is reported with
// the reason.
func Decode(n *Node, props []Prop, known map[string]string, refused ...Refusal) (Values, []Problem) {
	d := &decoder{known: known, refused: refused}
	if n.Kind != Map {
		d.report(diag.ArgKind, n.Offset, "properties are written `name: value, …`; this is %s", n.Kind)
		return nil, d.problems
	}
	values := d.object(n, props)
	return values, d.problems
}

func (l *problemList) report(code diag.Code, offset int, format string, args ...any) {
	l.problems = append(l.problems, Problem{Code: code, Offset: offset, Message: fmt.Sprintf(format, args...)})
}

func (d *decoder) object(n *Node, props []Prop) Values {
	var values Values
	for _, pair := range n.Pairs {
		p, inside := findProp(props, pair.Key.Text)
		if p == nil {
			d.unknown(n, pair.Key, props)
			continue
		}
		if before := values.Get(p.Name); before != nil {
			d.problems = append(d.problems, Problem{Code: diag.ArgDuplicate, Offset: pair.Key.Offset,
				Message: fmt.Sprintf("%q sets %s a second time; remove one", pair.Key.Text, p.Name),
				Related: "the first is here", RelatedOffset: before.KeyOffset})
			continue
		}
		n := d.unwrap(p, pair.Value, inside)
		if n == nil {
			continue
		}
		v := Value{Prop: p, KeyOffset: pair.Key.Offset, Node: n}
		if d.value(&v, n) {
			values = append(values, v)
		}
	}
	d.required(n, props)
	return values
}

// required reports missing properties, except one with a misspelled name, which is
// already reported.
func (l *problemList) required(n *Node, props []Prop) {
	for i := range props {
		present := slices.ContainsFunc(n.Pairs, func(pair Pair) bool {
			p, _ := findProp(props, pair.Key.Text)
			return p == &props[i] || p == nil && nearestProp(props, pair.Key.Text) == props[i].Name
		})
		if props[i].Required && !present {
			l.report(diag.PropMissing, n.Offset, "%s is missing: write `%s: %s`", props[i].Name, props[i].Name, props[i].Example)
		}
	}
}

func (d *decoder) unknown(n, key *Node, props []Prop) {
	if r := refusal(d.refused, key.Text); r != nil {
		d.report(diag.PropUnknown, key.Offset, "jobgen has no property %q, because %s", key.Text, r.Why)
		return
	}
	names := propNames(props)
	p := Problem{Code: diag.PropUnknown, Offset: key.Offset, Found: key.Text, Suggestion: nearestProp(props, key.Text),
		Message: fmt.Sprintf("unknown property %q; the %s", key.Text, listed("property is", "properties are", names))}
	text := unquotedBefore(n, key)
	// After unquoted text, a word with another first letter is more likely a part of the text.
	if near := p.Suggestion; text != nil && near != "" && !strings.HasPrefix(strings.ToLower(key.Text), near[:1]) {
		p.Suggestion = ""
	}
	if text != nil && p.Suggestion == "" {
		p.Message += fmt.Sprintf(" (a comma ends an unquoted value; if this is part of the text of %q, quote the whole text)", text.Text)
	}
	d.problems = append(d.problems, p)
}

func propNames(props []Prop) []string {
	names := make([]string, len(props))
	for i := range props {
		names[i] = props[i].Name
	}
	return names
}

func nearestProp(props []Prop, key string) string {
	near, _ := spell.Nearest(key, propNames(props))
	return near
}

// listed returns names after a phrase for one of them, or for several.
func listed(one, several string, names []string) string {
	if len(names) > 1 {
		one = several
	}
	return one + " " + strings.Join(names, ", ")
}

// unquotedBefore returns the key before key if its value is unquoted text, which may
// have been meant to include a comma and key.
func unquotedBefore(n, key *Node) *Node {
	for i, pair := range n.Pairs {
		if pair.Key != key || i == 0 {
			continue
		}
		if before := n.Pairs[i-1]; before.Value.Kind == String && !before.Value.Quoted {
			return before.Key
		}
	}
	return nil
}

// value sets v from n and reports whether n is valid. It keeps the valid entries of a
// map.
func (d *decoder) value(v *Value, n *Node) bool {
	before := len(d.problems)
	switch v.Prop.Kind {
	case PropText:
		v.Text = d.text(v.Prop, n)
	case PropInt:
		v.Int = d.integer(v.Prop, n)
	case PropDuration:
		v.Duration = d.duration(v.Prop, n)
	case PropEnum:
		v.Text = d.enum(v.Prop, n)
	case PropEnums:
		v.Texts = d.list(v.Prop, n, d.enum)
	case PropTexts:
		v.Texts = d.list(v.Prop, n, d.text)
	case PropTexts1:
		v.Texts = d.listOrOne(v.Prop, n)
	case PropTextMap:
		v.Map = d.textMap(v.Prop, n)
		return n.Kind == Map
	case PropObject:
		if v.Prop.Word != "" && n.Kind == String {
			v.Text = d.word(v.Prop, n)
			break
		}
		v.Object = d.properties(v.Prop, n)
	case PropJSON:
		v.JSON = d.json(v.Prop, n)
	case PropBool:
		v.Bool = d.boolean(v.Prop, n)
	case PropWhen:
		v.When = d.when(v.Prop, n)
		return n.Kind == Map
	case PropNamed:
		v.Named = d.named(v.Prop, n)
		return n.Kind == Map
	}
	return len(d.problems) == before
}

// kind reports that a value is of the wrong kind.
func (l *problemList) kind(p *Prop, n *Node, want string) {
	l.report(diag.ArgKind, n.Offset, "%s takes %s; this is %s: write `%s: %s`", p.Name, want, n.Kind, p.Name, p.Example)
}

// notText reports that a value is not text. It suggests quotes only if the property
// accepts the quoted value.
func (l *problemList) notText(p *Prop, n *Node) {
	isWord := n.Kind == Number || n.Kind == Bool || n.Kind == Null
	switch {
	case isWord && (p.Match == "" || matches(p.Match, n.Text)):
		l.report(diag.ArgKind, n.Offset, "%s takes text; this is %s: quote it", p.Name, n.Kind)
	case p.Match != "":
		l.kind(p, n, p.MatchDoc)
	case p.Example == "":
		l.report(diag.ArgKind, n.Offset, "%s takes text; this is %s: write text there", p.Name, n.Kind)
	default:
		l.kind(p, n, "text")
	}
}

func (d *decoder) text(p *Prop, n *Node) model.Text {
	if n.Kind != String {
		d.notText(p, n)
		return nil
	}
	text, problems := p.text(n, d.known)
	d.problems = append(d.problems, problems...)
	if plain, ok := text.Plain(); ok && text != nil {
		d.checkText(p, n, plain)
	}
	return text
}

// text reads a text, which refers to parameters if the property takes them.
func (p *Prop) text(n *Node, known map[string]string) (model.Text, []Problem) {
	if !p.Params {
		return model.Literal(n.Text), nil
	}
	text, problems := ParseText(n)
	return text.With(known), problems
}

func (d *decoder) checkText(p *Prop, n *Node, s string) {
	length := int64(utf8.RuneCountInString(s))
	// The bounds of a list are for the number of its items, not for their length.
	bounded := p.Kind == PropText
	switch {
	case bounded && length < p.Min, s == "" && p.Match != "":
		d.report(diag.PropValue, n.Offset, "%s is empty; write `%s: %s`", p.Name, p.Name, p.Example)
	case bounded && p.Max > 0 && length > p.Max:
		d.report(diag.PropValue, n.Offset, "%s is %d characters long; at most %d are allowed", p.Name, length, p.Max)
	case p.Instead != nil && p.Instead(s) != "":
		d.report(diag.PropValue, n.Offset, "%s can't be %q: %s", p.Name, s, p.Instead(s))
	case p.Match != "" && !matches(p.Match, s):
		d.report(diag.PropValue, n.Offset, "%s can't be %q; it must be %s", p.Name, s, p.MatchDoc)
	}
}

func matches(pattern, s string) bool {
	return regexp.MustCompile(`^(?:` + pattern + `)$`).MatchString(s)
}

func (d *decoder) boolean(p *Prop, n *Node) bool {
	if n.Kind != Bool {
		d.kind(p, n, "true or false")
	}
	return n.Text == "true"
}

func (d *decoder) integer(p *Prop, n *Node) int {
	if n.Kind != Number {
		d.kind(p, n, "a whole number")
		return 0
	}
	i, err := strconv.ParseInt(n.Text, 10, 64)
	switch {
	case err != nil:
		d.report(diag.PropValue, n.Offset, "%s can't be %s; it must be a whole number%s", p.Name, n.Text, p.bounds())
	case len(p.Values) > 0 && !slices.Contains(p.Values, n.Text):
		d.report(diag.PropValue, n.Offset, "%s can't be %s; it must be one of %s", p.Name, n.Text, strings.Join(p.Values, ", "))
	case len(p.Values) == 0 && (i < p.Min || i > p.Max):
		d.report(diag.PropValue, n.Offset, "%s can't be %d; it must be a whole number%s", p.Name, i, p.bounds())
	}
	return int(i)
}

// bounds returns a number's bounds for a message.
func (p *Prop) bounds() string {
	if p.Max >= 1<<31 {
		return fmt.Sprintf(", at least %d", p.Min)
	}
	return strings.TrimRight(fmt.Sprintf(" from %d to %d %s", p.Min, p.Max, p.Unit), " ")
}

func (d *decoder) duration(p *Prop, n *Node) time.Duration {
	var length time.Duration
	switch n.Kind {
	case Number:
		seconds, err := strconv.ParseInt(n.Text, 10, 32)
		if err != nil {
			d.report(diag.PropValue, n.Offset, "%s can't be %s; it must be a whole number of seconds, or a duration such as %s", p.Name, n.Text, p.Example)
			return 0
		}
		length = time.Duration(seconds) * time.Second
	case String:
		var err error
		if length, err = time.ParseDuration(n.Text); err != nil {
			d.report(diag.PropValue, n.Offset, "%s can't be %q; it must be a duration such as %s, or a number of seconds", p.Name, n.Text, p.Example)
			return 0
		}
	default:
		d.kind(p, n, "a duration")
		return 0
	}
	if length%time.Second != 0 || length < time.Duration(p.Min)*time.Second || length > time.Duration(p.Max)*time.Second {
		d.report(diag.PropValue, n.Offset, "%s can't be %s; it must be from %d to %d whole seconds", p.Name, n.Text, p.Min, p.Max)
	}
	return length
}

func (d *decoder) enum(p *Prop, n *Node) model.Text {
	if n.Kind != String {
		d.kind(p, n, "one of "+strings.Join(p.Values, ", "))
		return nil
	}
	text, problems := p.text(n, d.known)
	d.problems = append(d.problems, problems...)
	if plain, ok := text.Plain(); ok && text != nil && !slices.Contains(p.Values, plain) {
		problem := Problem{Code: diag.PropValue, Offset: n.Offset,
			Message: fmt.Sprintf("%s can't be %q; it must be one of %s", p.Name, plain, strings.Join(p.Values, ", "))}
		problem.Found, problem.Suggestion = plain, p.nearestValue(plain)
		d.problems = append(d.problems, problem)
	}
	return text
}

// nearestValue returns the value that text probably means, or "".
func (p *Prop) nearestValue(text string) string {
	nearest := func(text string) (string, bool) { return spell.Nearest(text, p.Values) }
	if p.Nearest != nil {
		nearest = p.Nearest
	}
	near, _ := nearest(text)
	return near
}

func (d *decoder) list(p *Prop, n *Node, item func(*Prop, *Node) model.Text) []model.Text {
	if n.Kind != List {
		d.kind(p, n, "a list")
		return nil
	}
	count := int64(len(n.Items))
	if count == 0 || count < p.Min {
		d.report(diag.PropValue, n.Offset, "%s is an empty list; write `%s: %s`", p.Name, p.Name, p.Example)
	}
	if p.Max > 0 && count > p.Max {
		d.report(diag.PropValue, n.Offset, "%s has %d items; at most %d are allowed", p.Name, count, p.Max)
	}
	var texts []model.Text
	for _, i := range n.Items {
		texts = append(texts, item(p, i))
	}
	d.repeated(p, n, texts)
	return texts
}

// repeated reports duplicate items of a list, and items that AWS doesn't accept
// together.
func (l *problemList) repeated(p *Prop, n *Node, texts []model.Text) {
	first := map[string]*Node{}
	for i, text := range texts {
		item := text.String()
		if text == nil || l.reportRepeated(first, n.Items[i], item, diag.ArgDuplicate, "duplicate item %q in %s; remove one", item, p.Name) || p.Alike == "" {
			continue
		}
		if m := regexp.MustCompile(`^(?:` + p.Alike + `)$`).FindStringSubmatch(item); m != nil {
			l.reportRepeated(first, n.Items[i], m[1], diag.PropConflict, "%s can't have two %s; keep one", p.Name, p.AlikeDoc)
		}
	}
}

// reportRepeated reports n, and returns true, if first already has the key. Otherwise it adds
// the key.
func (l *problemList) reportRepeated(first map[string]*Node, n *Node, key string, code diag.Code, format string, args ...any) bool {
	before, ok := first[key]
	if !ok {
		first[key] = n
		return false
	}
	l.problems = append(l.problems, Problem{Code: code, Offset: n.Offset, Message: fmt.Sprintf(format, args...),
		Related: "the first is here", RelatedOffset: before.Offset})
	return true
}

func (d *decoder) listOrOne(p *Prop, n *Node) []model.Text {
	if n.Kind == List || n.Kind == Map {
		return d.list(p, n, d.text)
	}
	return []model.Text{d.text(p, n)}
}

func (d *decoder) textMap(p *Prop, n *Node) []Entry {
	if n.Kind != Map {
		d.kind(p, n, "a mapping")
		return nil
	}
	if p.Max > 0 && int64(len(n.Pairs)) > p.Max {
		d.report(diag.PropValue, n.Offset, "%s has %d entries; at most %d are allowed", p.Name, len(n.Pairs), p.Max)
	}
	entry := Prop{Kind: PropText, Params: p.Params}
	var entries []Entry
	for _, pair := range n.Pairs {
		entry.Name = p.Name + "." + pair.Key.Text
		if text := d.text(&entry, pair.Value); text != nil {
			entries = append(entries, Entry{pair.Key.Text, pair.Key.Offset, text, pair.Value.Offset})
		}
	}
	return entries
}

// word checks a text in place of a mapping.
func (d *decoder) word(p *Prop, n *Node) model.Text {
	if n.Text != p.Word {
		near, _ := spell.Nearest(n.Text, []string{p.Word})
		d.problems = append(d.problems, Problem{Code: diag.PropValue, Offset: n.Offset, Found: n.Text, Suggestion: near,
			Message: fmt.Sprintf("%s can't be %q; it must be %s such as %s", p.Name, n.Text, p.takes(), p.Example)})
	}
	return model.Literal(n.Text)
}

func (d *decoder) properties(p *Prop, n *Node) Values {
	if n.Kind != Map {
		d.kind(p, n, p.takes())
		return nil
	}
	if len(n.Pairs) == 0 {
		d.report(diag.PropMissing, n.Offset, "%s is empty; write `%s: %s`", p.Name, p.Name, p.Example)
		return nil
	}
	return d.object(n, p.Props)
}

// named reads a mapping whose keys are names that the user chooses.
func (d *decoder) named(p *Prop, n *Node) []Named {
	if n.Kind != Map {
		d.kind(p, n, p.takes())
		return nil
	}
	if len(n.Pairs) == 0 {
		d.report(diag.PropMissing, n.Offset, "%s is empty; write `%s: %s`", p.Name, p.Name, p.Example)
	}
	var all []Named
	for _, pair := range n.Pairs {
		name := pair.Key.Text
		if !matches(p.Match, name) {
			d.report(diag.PropValue, pair.Key.Offset, "%q can't be a name in %s; it must be %s", name, p.Name, p.MatchDoc)
			continue
		}
		entry := Prop{Name: p.Name + "." + name, Kind: PropObject, Props: p.Props, Example: "{" + p.Props[0].Name + ": " + p.Props[0].Example + "}"}
		if values := d.properties(&entry, pair.Value); values != nil {
			all = append(all, Named{name, pair.Key.Offset, values, pair.Value.Offset})
		}
	}
	return all
}

// json converts a node to a JSON value. Strings may contain parameters if the property
// allows them; otherwise they are literal.
func (d *decoder) json(p *Prop, n *Node) *model.Value {
	v := &model.Value{}
	switch n.Kind {
	case Null:
		v.Kind = model.Null
	case Bool:
		v.Kind, v.Bool = model.Bool, n.Text == "true"
	case Number:
		v.Kind, v.Number = model.Number, n.Text
	case String:
		text, problems := p.text(n, d.known)
		d.problems = append(d.problems, problems...)
		v.Kind, v.Text = model.String, text
	case List:
		v.Kind = model.List
		for _, item := range n.Items {
			v.List = append(v.List, d.json(p, item))
		}
	case Map:
		v.Kind = model.Object
		for _, pair := range n.Pairs {
			v.Fields = append(v.Fields, model.ValueField{Key: pair.Key.Text, Value: d.json(p, pair.Value)})
		}
	}
	return v
}
