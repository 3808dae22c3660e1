package match_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

// text makes an alternative of an operator on a string.
func text(operator match.Operator, fold bool, s string) match.Alternative {
	return match.Alternative{Operator: operator, Fold: fold, Operands: []match.Operand{{Kind: '"', Text: s}}}
}

// words are made of few letters, so that many begin or end alike, and of every
// length around those that hashing and comparing take at once.
func word(r *rand.Rand) string {
	letters := []string{"a", "b", "A", "B", "é", "K", "@", "`", "arn:aws:iam::123456789012:role/"}
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(letters[r.IntN(len(letters))])
	}
	return b.String()
}

func alternative(r *rand.Rand) match.Alternative {
	operators := []match.Operator{match.Equals, match.Prefix, match.Suffix}
	switch r.IntN(8) {
	case 0:
		s, _ := match.WildcardOperand(strings.ReplaceAll(word(r)+"*"+word(r)+"a*"+word(r), "**", "*"))
		return text(match.Wildcard, false, s)
	case 1:
		n := float64(r.IntN(20))
		return match.Alternative{Operator: match.Numeric, Operands: []match.Operand{{Kind: '0'}}, Range: match.Range{From: n, To: n + float64(r.IntN(3)), FromOpen: r.IntN(2) == 0}}
	case 2:
		return match.Alternative{Operands: []match.Operand{{Kind: '0', Text: []string{"1", "2.0", "12345678901234567890", "3e0"}[r.IntN(4)]}}}
	case 3:
		return match.Alternative{Operands: []match.Operand{{Kind: []byte("ntf")[r.IntN(3)]}}}
	case 4:
		block, _ := match.ParseBlock(fmt.Sprintf("10.%d.0.0/%d", r.IntN(3), 8+r.IntN(9)))
		return match.Alternative{Operator: match.CIDR, Operands: []match.Operand{{Kind: '"'}}, Block: block}
	}
	a := text(operators[r.IntN(3)], r.IntN(2) == 0, word(r))
	a.Not = r.IntN(10) == 0
	return a
}

func value(r *rand.Rand) string {
	switch r.IntN(5) {
	case 0:
		return []string{"1", "2", "3.0", "12345678901234567890", "10", "null", "true", "false", "-1"}[r.IntN(9)]
	case 1:
		return fmt.Sprintf(`"10.%d.1.%d"`, r.IntN(3), r.IntN(9))
	}
	quoted, _ := json.Marshal(word(r))
	return string(quoted)
}

// TestIndexNamesEveryRuleThatMatches holds a table of many rules of one field
// against each rule's own test: its index must name them all.
func TestIndexNamesEveryRuleThatMatches(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := match.NewBuilder()
		rules := 1 + r.IntN(200)
		for i := range rules {
			field := match.Field{Path: []string{"a"}}
			for range 1 + r.IntN(2) {
				field.Alternatives = append(field.Alternatives, alternative(r))
			}
			b.Rule(i, []match.Field{field})
		}
		table := b.Table()
		var tape jsonscan.Tape
		var m match.Matcher
		for range 200 {
			json := value(r)
			tape.Read([]byte(`{"a":` + json + `}`))
			got, err := m.Match(table, nil, &tape, jsonscan.Root, nil)
			if err != nil {
				t.Fatal(err)
			}
			at := jsonscan.First(jsonscan.Root) + 1
			v := match.Value{Kind: json[0], Text: tape.Raw(at)}
			if v.Kind == '"' {
				v.Text = tape.Content(at)
			}
			var want []int
			for i := range rules {
				if match.Takes(table, i, &v) >= 0 {
					want = append(want, i)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d, %s: got %v, want %v", seed, json, got, want)
			}
		}
	}
}

// TestKeysAndNamesOfAnyLength: keys and names are found, and no others.
func TestKeysAndNamesOfAnyLength(t *testing.T) {
	var keys []string
	long := "arn:aws:iam::123456789012:role/service-role/x"
	for n := range len(long) {
		keys = append(keys, long[:n], long[:n]+"1", long[:n]+"2")
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	b := match.NewBuilder()
	for i, key := range keys {
		b.Rule(i, []match.Field{{Path: []string{key}, Alternatives: []match.Alternative{text(match.Equals, false, "x")}}})
	}
	table := match.Named(b.Table(), keys)
	var tape jsonscan.Tape
	var m match.Matcher
	name := func(i int) string { return keys[i] }
	for i, key := range keys {
		for _, more := range []string{"", `,"another":"value that is long enough"`} {
			tape.Read([]byte(`{"` + key + `":"x"` + more + `}`))
			if got, err := m.Match(table, nil, &tape, jsonscan.Root, nil); err != nil || !slices.Equal(got, []int{i}) {
				t.Errorf("key %q: got %v, %v", key, got, err)
			}
		}
		tape.Read([]byte(`{"` + key + `?":"x"}`))
		if got, _ := m.Match(table, nil, &tape, jsonscan.Root, nil); len(got) != 0 {
			t.Errorf("key %q?: got %v", key, got)
		}
		if got := table.Find([]byte(key), name); got != i {
			t.Errorf("name %q: got %d, want %d", key, got, i)
		}
		if got := table.Find([]byte(key+"?"), name); got != -1 {
			t.Errorf("name %q?: got %d", key, got)
		}
	}
	if got := b.Table().Find([]byte("x"), name); got != -1 {
		t.Errorf("a table without names has one: %d", got)
	}
}

// TestNothingIsKept: a matcher serves tables of any size by turns, and what an
// event leaves doesn't show in the next.
func TestNothingIsKept(t *testing.T) {
	tables := make([]*match.Table, 3)
	for i := range tables {
		b := match.NewBuilder()
		for j := range 1 + 100*i {
			b.Rule(j, []match.Field{
				{Path: []string{"a", fmt.Sprint(j)}, Alternatives: []match.Alternative{text(match.Equals, false, "x")}},
				{Path: []string{"b"}, Alternatives: []match.Alternative{{Operator: match.Exists, Operands: []match.Operand{{Kind: 'f'}}}}},
			})
		}
		tables[i] = b.Table()
	}
	var tape jsonscan.Tape
	var m match.Matcher
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		i, j, b := r.IntN(3), r.IntN(3), r.IntN(3) == 0
		event := fmt.Sprintf(`{"a":{"%d":"x"}`, j)
		var want []int
		if j < 1+100*i {
			want = []int{j}
		}
		if b {
			event, want = event+`,"b":1`, nil
		}
		tape.Read([]byte(event + "}"))
		if got, err := m.Match(tables[i], nil, &tape, jsonscan.Root, nil); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%s}: got %v, %v, want %v", event, got, err, want)
		}
	}
}
