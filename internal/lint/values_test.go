package lint

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// TestClosedSetsAreJudgedAsPatternsMatch checks that an alternative for a field with a closed
// set of values is reported if, and only if, a pattern with it matches none of the values.
func TestClosedSetsAreJudgedAsPatternsMatch(t *testing.T) {
	rng := rand.New(rand.NewPCG(16, 2026))
	rounds := 20_000
	if testing.Short() {
		rounds = 2_000
	}
	never, takes := 0, 0
	for range rounds {
		set := someTexts(rng, 2+rng.IntN(3))
		alternative := someAlternative(rng, set)
		matches := matchesOne(t, alternative, set)
		if reported := isReported(alternative, set); reported == matches {
			t.Errorf("%s takes one of %q: %t; reported: %t", alternative, set, matches, reported)
		}
		if matches {
			takes++
		} else {
			never++
		}
	}
	if never < rounds/10 || takes < rounds/10 {
		t.Errorf("%d alternatives take none and %d take one: these are too few to tell", never, takes)
	}
}

// letters are letters with different rules for comparing their cases.
var letters = []rune("aAbkKſsSßẞıIİiµμΣσς*\\\u212a")

func someText(rng *rand.Rand) string {
	text := make([]rune, 1+rng.IntN(3))
	for i := range text {
		text[i] = letters[rng.IntN(len(letters))]
	}
	return string(text)
}

// someTexts returns n different texts.
func someTexts(rng *rand.Rand, n int) []string {
	var all []string
	for len(all) < n {
		if text := someText(rng); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	slices.Sort(all)
	return all
}

// someAlternative returns an alternative with any operator for texts, often with a text that
// is near one of the set.
func someAlternative(rng *rand.Rand, set []string) string {
	text := someText(rng)
	if rng.IntN(2) == 0 {
		text = set[rng.IntN(len(set))]
		switch rng.IntN(4) {
		case 0:
			text = strings.ToUpper(text)
		case 1:
			text = strings.ToLower(text)
		case 2:
			text = string([]rune(text)[:1])
		}
	}
	quoted := model.Quote(text)
	form := []string{
		`%s`, `{"exactly":%s}`, `{"prefix":%s}`, `{"suffix":%s}`, `{"equals-ignore-case":%s}`,
		`{"prefix":{"equals-ignore-case":%s}}`, `{"suffix":{"equals-ignore-case":%s}}`, `{"wildcard":%s}`,
	}[rng.IntN(8)]
	if strings.HasPrefix(form, `{"wildcard"`) {
		escaped := strings.NewReplacer(`*`, `\*`, `\`, `\\`).Replace(text)
		quoted = model.Quote([]string{escaped, escaped + "*", "*" + escaped}[rng.IntN(3)])
	}
	return fmt.Sprintf(form, quoted)
}

func matchesOne(t *testing.T, alternative string, set []string) bool {
	t.Helper()
	p, err := pattern.Parse([]byte(`{"v":[` + alternative + `]}`))
	if err != nil {
		t.Fatalf("%s: %v", alternative, err)
	}
	return slices.ContainsFunc(set, func(value string) bool {
		matched, err := p.Match([]byte(`{"v":` + model.Quote(value) + `}`))
		return err == nil && matched
	})
}

func isReported(alternative string, set []string) bool {
	r := ruleOfJSON(`{"detail":{"v":[` + alternative + `]}}`)
	v := &shape.Shape{Kind: shape.String, Values: set}
	r.Handler = underDetail(&shape.Shape{Kind: shape.Object, Fields: []shape.Field{{Name: "v", Shape: v}}})
	var found diag.List
	checkRule(r, &found)
	return slices.ContainsFunc(found.Sorted(), func(d diag.Diagnostic) bool { return d.Code == diag.ValueOutside })
}

// TestLetterCases checks that letters with more than two cases in Unicode are compared as
// EventBridge compares them.
func TestLetterCases(t *testing.T) {
	for _, test := range []struct {
		alternative, value string
		want               bool // whether it is reported
	}{
		{`{"equals-ignore-case":"hauptstraße"}`, "HAUPTSTRASSE", false},
		{`{"equals-ignore-case":"HAUPTSTRASSE"}`, "hauptstraße", true},
		{`{"equals-ignore-case":"k"}`, "\u212a", true}, // the Kelvin sign
		{`{"equals-ignore-case":"ſtopped"}`, "stopped", true},
		{`{"equals-ignore-case":"STOPPED"}`, "stopped", false},
	} {
		if got := isReported(test.alternative, []string{test.value, "other"}); got != test.want {
			t.Errorf("%s for %q is reported: %t, want %t", test.alternative, test.value, got, test.want)
		}
	}
}
