package catalog

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/jobgen/jobgen/internal/spell"
)

// TestTyposAreCaught plants one typo at a time in the catalog's own names and
// counts how many are near misses, and of how many the name that was meant is
// suggested first. A typo that is itself a known name, or as near to another
// one, is left out and counted: nobody could tell.
func TestTyposAreCaught(t *testing.T) {
	for _, kind := range typoKinds() {
		t.Run(kind.name, func(t *testing.T) {
			var tally typoTally
			rng := rand.New(rand.NewPCG(1, 2))
			for i, word := range kind.words {
				if testing.Short() && i%10 > 0 {
					continue
				}
				tally.add(word, mutate(rng, word), kind)
			}
			t.Logf("%s: %+v", kind.name, tally)
			if tally.planted == 0 || 100*tally.caught < 95*tally.planted {
				t.Errorf("%d of %d typos are caught; at least 95 %% should be", tally.caught, tally.planted)
			}
			if 100*tally.right < 95*tally.caught {
				t.Errorf("%d of %d caught typos have the right suggestion; at least 95 %% should have", tally.right, tally.caught)
			}
		})
	}
}

type typoKind struct {
	name    string
	words   []typoWord
	known   func(in, word string) bool
	nearest func(in, word string) (spell.Match, bool)
}

// typoWord is a name and where it stands.
type typoWord struct{ in, name string }

type typoTally struct{ planted, caught, right, known, ambiguous int }

func (tally *typoTally) add(word typoWord, typos []string, kind typoKind) {
	for _, typo := range typos {
		m, ok := kind.nearest(word.in, typo)
		switch {
		case kind.known(word.in, typo):
			tally.known++
			continue
		case len(m.Ties) > 0:
			tally.ambiguous++
			continue
		}
		tally.planted++
		if ok {
			tally.caught++
		}
		if m.Word == word.name {
			tally.right++
		}
	}
}

func typoKinds() []typoKind {
	sources := typoKind{
		name: "source", known: func(_, w string) bool { return HasSource(w) },
		nearest: func(_, w string) (spell.Match, bool) { return NearestSource(w) },
	}
	detailTypes := typoKind{
		name: "detail-type", known: HasDetailType,
		nearest: func(in, w string) (spell.Match, bool) { return NearestDetailType(w, in) },
	}
	fields := typoKind{
		name: "field", known: func(in, w string) bool { return eventOf(in).Detail.Field(w) != nil },
		nearest: func(in, w string) (spell.Match, bool) {
			return spell.Find(w, slices.Values(eventOf(in).Detail.Names()))
		},
	}
	names := typoKind{name: "eventName", known: HasCall, nearest: NearestCall}
	for _, s := range Sources() {
		sources.words = append(sources.words, typoWord{"", s})
		for _, d := range DetailTypes(s) {
			detailTypes.words = append(detailTypes.words, typoWord{s, d})
			if IsCloudTrail(d) && s != "aws.ec2" {
				continue // one record for all
			}
			for _, f := range eventOf(s + "\n" + d).Detail.Fields {
				fields.words = append(fields.words, typoWord{s + "\n" + d, f.Name})
			}
		}
	}
	for _, source := range []string{"ec2", "iam", "s3", "lambda", "kms", "rds", "cloudtrail", "organizations", "ecs", "sts"} {
		for _, c := range Calls(source + eventSourceSuffix) {
			names.words = append(names.words, typoWord{source + eventSourceSuffix, c})
		}
	}
	return []typoKind{sources, detailTypes, fields, names}
}

func eventOf(key string) Event {
	source, detailType, _ := strings.Cut(key, "\n")
	e, _ := Lookup(source, detailType)
	return e
}

// mutate plants one typo of each sort in a word.
func mutate(rng *rand.Rand, word typoWord) []string {
	w := []rune(word.name)
	i := rng.IntN(len(w) - 1)
	typos := []string{
		string(slices.Delete(slices.Clone(w), i, i+1)),
		string(slices.Insert(slices.Clone(w), i, w[i])),
		swapCase(word.name, i),
		strings.Map(func(r rune) rune {
			if r == '-' || r == '_' || r == ' ' {
				return -1
			}
			return r
		}, word.name),
		strings.ReplaceAll(word.name, "-", "_"),
	}
	swapped := slices.Clone(w)
	swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
	typos = append(typos, string(swapped))
	return slices.DeleteFunc(typos, func(t string) bool { return t == word.name })
}

func swapCase(word string, i int) string {
	runes := []rune(word)
	if unicode.IsUpper(runes[i]) {
		runes[i] = unicode.ToLower(runes[i])
	} else {
		runes[i] = unicode.ToUpper(runes[i])
	}
	return string(runes)
}
