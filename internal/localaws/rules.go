package localaws

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	eventpattern "github.com/jobgen/jobgen/pattern"
)

// Limits of the operations on rules in the model.
const (
	maxName    = 64
	maxPattern = 4096
	maxToken   = 2048
	maxPage    = 100 // also the size of a page if the request has no limit
)

var ruleNamePattern = newPattern(`[\.\-_A-Za-z0-9]+`, `[.\-_A-Za-z0-9]+`)

// testEventPattern reports whether a pattern matches an event.
func (c *call) testEventPattern(in *input) (any, error) {
	source, event := in.text("EventPattern"), in.text("Event")
	if err := in.failed(); err != nil {
		return nil, err
	}
	var check constraints
	check.required("eventPattern", source != nil)
	check.length("eventPattern", source, 0, maxPattern)
	check.required("event", event != nil)
	if err := check.err(); err != nil {
		return nil, err
	}
	p, err := eventpattern.Parse([]byte(*source))
	if err != nil {
		return nil, &apiError{Code: "InvalidEventPatternException", Message: "Event pattern is not valid. Reason: " + err.Error()}
	}
	if reason := eventFault(*event); reason != "" {
		return nil, invalid("Parameter Event is not valid. Reason: %s.", reason)
	}
	matched, err := p.Match([]byte(*event))
	if err != nil {
		return nil, invalid("Parameter Event is not valid. Reason: %v.", err)
	}
	return map[string]bool{"Result": matched}, nil
}

// requiredFields are the fields that an event for TestEventPattern must have. API_TestEventPattern
// also lists resources, but AWS accepts an event without it.
var requiredFields = []string{"id", "account", "source", "time", "region", "detail-type"}

// eventFault returns what is wrong with an event for TestEventPattern, or "".
func eventFault(event string) string {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(event), &fields); err != nil {
		return "it is not a JSON object: " + err.Error()
	}
	for _, name := range requiredFields {
		if _, ok := fields[name]; !ok {
			return fmt.Sprintf("the field %s is missing", name)
		}
	}
	return ""
}

// listRules lists the rules of a bus by name.
func (c *call) listRules(in *input) (any, error) {
	prefix, bus, token, limit := in.text("NamePrefix"), in.text("EventBusName"), in.text("NextToken"), in.integer("Limit")
	if err := in.failed(); err != nil {
		return nil, err
	}
	var check constraints
	checkRuleName(&check, "namePrefix", prefix)
	checkBus(&check, bus)
	checkPage(&check, token, limit)
	if err := check.err(); err != nil {
		return nil, err
	}
	rules, err := c.rulesOn(busName(value(bus)))
	if err != nil {
		return nil, err
	}
	rules = slices.DeleteFunc(rules, func(r Rule) bool { return !strings.HasPrefix(r.Name, value(prefix)) })
	page, next, err := paginate(rules, func(r Rule) string { return r.Name }, token, limit)
	if err != nil {
		return nil, err
	}
	return struct {
		Rules     []Rule
		NextToken string `json:",omitempty"`
	}{page, next}, nil
}

// describeRule returns a rule.
func (c *call) describeRule(in *input) (any, error) {
	name, bus := in.text("Name"), in.text("EventBusName")
	if err := in.failed(); err != nil {
		return nil, err
	}
	var check constraints
	check.required("name", name != nil)
	checkRuleName(&check, "name", name)
	checkBus(&check, bus)
	if err := check.err(); err != nil {
		return nil, err
	}
	rule, err := c.rule(*name, busName(value(bus)))
	if err != nil {
		return nil, err
	}
	return struct {
		*Rule
		CreatedBy string
	}{rule, c.options.Account}, nil
}

// listTargetsByRule lists the targets of a rule.
func (c *call) listTargetsByRule(in *input) (any, error) {
	name, bus, token, limit := in.text("Rule"), in.text("EventBusName"), in.text("NextToken"), in.integer("Limit")
	if err := in.failed(); err != nil {
		return nil, err
	}
	var check constraints
	check.required("rule", name != nil)
	checkRuleName(&check, "rule", name)
	checkBus(&check, bus)
	checkPage(&check, token, limit)
	if err := check.err(); err != nil {
		return nil, err
	}
	rule, err := c.rule(*name, busName(value(bus)))
	if err != nil {
		return nil, err
	}
	page, next, err := paginate(rule.Targets, func(t Target) string { return t.ID }, token, limit)
	if err != nil {
		return nil, err
	}
	return struct {
		Targets   []Target
		NextToken string `json:",omitempty"`
	}{page, next}, nil
}

func checkRuleName(c *constraints, path string, name *string) {
	c.length(path, name, 1, maxName)
	c.matches(path, name, ruleNamePattern)
}

func checkBus(c *constraints, bus *string) {
	c.length("eventBusName", bus, 1, maxBusARN)
	c.matches("eventBusName", bus, partnerBusPattern)
}

func checkPage(c *constraints, token *string, limit *int) {
	c.length("nextToken", token, 1, maxToken)
	c.limit("limit", limit, 1, maxPage)
}

// rulesOn returns the rules of a bus. A bus exists if it is the default one or if it has rules.
func (c *call) rulesOn(bus string) ([]Rule, error) {
	rules := slices.DeleteFunc(slices.Clone(c.stack.Rules), func(r Rule) bool { return r.Bus != bus })
	if len(rules) == 0 && bus != defaultBus {
		return nil, notFound("Event bus %s does not exist.", bus)
	}
	return rules, nil
}

func (c *call) rule(name, bus string) (*Rule, error) {
	rules, err := c.rulesOn(bus)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return nil, notFound("Rule %s does not exist on EventBus %s.", name, bus)
	}
	return &rules[i], nil
}

// paginate returns a page of items, in the order of their keys, and the token of the next page,
// or "". A token contains the key of the last item, so a build between two requests doesn't
// repeat items.
func paginate[T any](items []T, key func(T) string, token *string, limit *int) (page []T, next string, err error) {
	after := ""
	if token != nil {
		last, ok := strings.CutPrefix(decodeToken(*token), tokenPrefix)
		if !ok {
			return nil, "", invalid("The token is not valid: %s.", *token)
		}
		after = last
	}
	page = slices.DeleteFunc(slices.Clone(items), func(item T) bool { return token != nil && key(item) <= after })
	slices.SortFunc(page, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	size := maxPage
	if limit != nil {
		size = *limit
	}
	if len(page) > size {
		page = page[:size]
		next = base64.StdEncoding.EncodeToString([]byte(tokenPrefix + key(page[size-1])))
	}
	if page == nil {
		page = []T{}
	}
	return page, next, nil
}

// tokenPrefix marks the tokens of this package.
const tokenPrefix = "after "

func decodeToken(token string) string {
	text, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return ""
	}
	return string(text)
}
