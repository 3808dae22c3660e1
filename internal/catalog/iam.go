package catalog

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

//go:embed data/actions.gz
var packedActions string

// IAMService is a service as policies name it.
type IAMService struct {
	Prefix    string // of its actions: "s3"
	Resources []IAMResource
	Actions   []IAMAction // sorted by name, in lower case
}

// IAMAction is an action that a policy can allow.
type IAMAction struct {
	Name string // without the prefix: "GetObject"
	// Resources are the types of resources that a statement can name. If there are none, the
	// statement must name all resources, "*".
	Resources []IAMResource
}

// IAMResource is a type of resources.
type IAMResource struct {
	Name string // "bucket"
	// ARNs are the forms of its ARNs, without "arn:" and the partition. In them, * is any
	// text, and ~ is any text without a slash.
	ARNs []string
}

// IAMDate returns the date of the catalog's data about IAM, such as "2026-09-26".
func IAMDate() string { return iam().date }

// IAMPrefixes returns the prefixes of all services, sorted.
func IAMPrefixes() []string { return slices.Sorted(maps.Keys(iam().services)) }

// LookupIAM returns the service with a prefix, in any letter case.
func LookupIAM(prefix string) (*IAMService, bool) {
	e, ok := iam().services[strings.ToLower(prefix)]
	if !ok {
		return nil, false
	}
	return e(), true
}

// Action returns the action with a name, in any letter case.
func (s *IAMService) Action(name string) (IAMAction, bool) {
	i, ok := slices.BinarySearchFunc(s.Actions, strings.ToLower(name), func(a IAMAction, name string) int {
		return strings.Compare(strings.ToLower(a.Name), name)
	})
	if !ok {
		return IAMAction{}, false
	}
	return s.Actions[i], true
}

// iamIndex finds services by their prefixes. A service is parsed at its first use.
type iamIndex struct {
	date     string
	services map[string]func() *IAMService
}

// iam is the unpacked part of the catalog that knows IAM's actions. Package main in
// refresh describes its form.
var iam = sync.OnceValue(func() *iamIndex {
	date, text, _ := strings.Cut(unpack("actions", packedActions), "\n")
	index := &iamIndex{date, make(map[string]func() *IAMService)}
	for _, block := range schema.Split(text, 0) {
		prefix, source, _ := strings.Cut(block.Head, " ")
		index.services[prefix] = sync.OnceValue(func() *IAMService { return readIAM(prefix, source, block.Body) })
	}
	return index
})

// iamReader reads the lines of a service.
type iamReader struct {
	service *IAMService
	sets    [][]IAMResource
}

func readIAM(prefix, source, body string) *IAMService {
	r := &iamReader{service: &IAMService{Prefix: prefix}}
	for _, line := range schema.Split(body, 1) {
		switch kind, text := line.Head[0], line.Head[1:]; kind {
		case '=':
			r.resource(text)
		case ':':
			for _, set := range strings.Fields(text) {
				r.set(set)
			}
		case '>':
			names := apiNames(source)
			for i, code := range []rune(text) {
				if code != '.' {
					r.action(code, names[i])
				}
			}
		case '+':
			code := []rune(text)[0]
			r.action(code, strings.TrimPrefix(text, string(code)))
		}
	}
	slices.SortFunc(r.service.Actions, func(a, b IAMAction) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return r.service
}

// resource reads a type of resources: its ARNs and, unless the ARNs end with it, its name.
func (r *iamReader) resource(text string) {
	list, name, ok := strings.Cut(text, " ")
	if !ok {
		word := strings.TrimRight(list, "*:/")
		name = word[strings.LastIndexAny(word, ":/*,")+1:]
	}
	arns := strings.Split(list, ",")
	for i, arn := range arns {
		if strings.HasPrefix(arn, ":") {
			arns[i] = r.service.Prefix + arn
		}
	}
	r.service.Resources = append(r.service.Resources, IAMResource{name, arns})
}

// set reads a set of types: their numbers.
func (r *iamReader) set(numbers string) {
	var types []IAMResource
	for number := range strings.SplitSeq(numbers, ",") {
		if i, err := strconv.Atoi(number); err == nil { // else it is the empty set
			types = append(types, r.service.Resources[i])
		}
	}
	r.sets = append(r.sets, types)
}

// action adds an action with the code of a set.
func (r *iamReader) action(code rune, name string) {
	const ascii = 64
	set := int(code - '0')
	if code >= 'À' {
		set = int(code-'À') + ascii
	}
	r.service.Actions = append(r.service.Actions, IAMAction{name, r.sets[set]})
}

// apiNames returns the names of an event source's calls in the API, sorted.
func apiNames(eventSource string) []string {
	e := calls()[eventSource].parse()
	names := maps.Clone(e.names)
	for api, recorded := range e.recordedAs {
		delete(names, recorded)
		names[api] = true
	}
	return slices.Sorted(maps.Keys(names))
}
