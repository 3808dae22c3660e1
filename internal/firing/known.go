package firing

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
)

// known returns the known events that a sample can be. The source and the detail-type are
// empty if the pattern doesn't name them.
func (r *Rule) known(source, detailType string, detail map[string]any) []catalog.Event {
	if e, ok := r.lookup(source, detailType); ok {
		return []catalog.Event{e}
	}
	var all []catalog.Event
	for _, s := range sources(source, detailType, detail) {
		types := []string{detailType}
		if detailType == "" {
			types = catalog.DetailTypes(s)
		}
		for _, t := range types {
			if e, ok := r.lookup(s, t); ok {
				all = append(all, e)
			}
		}
	}
	return all
}

// usual is the source that is used if a pattern allows any source of AWS.
const usual = "aws.ec2"

// sources returns the AWS sources of the events that a sample can be.
func sources(source, detailType string, detail map[string]any) []string {
	eventSource, _ := detail["eventSource"].(string)
	eventName, _ := detail["eventName"].(string)
	var all []string
	switch {
	case catalog.HasSource(source):
		return []string{source}
	case source != "" && !strings.HasPrefix(source, catalog.Prefix):
		return nil // an event of the user's
	case eventSource != "":
		return []string{catalog.SourceOf(eventSource)}
	case eventName != "":
		for _, s := range catalog.EventSourcesOf(eventName) {
			all = append(all, catalog.SourceOf(s))
		}
	case detailType != "":
		all = catalog.SourcesOf(detailType)
	case source != "": // only the prefix aws.
		all = []string{usual}
	}
	if i := slices.Index(all, usual); i > 0 {
		all[0], all[i] = all[i], all[0]
	}
	return all
}

// fit returns how well an event fits the detail of a sample: how many of the sample's values
// it can have. If two events are equal in this, the one that CloudTrail doesn't deliver fits
// better.
func fit(e catalog.Event, detail map[string]any) int {
	n := 2 * fitting(e.Detail, detail)
	if !e.CloudTrail {
		n++
	}
	return n
}

func fitting(f *catalog.Field, value any) int {
	f = catalog.Element(f)
	switch value := value.(type) {
	case map[string]any:
		n := 0
		for name, inner := range value {
			if field := f.Field(name); field != nil {
				n += fitting(field, inner)
			}
		}
		return n
	case string:
		switch {
		case slices.Contains(f.Values, value):
			return 2
		case len(f.Values) > 0 && !f.Likely:
			return 0
		}
		return kindFits(f, catalog.String)
	case json.Number:
		return kindFits(f, catalog.Number)
	case bool:
		return kindFits(f, catalog.Boolean)
	}
	return 1
}

func kindFits(f *catalog.Field, kind catalog.Kind) int {
	if f.Kind == catalog.Any || f.Kind.Has(kind) {
		return 1
	}
	return 0
}
