package localaws

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// constraints collects the violations of the constraints that a service's model has. AWS
// reports all of them in one ValidationException, in these words.
type constraints struct{ violations []string }

func (c *constraints) report(path, value, constraint string) {
	if value != "" {
		value = " " + value
	}
	c.violations = append(c.violations, fmt.Sprintf("Value%s at '%s' failed to satisfy constraint: %s", value, path, constraint))
}

// err returns the error that reports the violations, or nil.
func (c *constraints) err() error {
	n := len(c.violations)
	if n == 0 {
		return nil
	}
	errors := "errors"
	if n == 1 {
		errors = "error"
	}
	return invalid("%d validation %s detected: %s", n, errors, strings.Join(c.violations, "; "))
}

// required reports a value that is missing.
func (c *constraints) required(path string, present bool) {
	if !present {
		c.report(path, "null", "Member must not be null")
	}
}

// length checks the number of characters of a text.
func (c *constraints) length(path string, value *string, least, most int) {
	if value == nil {
		return
	}
	n := utf8.RuneCountInString(*value)
	shown := "'" + *value + "'"
	if n > maxShown {
		shown = ""
	}
	c.size(path, shown, n, least, most)
}

// maxShown is the largest number of characters of a value that a message has.
const maxShown = 256

// size checks the number of elements of a list, or of characters.
func (c *constraints) size(path, shown string, n, least, most int) {
	if n < least {
		c.report(path, shown, fmt.Sprintf("Member must have length greater than or equal to %d", least))
	}
	if n > most {
		c.report(path, shown, fmt.Sprintf("Member must have length less than or equal to %d", most))
	}
}

// limit checks an integer.
func (c *constraints) limit(path string, value *int, least, most int) {
	if value == nil {
		return
	}
	if *value < least {
		c.report(path, fmt.Sprintf("'%d'", *value), fmt.Sprintf("Member must have value greater than or equal to %d", least))
	}
	if *value > most {
		c.report(path, fmt.Sprintf("'%d'", *value), fmt.Sprintf("Member must have value less than or equal to %d", most))
	}
}

// pattern is a regular expression of a model. AWS's are Java's. Some are written differently in
// Go.
type pattern struct {
	text string // in AWS's form, for messages
	re   *regexp.Regexp
}

func newPattern(text, inGo string) pattern {
	if inGo == "" {
		inGo = text
	}
	return pattern{text: text, re: regexp.MustCompile(`^(?:` + inGo + `)$`)}
}

// matches checks that a whole text matches a pattern.
func (c *constraints) matches(path string, value *string, p pattern) {
	if value != nil && !p.re.MatchString(*value) {
		c.report(path, "'"+*value+"'", "Member must satisfy regular expression pattern: "+p.text)
	}
}

// enum checks that a text is one of several.
func (c *constraints) enum(path string, value *string, allowed ...string) {
	if value != nil && !slices.Contains(allowed, *value) {
		c.report(path, "'"+*value+"'", "Member must satisfy enum value set: ["+strings.Join(allowed, ", ")+"]")
	}
}
