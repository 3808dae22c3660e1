package catalog

import (
	"fmt"
	"go/format"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GoType returns Go source that declares a type of that name for the event's detail, with
// the types of nested objects after it. Every field may be absent, so each is omitted where
// it is empty. Where it isn't sure what a field holds, the field is a json.RawMessage, for
// which the file must import encoding/json. It reports false for a name that isn't a Go
// identifier.
func (e Event) GoType(name string) (string, bool) {
	if !token.IsIdentifier(name) {
		return "", false
	}
	g := &typeWriter{taken: map[string]bool{name: true}}
	g.declare(name, fmt.Sprintf("is the detail of %s's event %q.", e.Source, e.DetailType), e.Detail)
	src, err := format.Source([]byte(g.String()))
	if err != nil {
		panic(fmt.Sprintf("catalog: the Go type of %s %q doesn't parse: %v", e.Source, e.DetailType, err))
	}
	return string(src), true
}

// typeWriter writes type declarations. It writes those of nested objects after the
// type that contains them.
type typeWriter struct {
	strings.Builder
	taken   map[string]bool
	pending []pendingType
}

type pendingType struct {
	name, doc string
	object    *Field
}

func (g *typeWriter) declare(name, doc string, object *Field) {
	fmt.Fprintf(g, "// %s %s\n", name, doc)
	if len(object.Fields) == 0 {
		fmt.Fprintf(g, "// Its fields aren't known.\ntype %s = json.RawMessage\n", name)
	} else {
		g.structType(name, object)
	}
	for len(g.pending) > 0 {
		next := g.pending[0]
		g.pending = g.pending[1:]
		fmt.Fprintf(g, "\n// %s %s\n", next.name, next.doc)
		g.structType(next.name, next.object)
	}
}

func (g *typeWriter) structType(name string, object *Field) {
	fmt.Fprintf(g, "type %s struct {\n", name)
	names := make(map[string]bool)
	for _, f := range object.Fields {
		if !canTag(f.Name) {
			fmt.Fprintf(g, "// encoding/json can't decode the field %q by a tag.\n\n", f.Name)
			continue
		}
		goName := unusedName(names, GoName(f.Name))
		if values := Element(f).Values; len(values) > 0 {
			fmt.Fprintf(g, "// %s is %s.\n", goName, oneOf(values, Element(f).Likely))
		}
		at := place{name, goName, fmt.Sprintf("%s's field %s", name, f.Name)}
		fmt.Fprintf(g, "%s %s %s\n", goName, g.typeOf(at, f), tag(f))
	}
	g.WriteString("}\n")
}

// unusedName gives a name that isn't in used yet, and puts it there: two JSON
// names may make the same Go name.
func unusedName(used map[string]bool, name string) string {
	for n, base := 2, name; used[name]; n++ {
		name = base + strconv.Itoa(n)
	}
	used[name] = true
	return name
}

// oneOf lists values for a comment. There may be others.
func oneOf(values []string, others bool) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	if others {
		quoted = append(quoted, "another value")
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " or " + quoted[len(quoted)-1]
}

// place is the place of a type: its field, the type of that, and the words for it in
// comments.
type place struct{ parent, field, words string }

func (g *typeWriter) typeOf(at place, f *Field) string {
	switch f.Kind {
	case String:
		return "string"
	case Number:
		if f.Whole {
			return "int64"
		}
		return "float64"
	case Boolean:
		return "bool"
	case Array:
		if f.Elem != nil {
			return "[]" + g.typeOf(place{at.parent, singular(at.field), "an element of " + at.words}, f.Elem)
		}
	case Object:
		return g.objectType(at, f)
	}
	return "json.RawMessage"
}

func (g *typeWriter) objectType(at place, f *Field) string {
	if f.Elem != nil {
		return "map[string]" + g.typeOf(place{at.parent, at.field, "a value of " + at.words}, f.Elem)
	}
	if len(f.Fields) == 0 {
		return "json.RawMessage"
	}
	name := unusedName(g.taken, at.parent+at.field)
	g.pending = append(g.pending, pendingType{name, "is " + at.words + ".", f})
	return name
}

// singular returns the name of an element for the name of its list.
func singular(name string) string {
	switch {
	case strings.HasSuffix(name, "ies") && len(name) > 4:
		return strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ss") && !strings.HasSuffix(name, "us") && len(name) > 2:
		return strings.TrimSuffix(name, "s")
	}
	return name + "Item"
}

// tag gives the json tag of a field. Structs and numbers that are zero are not
// the same as absent ones, but a type for reading events needs no more.
func tag(f *Field) string {
	option := ",omitempty"
	if f.Kind == Object && f.Elem == nil && len(f.Fields) > 0 {
		option = ",omitzero"
	}
	return "`json:" + strconv.Quote(f.Name+option) + "`"
}

// canTag reports whether a json tag can have a field's name: it has letters, digits, spaces and
// the marks that encoding/json takes, and no backquote, which would end the tag.
func canTag(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// GoName makes an exported Go name of a JSON field's: "instance-id" becomes
// InstanceID, "eventSourceArn" EventSourceARN.
func GoName(field string) string {
	var b strings.Builder
	for _, w := range words(field) {
		b.WriteString(goWord(w))
	}
	name := b.String()
	if first, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(first) {
		return "Field" + name
	}
	return name
}

// goWord writes one word of a name as Go does: Time, ID, IDs, IPv6.
func goWord(w string) string {
	upper := strings.ToUpper(w)
	if slices.Contains(initialisms, upper) {
		return upper
	}
	if one, ok := strings.CutSuffix(upper, "S"); ok && slices.Contains(initialisms, one) {
		return one + "s"
	}
	if upper == "IPV4" || upper == "IPV6" {
		return "IPv" + upper[3:]
	}
	first, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(first)) + strings.ToLower(w[size:])
}

// words cuts a field's name at its separators and where upper case begins:
// "awsAccountID", "CPUUtilization" and "user-agent" have three, two and two.
func words(name string) []string {
	runes := []rune(name)
	var all []string
	start := 0
	flush := func(end int) {
		if end > start {
			all = append(all, string(runes[start:end]))
		}
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush(i)
			start = i + 1
		case i > start && unicode.IsUpper(r) && startsWord(runes, i):
			flush(i)
			start = i
		}
	}
	flush(len(runes))
	return all
}

// startsWord reports whether the upper case letter at i begins a word: it
// follows a small letter or a digit, or ends a run of capitals.
func startsWord(runes []rune, i int) bool {
	if !unicode.IsUpper(runes[i-1]) {
		return true
	}
	return i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !pluralS(runes, i+1)
}

// pluralS reports whether a letter is the plural s of a word such as "ARNs" or "IDs",
// and not the beginning of a word.
func pluralS(runes []rune, i int) bool {
	return runes[i] == 's' && (i+1 == len(runes) || !unicode.IsLower(runes[i+1]))
}

// initialisms are written in capitals, as Go's own names are.
var initialisms = []string{
	"ACL", "ACM", "AMI", "API", "ARN", "ASG", "AWS", "AZ", "CA", "CIDR", "CPU", "DB", "DNS", "EBS", "EC2", "ECR", "ECS",
	"EFS", "EKS", "ELB", "EMR", "ENI", "FPGA", "GPU", "HTTP", "HTTPS", "IAM", "ID", "IP", "JSON", "KMS", "MFA", "OS",
	"RDS", "S3", "SDK", "SNS", "SQL", "SQS", "SSH", "SSL", "SSM", "STS", "TCP", "TLS", "TTL", "UDP", "UID", "UI", "URI",
	"URL", "USB", "UTC", "UUID", "VM", "VPC", "VPN", "XML",
}
