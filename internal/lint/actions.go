package lint

import (
	"fmt"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkActions reports actions of statements that IAM doesn't have: the statement is
// valid, and allows nothing. A statement that denies, or that allows all actions but some,
// often names actions as a precaution, so it isn't checked.
func checkActions(p *Package, _ *Facts, report diag.Reporter) {
	for s, i := range p.allowed {
		if d, ok := unknownAction(s.Actions[i], s.ActionsAt[i]); ok {
			report.Add(d)
		}
	}
}

// unknownAction returns the finding about an action that IAM doesn't have, or that matches
// none. It is an error if the action is similar to one that IAM has, and otherwise a
// warning, because AWS adds actions every day.
func unknownAction(action string, at model.Pos) (diag.Diagnostic, bool) {
	prefix, name, ok := strings.Cut(action, ":")
	if !ok {
		return diag.Diagnostic{}, false // it is *
	}
	service, ok := catalog.LookupIAM(prefix)
	switch {
	case !ok:
		return unknownPrefix(prefix, name, at), true
	case len(actionsOf(service, name)) > 0:
		return diag.Diagnostic{}, false
	}
	if hasWildcard(name) {
		if near := nearWildcard(service, name); near != "" {
			return diag.New(diag.ActionMisspelled, at, "%s matches no action of IAM", action).Suggest(action, prefix+":"+near), true
		}
		return unknown(at, name, "%s is not known to match any action of IAM", action), true
	}
	near, sure := nearAction(service, name)
	if near != "" {
		near = prefix + ":" + near
	}
	if sure {
		return diag.New(diag.ActionMisspelled, at, "IAM has no action %s", action).Suggest(action, near), true
	}
	return unknown(at, name, "IAM is not known to have the action %s", action).Suggest(action, near), true
}

// unknownPrefix returns the finding about a prefix that no service has.
func unknownPrefix(prefix, name string, at model.Pos) diag.Diagnostic {
	m, ok := spell.Find(strings.ToLower(prefix), func(yield func(string) bool) {
		for _, p := range catalog.IAMPrefixes() {
			// A prefix without the action is less likely meant than a new service.
			if service, _ := catalog.LookupIAM(p); len(actionsOf(service, name)) > 0 && !yield(p) {
				return
			}
		}
	})
	if ok {
		return diag.New(diag.ActionMisspelled, at, "no service has the prefix %s in IAM", prefix).Suggest(prefix+":"+name, m.Word+":"+name)
	}
	return unknown(at, name, "no service is known to have the prefix %s in IAM", prefix)
}

// unknown returns the warning about what the catalog doesn't have. It names the day of the
// catalog's data, and other services' actions of the same name.
func unknown(at model.Pos, name, format string, args ...any) diag.Diagnostic {
	message := fmt.Sprintf(format, args...) + " (AWS's list of " + catalog.IAMDate() + ")"
	const most = 3
	if others := actionsNamed(name); len(others) > 0 && len(others) <= most {
		message += "; known actions of this name: " + conjoin(others, "and")
	}
	return diag.New(diag.ActionUnknown, at, "%s", message)
}

// actionsNamed returns the actions with exactly this name, of all services.
func actionsNamed(name string) []string {
	var with []string
	for _, prefix := range catalog.IAMPrefixes() {
		service, _ := catalog.LookupIAM(prefix)
		if a, ok := service.Action(name); ok && a.Name == name {
			with = append(with, prefix+":"+a.Name)
		}
	}
	return with
}

// actionsOf returns the actions of a service that a name matches, which may have
// wildcards. Letter case makes no difference (IAM user guide,
// reference_policies_elements_action).
func actionsOf(service *catalog.IAMService, name string) []catalog.IAMAction {
	if !hasWildcard(name) {
		if a, ok := service.Action(name); ok {
			return []catalog.IAMAction{a}
		}
		return nil
	}
	name = strings.ToLower(name)
	var matched []catalog.IAMAction
	for _, a := range service.Actions {
		if overlap(name, strings.ToLower(a.Name)) {
			matched = append(matched, a)
		}
	}
	return matched
}

func hasWildcard(name string) bool { return strings.ContainsAny(name, "*?") }

// nearAction returns the name of the action that the user most likely meant, and whether that
// is sure. It is not sure if the names differ in whole words that other actions have too: the
// name may be that of a new action, such as PutRawEvents beside PutEvents.
func nearAction(service *catalog.IAMService, name string) (near string, sure bool) {
	m, ok := spell.Find(name, func(yield func(string) bool) {
		for _, a := range service.Actions {
			if !yield(a.Name) {
				return
			}
		}
	})
	if !ok || isNewVersion(name, m.Word) {
		return "", false
	}
	return m.Word, m.Distance <= 1 || !hasKnownWords(name)
}

// hasKnownWords reports whether each word of a name is a word of some action.
func hasKnownWords(name string) bool {
	for _, word := range wordsOf(name) {
		if !actionWords()[word] {
			return false
		}
	}
	return true
}

// actionWords holds the words of the names of all actions, in lower case.
var actionWords = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for _, prefix := range catalog.IAMPrefixes() {
		service, _ := catalog.LookupIAM(prefix)
		for _, a := range service.Actions {
			for _, word := range wordsOf(a.Name) {
				words[word] = true
			}
		}
	}
	return words
})

// wordsOf splits a name before each capital, and returns the words in lower case.
func wordsOf(name string) []string {
	begins := func(r rune) bool { return 'A' <= r && r <= 'Z' }
	var words []string
	for name != "" {
		end := strings.IndexFunc(name[1:], begins) + 1
		if end == 0 {
			end = len(name)
		}
		words, name = append(words, strings.ToLower(name[:end])), name[end:]
	}
	return words
}

// nearWildcard returns the name with wildcards that matches most actions among those that
// are one slip away: two letters that are swapped, or one that is doubled, missing, wrong
// or too many, in this order. A short name is similar to something by chance.
func nearWildcard(service *catalog.IAMService, name string) string {
	slips := []func(string, int) string{swapAt, undoubleAt, insertAt, replaceAt, dropAt}
	switch letters := len(strings.Map(lettersOnly, name)); {
	case letters < 3:
		return ""
	case letters < 4:
		slips = slips[:2]
	}
	for _, slip := range slips {
		best, most := "", 0
		for i := range len(name) + 1 {
			for _, candidate := range withLetter(service, slip(name, i)) {
				if n := len(actionsOf(service, candidate)); n > most {
					best, most = candidate, n
				}
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

func lettersOnly(r rune) rune {
	if r == anyText || r == anyLetter {
		return -1
	}
	return r
}

// unknownLetter is in a candidate for the letter that isn't known.
const unknownLetter = "\x02"

// withLetter returns a candidate, once for each letter that its unknown one can be.
func withLetter(service *catalog.IAMService, candidate string) []string {
	if !strings.Contains(candidate, unknownLetter) {
		return []string{candidate}
	}
	open := strings.Replace(candidate, unknownLetter, string(anyLetter), 1)
	if len(actionsOf(service, open)) == 0 {
		return nil
	}
	var all []string
	for r := 'a'; r <= 'z'; r++ {
		all = append(all, strings.Replace(candidate, unknownLetter, string(r), 1))
	}
	return all
}

// The slips, each at a place of the name; "" if it can't be there. A wildcard is no slip.

func swapAt(name string, i int) string {
	if i+1 >= len(name) || name[i] == name[i+1] || hasWildcard(name[i:i+2]) {
		return ""
	}
	return name[:i] + name[i+1:i+2] + name[i:i+1] + name[i+2:]
}

func insertAt(name string, i int) string { return name[:i] + unknownLetter + name[i:] }

func undoubleAt(name string, i int) string {
	if i+1 >= len(name) || !strings.EqualFold(name[i:i+1], name[i+1:i+2]) {
		return ""
	}
	return dropAt(name, i)
}

func replaceAt(name string, i int) string {
	if i >= len(name) || hasWildcard(name[i:i+1]) {
		return ""
	}
	return name[:i] + unknownLetter + name[i+1:]
}

func dropAt(name string, i int) string {
	if i >= len(name) || hasWildcard(name[i:i+1]) {
		return ""
	}
	return name[:i] + name[i+1:]
}
