package gen

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/jobgen/jobgen/internal/model"
)

// Lambda refuses a function's resource policy of more than 20 KB (Lambda quotas,
// resource-based policy size). The policies here stay well below it, since the
// names in them are known at deployment only.
const (
	maxPolicySize = 20 * 1024 // bytes
	nearPolicy    = maxPolicySize * 9 / 10
)

// grantSize is the approximate size of a grant in a resource policy: the JSON of a
// statement with names of 64 characters for the function and the rule, and with a
// statement id of 100 characters, which deployment tools make.
const grantSize = 560

// stackGrant allows EventBridge to call a function for every rule of a bus whose
// name has the prefix that the stack gives its rules.
type stackGrant struct {
	Name     string // stem of its names
	Function *stackFunction
	Bus      model.Text // nil is the default bus
	Rules    []*stackRule
	When     *stackCondition // of each of the rules
}

// collapseGrants makes the rules of each bus share a grant, if a grant for each rule
// would make the function's policy too large. Rules that share a grant get names with a
// prefix, to which the grant is limited. A rule that the user named keeps its name and
// its grant. Rules with different conditions don't share a grant, which takes its ARN from
// one of its rules.
func (f *stackFunction) collapseGrants() {
	if f.policySize() <= nearPolicy {
		return
	}
	type key struct {
		bus  string
		when *stackCondition
	}
	grants, buses := make(map[key]*stackGrant), make(map[string]string)
	for _, r := range f.Rules {
		if r.Name != nil || r.Queue != nil {
			continue
		}
		r.Shared = true
		k := key{r.EventBus.String(), r.When}
		g := grants[k]
		if g == nil {
			if _, ok := buses[k.bus]; !ok {
				buses[k.bus] = busNumber(len(buses))
			}
			g = &stackGrant{Name: f.Name + "Rules" + buses[k.bus] + r.When.within(f.When).suffix(), Function: f, Bus: r.EventBus, When: r.When}
			grants[k] = g
			f.Grants = append(f.Grants, g)
		}
		g.Rules = append(g.Rules, r)
	}
}

// policySize is the approximate size of the function's resource policy with a grant for
// each rule.
func (f *stackFunction) policySize() int {
	size := 0
	for _, r := range f.Rules {
		if r.Queue == nil {
			size += grantSize + len(r.EventBus.String())
		}
	}
	return size
}

// busNumber is the suffix of the name of a bus's grant.
func busNumber(i int) string {
	if i == 0 {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// Sample is the rule whose ARN the CloudFormation templates take the bus from: the
// one with the longest name, which is the least likely to occur elsewhere in an ARN.
func (g *stackGrant) Sample() *stackRule {
	return slices.MaxFunc(g.Rules, func(a, b *stackRule) int {
		return cmp.Compare(len(stackName(a.ID)), len(stackName(b.ID)))
	})
}
