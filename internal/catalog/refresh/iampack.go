package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// pack returns the text that the catalog embeds. Most actions have the name of an API
// call, so a service names the event source whose calls are most like its actions, and
// says for each call which resources the action of that name takes. Each line of a service
// begins with a character that says what it is:
//
//	s3 s3.amazonaws.com      prefix and event source
//		=:::~ bucket         a type of resources: its ARN without "arn:", the partition, the
//		                     prefix and variables, and its name unless the ARN ends with it
//		:- 0 0,1             the sets of types that actions take, each by the types' numbers
//		>01.2                for each API call, the number of the set, or a dot for no action
//		+0ListAllMyBuckets   an action that is no API call, behind its set's number
func (t iamTable) pack(calls callTable) (string, error) {
	var b strings.Builder
	b.WriteString(iamDate + "\n")
	for _, prefix := range slices.Sorted(maps.Keys(t)) {
		source, base := t[prefix].base(calls)
		b.WriteString(strings.TrimSpace(prefix+" "+source) + "\n")
		if err := t[prefix].pack(&b, prefix, base); err != nil {
			return "", fmt.Errorf("%s: %w", prefix, err)
		}
	}
	return b.String(), nil
}

func (s *iamService) pack(b *strings.Builder, prefix string, base []string) error {
	names := slices.Sorted(maps.Keys(s.resources))
	for _, name := range names {
		arn, err := packARN(s.resources[name], prefix)
		if err != nil {
			return err
		}
		if lastWord(arn) != name {
			arn += " " + name
		}
		b.WriteString("\t=" + arn + "\n")
	}
	sets := s.sets(names)
	b.WriteString("\t:" + strings.Join(sets, " ") + "\n")
	code := func(action string) string { return setCode(slices.Index(sets, setOf(s.actions[action], names))) }
	if len(base) > 0 {
		b.WriteString("\t>")
		for _, call := range base {
			if _, ok := s.actions[call]; !ok {
				b.WriteByte('.')
				continue
			}
			b.WriteString(code(call))
		}
		b.WriteByte('\n')
	}
	for _, action := range slices.Sorted(maps.Keys(s.actions)) {
		if !slices.Contains(base, action) {
			b.WriteString("\t+" + code(action) + action + "\n")
		}
	}
	return nil
}

// base returns the event source that has the most calls with names of the service's
// actions, and its calls. It returns none if those are a minority on both sides.
func (s *iamService) base(calls callTable) (string, []string) {
	best, most := "", 0
	for _, source := range slices.Sorted(maps.Keys(calls)) {
		names := apiNames(calls[source])
		same := 0
		for _, call := range names {
			if _, ok := s.actions[call]; ok {
				same++
			}
		}
		if same > most && 2*same > min(len(s.actions), len(names)) {
			best, most = source, same
		}
	}
	return best, apiNames(calls[best])
}

// apiNames returns the names of an event source's calls in the API, sorted. CloudTrail
// records some under other names.
func apiNames(calls map[string]bool) []string {
	var names []string
	for line := range calls {
		if _, api, ok := strings.Cut(line, recordedAs); ok {
			line = api
		}
		names = append(names, line)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// sets returns the different sets of types that the actions take, the most frequent first.
func (s *iamService) sets(names []string) []string {
	count := make(map[string]int)
	for _, types := range s.actions {
		count[setOf(types, names)]++
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
}

// setOf returns the numbers of types of resources; "-" is the empty set.
func setOf(types, names []string) string {
	if len(types) == 0 {
		return "-"
	}
	var numbers []string
	for _, name := range types {
		numbers = append(numbers, strconv.Itoa(slices.Index(names, name)))
	}
	return strings.Join(numbers, ",")
}

// setCode returns the character for a set's number: one that is neither a dot nor a
// control character.
func setCode(n int) string {
	const ascii = 64 // numbers below have the characters from 0 to o
	if n < ascii {
		return string(rune('0' + n))
	}
	return string(rune('À' + n - ascii))
}
