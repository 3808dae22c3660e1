package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"unicode"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// TestSlips puts one slip at a time into a name of a correct rule, and counts how many are
// reported. It prints the table that CATALOG.md has, and fails where a row is below its
// goal. The rules are public ones, which are kept beside the project, and rules made from
// the catalog.
//
// A slip that gives another known name is left out, because nobody can see it. One that
// gives snake_case for lowerCamelCase is left out too if jobgen takes it for Jets' spelling.
func TestSlips(t *testing.T) {
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "slips in\tslips\treported\tas errors\tright name first\tleft out")
	rules := publicRules(t)
	places, least := 60, 300
	if testing.Short() {
		places, least = 6, 20
	}
	for i, row := range slipRows {
		rng := rand.New(rand.NewPCG(17, uint64(i)))
		chosen := sampled(rng, row.places(rng), places)
		var public []slipPlace
		for _, r := range rules {
			public = append(public, row.in(r)...)
		}
		chosen = append(chosen, sampled(rng, public, places)...)
		tally := slipTally{kinds: map[string]*[2]int{}}
		for _, p := range chosen {
			for _, s := range slipsOf(rng, p) {
				tally.add(t, p, s)
			}
		}
		fmt.Fprintf(w, "%s\t%s\n", row.name, &tally)
		t.Logf("%s: %s", row.name, tally.byKind())
		if tally.planted < least {
			t.Errorf("%s: %d slips are too few to tell", row.name, tally.planted)
		}
		if got := percent(tally.reported, tally.planted); got < row.goal {
			t.Errorf("%s: %.1f %% of the slips are reported; at least %.1f %% should be", row.name, got, row.goal)
		}
		if got := percent(tally.right, tally.reported); got < 90 {
			t.Errorf("%s: for %.1f %% of the slips the right name is suggested; at least 90 %% should be", row.name, got)
		}
	}
	_ = w.Flush() // to a buffer
	t.Logf("\n%s", table.String())
}

// slipRow is a row of the table: a sort of names.
type slipRow struct {
	name   string
	goal   float64 // least percentage of slips that are reported
	places func(*rand.Rand) []slipPlace
	in     func(*publicRule) []slipPlace
}

var slipRows = []slipRow{
	{"source", 99.5, sourcePlaces, (*publicRule).sources},
	{"detail-type", 99.9, detailTypePlaces, (*publicRule).detailTypes},
	{"eventSource", 99, eventSourcePlaces, (*publicRule).eventSources},
	{"field of a CloudTrail record", 99, recordPlaces, (*publicRule).recordFields},
	{"eventName", 97, eventNamePlaces, (*publicRule).eventNames},
	{"field of another event", 93, fieldPlaces, (*publicRule).eventFields},
	{"value of a closed list", 82, valuePlaces, (*publicRule).values},
}

// slipPlace is a name in a correct rule.
type slipPlace struct {
	text     string // the pattern
	at, end  int    // of the name, a JSON string, in the pattern
	name     string
	known    []string // the names that are right there, as far as known
	siblings []string // names of the same sort that belong elsewhere
}

// with returns the pattern with another name at the place.
func (p slipPlace) with(name string) string {
	return p.text[:p.at] + quoteJSON(name) + p.text[p.end:]
}

func quoteJSON(s string) string {
	quoted, _ := json.Marshal(s) // a string can always be encoded
	return string(quoted)
}

// placeOf makes a place of a pattern with a mark in the place of the name.
func placeOf(marked, name string, known, siblings []string) slipPlace {
	before, after, _ := strings.Cut(marked, "§")
	p := slipPlace{name: name, at: len(before), known: known, siblings: siblings}
	p.text = before + quoteJSON(name) + after
	p.end = len(p.text) - len(after)
	return p
}

// slipTally counts what became of slips.
type slipTally struct {
	planted, reported, errors, right, leftOut int
	kinds                                     map[string]*[2]int // planted and reported, by kind of slip
}

func (tally *slipTally) add(t *testing.T, p slipPlace, s slip) {
	if slices.Contains(p.known, s.name) {
		tally.leftOut++
		return
	}
	found := warningsOf(t, p.with(s.name))
	if len(found) == 0 && lowerCamel(s.name) == p.name {
		tally.leftOut++
		return
	}
	kind := tally.kinds[s.kind]
	if kind == nil {
		kind = new([2]int)
		tally.kinds[s.kind] = kind
	}
	tally.planted++
	kind[0]++
	if len(found) == 0 {
		t.Logf("missed: %q for %q (%s) in %s", s.name, p.name, s.kind, p.text)
		return
	}
	tally.reported++
	kind[1]++
	if slices.ContainsFunc(found, isError) {
		tally.errors++
	}
	if slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Suggestion == p.name }) {
		tally.right++
	}
}

func (tally *slipTally) String() string {
	return fmt.Sprintf("%d\t%.1f %%\t%.1f %%\t%.1f %%\t%d", tally.planted, percent(tally.reported, tally.planted),
		percent(tally.errors, tally.planted), percent(tally.right, tally.reported), tally.leftOut)
}

func (tally *slipTally) byKind() string {
	var all []string
	for kind, n := range tally.kinds {
		all = append(all, fmt.Sprintf("%s %d of %d", kind, n[1], n[0]))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }

func isError(d diag.Diagnostic) bool { return d.Severity == diag.Error }

// warningsOf returns the errors and warnings of a pattern.
func warningsOf(t testing.TB, text string) []diag.Diagnostic {
	t.Helper()
	found := checkJSON(text)
	found.Filter(func(d diag.Diagnostic) bool { return d.Severity != diag.Note })
	return found.Sorted()
}

// slip is a misspelled name, and the kind of the mistake.
type slip struct{ kind, name string }

// slipsOf makes one slip of each kind in a name.
func slipsOf(rng *rand.Rand, p slipPlace) []slip {
	w := []rune(p.name)
	if len(w) < 3 {
		return nil // any name of two letters is near
	}
	i := rng.IntN(len(w) - 1)
	slips := []slip{
		{"dropped", string(slices.Delete(slices.Clone(w), i, i+1))},
		{"doubled", string(slices.Insert(slices.Clone(w), i, w[i]))},
		{"swapped", swapped(w, i)},
		{"case", swapCase(w, i)},
		{"neighbouring key", neighbouring(rng, w)},
		{"separator", otherSeparator(rng, w)},
		{"plural", otherNumber(rng, p.name)},
	}
	if n := len(p.siblings); n > 0 {
		slips = append(slips, slip{"sibling", p.siblings[rng.IntN(n)]})
	}
	return slices.DeleteFunc(slips, func(s slip) bool { return s.name == p.name || s.name == "" })
}

func swapped(w []rune, i int) string {
	w = slices.Clone(w)
	w[i], w[i+1] = w[i+1], w[i]
	return string(w)
}

// keyRows are a keyboard's letters.
var keyRows = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// neighbouring puts a letter of the key beside it in the place of a letter.
func neighbouring(rng *rand.Rand, w []rune) string {
	w = slices.Clone(w)
	for _, i := range rng.Perm(len(w)) {
		for _, row := range keyRows {
			if at := strings.Index(row, strings.ToLower(string(w[i]))); at >= 0 {
				next := at + 1 - 2*rng.IntN(2)
				if next < 0 || next == len(row) {
					next = 2*at - next
				}
				key := row[next : next+1]
				if w[i] < 'a' {
					key = strings.ToUpper(key)
				}
				w[i] = rune(key[0])
				return string(w)
			}
		}
	}
	return ""
}

// otherSeparator changes or drops one of the separators.
func otherSeparator(rng *rand.Rand, w []rune) string {
	for _, i := range rng.Perm(len(w)) {
		if !strings.ContainsRune("-_ .:/", w[i]) {
			continue
		}
		if rng.IntN(2) == 0 {
			return string(slices.Delete(slices.Clone(w), i, i+1))
		}
		w = slices.Clone(w)
		w[i] = map[bool]rune{true: '-', false: '_'}[w[i] == '_']
		if string(w[i]) == "-" && rng.IntN(2) == 0 {
			w[i] = ' '
		}
		return string(w)
	}
	return ""
}

// otherNumber drops the s at the end of a word, or adds one where no word has any.
func otherNumber(rng *rand.Rand, name string) string {
	end := func(i int) bool {
		return i+1 == len(name) || !('a' <= name[i+1] && name[i+1] <= 'z')
	}
	for _, i := range rng.Perm(len(name)) {
		if i > 1 && name[i] == 's' && 'a' <= name[i-1] && name[i-1] <= 'z' && end(i) {
			return name[:i] + name[i+1:]
		}
	}
	if last := name[len(name)-1]; 'a' <= last && last <= 'z' {
		return name + "s"
	}
	return ""
}

// sampled returns n places at most, chosen at random.
func sampled(rng *rand.Rand, all []slipPlace, n int) []slipPlace {
	var out []slipPlace
	for _, i := range rng.Perm(len(all)) {
		if len(out) < n {
			out = append(out, all[i])
		}
	}
	return out
}

func sourcePlaces(*rand.Rand) []slipPlace {
	var all []slipPlace
	for _, s := range catalog.Sources() {
		all = append(all, placeOf(`{"source":[§]}`, s, catalog.Sources(), nil))
	}
	return all
}

func detailTypePlaces(*rand.Rand) []slipPlace {
	var all []slipPlace
	for _, s := range catalog.Sources() {
		for _, d := range catalog.DetailTypes(s) {
			all = append(all, placeOf(`{"source":[`+quoteJSON(s)+`],"detail-type":[§]}`, d, detailTypesOf([]string{s}), catalog.AllDetailTypes()))
		}
	}
	return all
}

func eventSourcePlaces(*rand.Rand) []slipPlace {
	var all []slipPlace
	for _, s := range catalog.EventSources() {
		all = append(all, placeOf(`{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":[§]}}`, s, catalog.EventSources(), nil))
	}
	return all
}

func eventNamePlaces(rng *rand.Rand) []slipPlace {
	var all []slipPlace
	services := listedServices()
	for _, s := range services {
		calls := catalog.Calls(s)
		for range min(len(calls), 4) {
			name := calls[rng.IntN(len(calls))]
			if class := catalog.ClassOf(s, name); class == catalog.Mutating || class == catalog.Data {
				others := catalog.Calls(services[rng.IntN(len(services))])
				all = append(all, placeOf(`{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":[`+quoteJSON(s)+`],"eventName":[§]}}`, name, calls, others))
			}
		}
	}
	return all
}

// everyField calls do with each field of each event that CloudTrail doesn't deliver, with
// its path in the detail.
func everyField(do func(e catalog.Event, path []string, parent, f *catalog.Field)) {
	for _, s := range catalog.Sources() {
		for _, d := range catalog.DetailTypes(s) {
			if e, ok := catalog.Lookup(s, d); ok && !e.CloudTrail {
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

// inDetail puts what is inside an event's detail, at a path, into a pattern.
func inDetail(e catalog.Event, path []string, inside string) string {
	for _, key := range slices.Backward(append([]string{"detail"}, path...)) {
		inside = quoteJSON(key) + `:{` + inside + `}`
	}
	return `{"source":[` + quoteJSON(e.Source) + `],"detail-type":[` + quoteJSON(e.DetailType) + `],` + inside + `}`
}

func fieldPlaces(*rand.Rand) []slipPlace {
	var all []slipPlace
	everyField(func(e catalog.Event, path []string, parent, f *catalog.Field) {
		if catalog.Element(f).Kind == catalog.Object {
			return
		}
		all = append(all, placeOf(inDetail(e, path, `§:[{"exists":true}]`), f.Name, parent.Names(), siblingFields(e, path)))
	})
	return all
}

// siblingFields returns the names of the fields that the other events of a source have at
// the top.
func siblingFields(e catalog.Event, path []string) []string {
	if len(path) > 0 {
		return nil
	}
	var all []string
	for _, d := range catalog.DetailTypes(e.Source) {
		if other, ok := catalog.Lookup(e.Source, d); ok && !other.CloudTrail && d != e.DetailType {
			all = append(all, other.Detail.Names()...)
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(name string) bool { return e.Detail.Field(name) != nil })
}

func recordPlaces(*rand.Rand) []slipPlace {
	var all []slipPlace
	e, _ := catalog.Lookup("aws.ec2", catalog.APICall)
	fieldsBelow(e, nil, e.Detail, func(e catalog.Event, path []string, parent, f *catalog.Field) {
		if catalog.Element(f).Kind != catalog.Object {
			all = append(all, placeOf(inDetail(e, path, `§:[{"exists":true}]`), f.Name, parent.Names(), nil))
		}
	})
	return all
}

func valuePlaces(*rand.Rand) []slipPlace {
	var all []slipPlace
	everyField(func(e catalog.Event, path []string, _, f *catalog.Field) {
		values := catalog.Element(f).Values
		for _, v := range values {
			all = append(all, placeOf(inDetail(e, path, quoteJSON(f.Name)+`:[§]`), v, values, siblingValues(e, path, f)))
		}
	})
	return all
}

// siblingValues returns the values that the field of that name has in the other events of
// a source.
func siblingValues(e catalog.Event, path []string, f *catalog.Field) []string {
	if len(path) > 0 {
		return nil
	}
	var all []string
	for _, d := range catalog.DetailTypes(e.Source) {
		if other, ok := catalog.Lookup(e.Source, d); ok && !other.CloudTrail {
			if same := other.Detail.Field(f.Name); same != nil {
				all = append(all, catalog.Element(same).Values...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// publicRule is a rule that somebody published.
type publicRule struct {
	text string
	rule *Rule
}

// publicRules reads the public rules, of which no check reports anything.
func publicRules(t *testing.T) []*publicRule {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "conformance", "public_patterns.ndjson"))
	if err != nil {
		t.Log("The public rules are not beside the project, so only rules made from the catalog are checked.")
		return nil
	}
	var all []*publicRule
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, &publicRule{line, ruleOfJSON(line)})
		}
	}
	return all
}

// TestPublicRulesAreRight is the guard against false alarms: no check reports anything
// of public rules that work.
func TestPublicRulesAreRight(t *testing.T) {
	rules := publicRules(t)
	if len(rules) == 0 {
		t.Skip("the public rules are not here: no folder shared/conformance beside the checkout")
	}
	for _, r := range rules {
		for _, d := range warningsOf(t, r.text) {
			t.Errorf("%s: %s [%s]", r.text, d.Message, d.Code)
		}
	}
}

// place makes a place of a JSON string in the rule's text.
func (r *publicRule) place(offset int, known []string) slipPlace {
	var name string
	d := json.NewDecoder(strings.NewReader(r.text[offset:]))
	_ = d.Decode(&name) // the text was parsed
	return slipPlace{text: r.text, at: offset, end: offset + int(d.InputOffset()), name: name, known: known}
}

// literalsAt returns the places of the names that a field takes.
func (r *publicRule) literalsAt(path string, known func(conjunct) []string) []slipPlace {
	var all []slipPlace
	seen := map[int]bool{}
	for _, c := range r.rule.conjuncts() {
		terms, _ := literals(c.field(path))
		for _, t := range terms {
			if !seen[t.Offset()] {
				seen[t.Offset()] = true
				all = append(all, r.place(t.Offset(), known(c)))
			}
		}
	}
	return all
}

func (r *publicRule) sources() []slipPlace {
	return r.literalsAt("source", func(conjunct) []string { return catalog.Sources() })
}

func (r *publicRule) detailTypes() []slipPlace {
	return r.literalsAt("detail-type", func(c conjunct) []string {
		sources, _ := c.sources()
		return detailTypesOf(sources)
	})
}

func (r *publicRule) eventSources() []slipPlace {
	return r.literalsAt("detail.eventSource", func(conjunct) []string { return catalog.EventSources() })
}

func (r *publicRule) eventNames() []slipPlace {
	return r.literalsAt("detail.eventName", func(c conjunct) []string {
		check := &catalogCheck{conjunct: c, r: r.rule, report: &diag.List{}}
		check.awsSources, check.known = c.sources()
		services, _ := (&recordCheck{check}).services()
		if len(services) == 0 {
			services = listedServices()
		}
		var all []string
		for _, s := range services {
			all = append(all, catalog.Calls(s)...)
		}
		return all
	})
}

func (r *publicRule) recordFields() []slipPlace { return r.fields(true) }

func (r *publicRule) eventFields() []slipPlace { return r.fields(false) }

// fields returns the places of the keys in the detail, of rules for CloudTrail's records
// or of others.
func (r *publicRule) fields(record bool) []slipPlace {
	var all []slipPlace
	r.keys(record, func(m *pattern.Member, at []origin) {
		if known := names(at); !record || slices.Contains(known, m.Key) {
			all = append(all, r.place(m.Offset, known))
		}
	})
	return all
}

func (r *publicRule) values() []slipPlace {
	var all []slipPlace
	r.keys(false, func(m *pattern.Member, at []origin) {
		set := closedValues(reach(at, m.Key).found).values
		terms, _ := literals(m.Field)
		for _, t := range terms {
			if len(set) > 0 {
				all = append(all, r.place(t.Offset(), set))
			}
		}
	})
	return all
}

// keys calls do with the keys in the detail, and the descriptions of the object that each
// is in.
func (r *publicRule) keys(record bool, do func(*pattern.Member, []origin)) {
	seen := map[int]bool{}
	for _, c := range r.rule.conjuncts() {
		types, _ := c.detailTypes(nil)
		if allCloudTrail(types) != record {
			continue
		}
		var below func(o *pattern.Object, at []origin)
		below = func(o *pattern.Object, at []origin) {
			for _, m := range o.Members {
				if !seen[m.Offset] && !m.IsOr() {
					seen[m.Offset] = true
					do(m, at)
				}
				if m.Object != nil {
					below(m.Object, reach(at, m.Key).found)
				}
			}
		}
		for _, m := range c.detailMembers() {
			if m.Key == "detail" {
				below(m.Object, reach(r.rule.origins(c, &Facts{}), m.Key).found)
			}
		}
	}
}

func swapCase(w []rune, i int) string {
	w = slices.Clone(w)
	if unicode.IsUpper(w[i]) {
		w[i] = unicode.ToLower(w[i])
	} else {
		w[i] = unicode.ToUpper(w[i])
	}
	return string(w)
}
