package pattern_test

import (
	"encoding/hex"
	"encoding/json"
	"math/big"
	"net/netip"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// The reference is the language's meaning written down as plainly as possible,
// with nothing taken from the package: encoding/json reads, a regular expression
// is a wildcard, and every choice of values is tried. It takes valid patterns
// and small events only.

// refObject is a JSON object in order, each key once: the last value counts.
type refObject struct {
	keys   []string
	values []any
}

func refDecode(text string) any {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return refValue(d)
}

func refValue(d *json.Decoder) any {
	token, err := d.Token()
	if err != nil {
		panic(err)
	}
	switch token {
	case json.Delim('{'):
		o := &refObject{}
		for d.More() {
			key, _ := d.Token()
			if i := slices.Index(o.keys, key.(string)); i >= 0 {
				o.keys, o.values = slices.Delete(o.keys, i, i+1), slices.Delete(o.values, i, i+1)
			}
			o.keys = append(o.keys, key.(string))
			o.values = append(o.values, refValue(d))
		}
		_, _ = d.Token()
		return o
	case json.Delim('['):
		list := []any{}
		for d.More() {
			list = append(list, refValue(d))
		}
		_, _ = d.Token()
		return list
	}
	return token
}

// refRule maps names to alternatives.
type refRule map[string][]any

var refOperators = []string{"exactly", "prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists"}

func refRules(rules []refRule, o *refObject, prefix string) []refRule {
	for i, key := range o.keys {
		switch value := o.values[i].(type) {
		case *refObject:
			rules = refRules(rules, value, prefix+key+".")
		case []any:
			if key == "$or" && refIsOr(value) {
				rules = refOr(rules, value, prefix)
				continue
			}
			for _, rule := range rules {
				rule[prefix+key] = value
			}
		}
	}
	return rules
}

func refIsOr(list []any) bool {
	for _, item := range list {
		o, ok := item.(*refObject)
		if !ok || slices.ContainsFunc(o.keys, func(key string) bool { return slices.Contains(refOperators, key) }) {
			return false
		}
	}
	return len(list) >= 2
}

func refOr(rules []refRule, branches []any, prefix string) []refRule {
	var all []refRule
	for _, branch := range branches {
		var copies []refRule
		for _, rule := range rules {
			c := refRule{}
			for name, alternatives := range rule {
				c[name] = alternatives
			}
			copies = append(copies, c)
		}
		all = append(all, refRules(copies, branch.(*refObject), prefix)...)
	}
	return all
}

// refLeaf is a value with its way: "list/element" for each list that it is in.
type refLeaf struct {
	value any
	way   map[int]int
}

type refEvent struct {
	leaves map[string][]refLeaf
	lists  int
}

func (e *refEvent) add(value any, name string, way map[int]int) {
	switch value := value.(type) {
	case *refObject:
		for i, key := range value.keys {
			e.add(value.values[i], name+"."+key, way)
		}
	case []any:
		e.lists++
		list := e.lists
		for i, item := range value {
			deeper := map[int]int{list: i}
			for k, v := range way {
				deeper[k] = v
			}
			e.add(item, name, deeper)
		}
	default:
		e.leaves[name] = append(e.leaves[name], refLeaf{value, way})
	}
}

// refMatch reports whether a valid pattern matches an event.
func refMatch(pattern, event string) bool {
	e := &refEvent{leaves: map[string][]refLeaf{}}
	root := refDecode(event).(*refObject)
	e.add(root, "", nil)
	for _, rule := range refRules([]refRule{{}}, refDecode(pattern).(*refObject), ".") {
		var names []string
		for name := range rule {
			names = append(names, name)
		}
		sort.Slice(names, func(i, j int) bool {
			return slices.Compare(utf16.Encode([]rune(names[i])), utf16.Encode([]rune(names[j]))) < 0
		})
		if e.holds(rule, names, map[int]int{}) {
			return true
		}
	}
	return false
}

// holds tries to find values for the names, in elements of lists that agree with
// the way so far.
func (e *refEvent) holds(rule refRule, names []string, way map[int]int) bool {
	if len(names) == 0 {
		return true
	}
	there := false
	for _, leaf := range e.leaves[names[0]] {
		joined := refJoin(way, leaf.way)
		if joined == nil {
			continue
		}
		there = true
		if refTakes(rule[names[0]], leaf.value) && e.holds(rule, names[1:], joined) {
			return true
		}
	}
	return !there && refTakesAbsence(rule[names[0]]) && e.holds(rule, names[1:], way)
}

func refJoin(a, b map[int]int) map[int]int {
	joined := map[int]int{}
	for list, element := range a {
		joined[list] = element
	}
	for list, element := range b {
		if other, ok := joined[list]; ok && other != element {
			return nil
		}
		joined[list] = element
	}
	return joined
}

func refTakesAbsence(alternatives []any) bool {
	return slices.ContainsFunc(alternatives, func(a any) bool {
		o, ok := a.(*refObject)
		return ok && o.keys[0] == "exists" && o.values[0] == false
	})
}

func refTakes(alternatives []any, value any) bool {
	numbers := false
	for _, a := range alternatives {
		if refAlternative(a, value) {
			return true
		}
		numbers = numbers || refHasNumber(a)
	}
	number, isNumber := value.(json.Number)
	return isNumber && !numbers && slices.ContainsFunc(alternatives, func(a any) bool {
		block, ok := refAddresses(a)
		return ok && refDigits(block, number.String())
	})
}

// refAddresses returns the addresses that an alternative takes: those of cidr, or the one
// that a literal is.
func refAddresses(a any) (netip.Prefix, bool) {
	switch a := a.(type) {
	case *refObject:
		if a.keys[0] == "cidr" {
			return refBlock(a.values[0].(string)), true
		}
	case string:
		ip, ok := refAddress(a)
		return netip.PrefixFrom(ip, ip.BitLen()), ok
	}
	return netip.Prefix{}, false
}

func refHasNumber(a any) bool {
	switch a := a.(type) {
	case json.Number:
		return true
	case []any:
		return slices.ContainsFunc(a, refHasNumber)
	case *refObject:
		return slices.ContainsFunc(a.values, refHasNumber)
	}
	return false
}

func refHex(a netip.Addr) string { return strings.ToUpper(hex.EncodeToString(a.AsSlice())) }

// refDigits reports whether a block takes a text of digits: with any digits that are
// missing, the text is in the block whatever they are.
func refDigits(block netip.Prefix, number string) bool {
	from := refHex(block.Addr())
	last := block.Addr().AsSlice()
	for i := block.Bits(); i < len(last)*8; i++ {
		last[i/8] |= 0x80 >> (i % 8)
	}
	end, _ := netip.AddrFromSlice(last)
	to := refHex(end)
	for n := 1; n <= len(from); n++ {
		if n > len(number) || !strings.ContainsRune("0123456789ABCDEF", rune(number[n-1])) {
			return false
		}
		text := number[:n]
		if text < from[:n] || text > to[:n] {
			return false
		}
		if from[:n] < text && text < to[:n] || n == len(from) {
			return true
		}
	}
	return false
}

func refAlternative(a, value any) bool {
	text, isText := value.(string)
	if block, ok := refAddresses(a); ok {
		ip, isAddress := refAddress(text)
		return isText && isAddress && (block.Contains(ip) || ip.BitLen() != block.Addr().BitLen() && refDigits(block, refHex(ip)))
	}
	o, ok := a.(*refObject)
	if !ok {
		return refEqual(a, value)
	}
	operand := o.values[0]
	switch o.keys[0] {
	case "exists":
		return operand == true
	case "anything-but":
		return !refNegated(operand, value)
	case "numeric":
		return refNumeric(operand.([]any), value)
	}
	return isText && refText(o.keys[0], operand, text)
}

func refNegated(operand, value any) bool {
	switch operand := operand.(type) {
	case []any:
		return slices.ContainsFunc(operand, func(o any) bool { return refEqual(o, value) })
	case *refObject:
		texts, ok := operand.values[0].([]any)
		if !ok {
			texts = operand.values
		}
		text, isText := value.(string)
		return isText && slices.ContainsFunc(texts, func(o any) bool { return refText(operand.keys[0], o, text) })
	}
	return refEqual(operand, value)
}

func refText(operator string, operand any, text string) bool {
	if o, ok := operand.(*refObject); ok {
		return refFold(operator, o.values[0].(string), text)
	}
	want := operand.(string)
	switch operator {
	case "prefix":
		return strings.HasPrefix(text, want)
	case "suffix":
		return strings.HasSuffix(text, want)
	case "equals-ignore-case":
		return refFold("", want, text)
	case "wildcard":
		return refWildcard(want).MatchString(text)
	}
	return text == want
}

func refWildcard(text string) *regexp.Regexp {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '*':
			b.WriteString("(?s:.*)")
			continue
		case text[i] == '\\':
			i++
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		b.WriteString(regexp.QuoteMeta(text[i : i+size]))
		i += size - 1
	}
	return refCompile(`\A` + b.String() + `\z`)
}

func refFold(operator, want, text string) bool {
	var b strings.Builder
	for _, r := range want {
		upper := string(unicode.ToUpper(r))
		lower := string(unicode.ToLower(r))
		switch {
		case r == 'ß':
			upper = "SS"
		case r > 0xFFFF:
			lower, upper = "??", "??"
		}
		b.WriteString("(?:" + regexp.QuoteMeta(lower) + "|" + regexp.QuoteMeta(upper) + ")")
	}
	switch operator {
	case "prefix":
		return refCompile(`\A` + b.String()).MatchString(text)
	case "suffix":
		return refCompile(b.String() + `\z`).MatchString(text)
	}
	return refCompile(`\A` + b.String() + `\z`).MatchString(text)
}

func refEqual(want, value any) bool {
	w, ok := want.(json.Number)
	v, ok2 := value.(json.Number)
	if !ok || !ok2 {
		return want == value
	}
	x, okX := refFloat(w)
	y, okY := refFloat(v)
	return w == v || okX && okY && x == y
}

// refFloat gives a number that is compared by its value.
func refFloat(n json.Number) (float64, bool) {
	x, err := strconv.ParseFloat(n.String(), 64)
	if mantissa, _, _ := strings.Cut(strings.ToLower(n.String()), "e"); strings.Trim(mantissa, "-0.") == "" {
		return 0, true
	}
	if err != nil || x == 0 {
		return 0, false
	}
	exact, _ := new(big.Rat).SetString(n.String())
	shortest, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'e', -1, 64))
	return x, exact.Cmp(shortest) == 0
}

func refNumeric(operand []any, value any) bool {
	number, ok := value.(json.Number)
	if !ok {
		return false
	}
	x, ok := refFloat(number)
	for i := 0; i < len(operand); i += 2 {
		bound, _ := refFloat(operand[i+1].(json.Number))
		switch operand[i] {
		case "=":
			ok = ok && x == bound
		case "<":
			ok = ok && x < bound
		case "<=":
			ok = ok && x <= bound
		case ">":
			ok = ok && x > bound
		case ">=":
			ok = ok && x >= bound
		}
	}
	return ok
}

var (
	refFourParts = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$`)
	refZeros     = regexp.MustCompile(`\b0+([0-9])`)
	refSixParts  = regexp.MustCompile(`^[0-9a-fA-F:]*:[0-9a-fA-F:]*$`)
)

func refAddress(text string) (netip.Addr, bool) {
	switch {
	case refFourParts.MatchString(text) && len(text) <= 15:
		text = refZeros.ReplaceAllString(text, "$1")
	case !refSixParts.MatchString(text):
		return netip.Addr{}, false
	}
	ip, err := netip.ParseAddr(text)
	return ip.Unmap(), err == nil
}

func refBlock(cidr string) netip.Prefix {
	address, mask, _ := strings.Cut(cidr, "/")
	ip, _ := refAddress(address)
	bits, _ := strconv.Atoi(mask)
	return netip.PrefixFrom(ip, bits).Masked()
}

// refCompile compiles an expression once.
func refCompile(expression string) *regexp.Regexp {
	if known, ok := refExpressions.Load(expression); ok {
		return known.(*regexp.Regexp)
	}
	compiled := regexp.MustCompile(expression)
	refExpressions.Store(expression, compiled)
	return compiled
}

var refExpressions sync.Map
