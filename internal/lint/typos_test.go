package lint

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// TestTyposInRulesAreErrors takes correct rules for the catalog's events, makes one typo at a
// time, and counts how many become errors, and how many errors suggest the correct name. It
// leaves out and counts ambiguous typos, which are known names or equally near to another
// one, and those that are correct in Jets' spelling. CATALOG.md has the figures.
func TestTyposInRulesAreErrors(t *testing.T) {
	for _, kind := range []string{"source", "detail-type", "field", "value", "eventSource", "API name"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(4, 2026))
			var tally typoTally
			for i, r := range typoRules[kind](rng) {
				if testing.Short() && i%10 > 0 {
					continue
				}
				if found := r.check(t, r.word); len(found) > 0 {
					t.Errorf("%s with %q: %s [%s]", r.pattern, r.word, found[0].Message, found[0].Code)
					continue
				}
				for _, typo := range typosOf(rng, r.word) {
					tally.add(t, r, typo)
				}
			}
			t.Log(tally)
			tally.judge(t)
		})
	}
}

// typoRule is a correct rule, and the name in which typos are made.
type typoRule struct {
	pattern string // as JSON, with %s in the place of the name
	word    string
	names   []string // all known names for the place
}

// check returns the errors and warnings of the rule with a name in it.
func (r typoRule) check(t *testing.T, word string) []diag.Diagnostic {
	t.Helper()
	found := checkPattern(t, fmt.Sprintf(r.pattern, model.Quote(word)))
	found.Filter(func(d diag.Diagnostic) bool { return d.Severity != diag.Note })
	return found.Sorted()
}

// typoTally counts typos by their results.
type typoTally struct {
	planted, caught, right int
	known, ambiguous, jets int // left out
}

func (tally *typoTally) add(t *testing.T, r typoRule, typo string) {
	if slices.Contains(r.names, typo) {
		tally.known++
		return
	}
	if m, ok := spell.Find(typo, slices.Values(r.names)); ok && len(m.Ties) > 0 {
		tally.ambiguous++
		return
	}
	found := r.check(t, typo)
	if lowerCamel(typo) == r.word && len(found) == 0 {
		tally.jets++
		return
	}
	tally.planted++
	i := slices.IndexFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
	switch {
	case i < 0:
		t.Logf("missed, but for %d warnings: %q for %q in %s", len(found), typo, r.word, r.pattern)
	case found[i].Suggestion == r.word:
		tally.caught++
		tally.right++
	default:
		tally.caught++
		t.Logf("wrong suggestion: %q for %q in %s: %q", typo, r.word, r.pattern, found[i].Suggestion)
	}
}

func (tally typoTally) String() string {
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	return fmt.Sprintf("%d typos, %d caught (%.1f %%), %d of those with the right name first (%.1f %%); left out: %d known names, %d as near to another, %d in Jets' spelling",
		tally.planted, tally.caught, percent(tally.caught, tally.planted), tally.right, percent(tally.right, tally.caught),
		tally.known, tally.ambiguous, tally.jets)
}

func (tally typoTally) judge(t *testing.T) {
	least := 200
	if testing.Short() {
		least = 50
	}
	if tally.planted < least {
		t.Errorf("%d typos are too few to tell", tally.planted)
	}
	if 100*tally.caught < 95*tally.planted {
		t.Errorf("%d of %d typos are caught; at least 95 %% should be", tally.caught, tally.planted)
	}
	if 100*tally.right < 95*tally.caught {
		t.Errorf("%d of %d caught typos have the right suggestion; at least 95 %% should have", tally.right, tally.caught)
	}
}

// typoRules are the functions that return the rules for each kind of name.
var typoRules = map[string]func(*rand.Rand) []typoRule{
	"source": sourceRules, "detail-type": detailTypeRules, "field": fieldRules, "value": valueRules,
	"eventSource": eventSourceRules, "API name": callRules,
}

func sourceRules(*rand.Rand) []typoRule {
	var all []typoRule
	for _, s := range catalog.Sources() {
		all = append(all, typoRule{`{"source":[%s]}`, s, catalog.Sources()})
	}
	return sample(all)
}

func eventSourceRules(*rand.Rand) []typoRule {
	var all []typoRule
	for _, s := range catalog.EventSources() {
		all = append(all, typoRule{`{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":[%s]}}`, s, catalog.EventSources()})
	}
	return sample(all)
}

func detailTypeRules(*rand.Rand) []typoRule {
	var all []typoRule
	for _, s := range catalog.Sources() {
		for _, d := range catalog.DetailTypes(s) {
			all = append(all, typoRule{`{"source":[` + model.Quote(s) + `],"detail-type":[%s]}`, d, catalog.DetailTypes(s)})
		}
	}
	return sample(all)
}

// sample returns every third rule, which is enough for the percentages.
func sample(all []typoRule) []typoRule {
	var out []typoRule
	for i := 0; i < len(all); i += 3 {
		out = append(out, all[i])
	}
	return out
}

// everyField calls do with each field of each event, and its path in a pattern.
func everyField(do func(e catalog.Event, path []string, parent, f *catalog.Field)) {
	for _, s := range catalog.Sources() {
		for _, d := range catalog.DetailTypes(s) {
			e, ok := catalog.Lookup(s, d)
			if ok && (!e.CloudTrail || s == "aws.ec2") {
				fieldsBelow(e, nil, e.Detail, do)
			}
		}
	}
}

func fieldsBelow(e catalog.Event, path []string, parent *catalog.Field, do func(catalog.Event, []string, *catalog.Field, *catalog.Field)) {
	for _, f := range catalog.Element(parent).Fields {
		do(e, path, catalog.Element(parent), f)
		fieldsBelow(e, append(slices.Clone(path), f.Name), f, do)
	}
}

// patternOf returns a pattern for an event, with the text at a path in the detail.
func patternOf(e catalog.Event, path []string, inside string) string {
	escape := func(s string) string { return strings.ReplaceAll(model.Quote(s), "%", "%%") }
	for _, key := range slices.Backward(append([]string{"detail"}, path...)) {
		inside = escape(key) + `:{` + inside + `}`
	}
	return `{"source":[` + escape(e.Source) + `],"detail-type":[` + escape(e.DetailType) + `],` + inside + `}`
}

func fieldRules(rng *rand.Rand) []typoRule {
	var all []typoRule
	everyField(func(e catalog.Event, path []string, parent, f *catalog.Field) {
		if catalog.Element(f).Kind == catalog.Object || parent.Open || rng.IntN(2) == 0 {
			return
		}
		all = append(all, typoRule{patternOf(e, path, `%s:[{"exists":true}]`), f.Name, parent.Names()})
	})
	return sample(all)
}

func valueRules(*rand.Rand) []typoRule {
	var all []typoRule
	everyField(func(e catalog.Event, path []string, _, f *catalog.Field) {
		values := catalog.Element(f).Values
		for i := 0; i < len(values); i += 2 {
			all = append(all, typoRule{patternOf(e, path, strings.ReplaceAll(model.Quote(f.Name), "%", "%%")+`:[%s]`), values[i], values})
		}
	})
	return all
}

func callRules(rng *rand.Rand) []typoRule {
	var all []typoRule
	for _, s := range catalog.EventSources() {
		calls := catalog.Calls(s)
		for range min(len(calls), 2) {
			name := calls[rng.IntN(len(calls))]
			if class := catalog.ClassOf(s, name); class == catalog.Mutating || class == catalog.Data {
				all = append(all, typoRule{`{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":[` + model.Quote(s) + `],"eventName":[%s]}}`, name, calls})
			}
		}
	}
	return all
}

// typosOf returns a name with one typo of each kind.
func typosOf(rng *rand.Rand, name string) []string {
	w := []rune(name)
	if len(w) < 2 {
		return nil
	}
	i := rng.IntN(len(w) - 1)
	swapped := slices.Clone(w)
	swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
	typos := []string{
		string(slices.Delete(slices.Clone(w), i, i+1)),
		string(slices.Insert(slices.Clone(w), i, w[i])),
		string(swapped),
		swapCase(w, i),
		strings.ReplaceAll(name, "-", "_"),
		strings.ReplaceAll(name, "-", ""),
		strings.ReplaceAll(name, "_", "-"),
		separated.ReplaceAllStringFunc(name, func(s string) string { return strings.ToUpper(s[1:]) }),
		camelHump.ReplaceAllString(name, "${1}-${2}"),
		camelHump.ReplaceAllString(name, "${1}_${2}"),
		strings.ReplaceAll(name, " ", ""),
	}
	slices.Sort(typos)
	return slices.DeleteFunc(slices.Compact(typos), func(t string) bool { return t == name || t == "" })
}

var (
	separated = regexp.MustCompile(`[-_ ][a-z]`)
	camelHump = regexp.MustCompile(`([a-z])([A-Z])`)
)

func swapCase(w []rune, i int) string {
	w = slices.Clone(w)
	if unicode.IsUpper(w[i]) {
		w[i] = unicode.ToLower(w[i])
	} else {
		w[i] = unicode.ToUpper(w[i])
	}
	return string(w)
}
