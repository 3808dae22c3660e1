package jobs_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// hostile returns a dispatcher whose rules match lists of objects, numbers and wildcards,
// and whose job decodes its payload.
func hostile() *jobs.Dispatcher {
	table := &dispatch.Table{Package: "shop", Path: "example.com/shop"}
	for _, detail := range []string{
		`{"items":{"price":[{"numeric":[">",1]}],"name":["x"],"sub":{"a":[{"exists":false}],"b":["y"]}}}`,
		`{"items":{"price":[{"exists":false}],"name":[{"wildcard":"*ab*ab*abc"}]}}`,
		`{"tags":[{"suffix":"aab"},{"anything-but":{"wildcard":"*aab*aab*"}}]}`,
		`{"id":[{"wildcard":"*ab*ab*ac"},{"cidr":"10.0.0.0/8"}],"total":[12345678901234567890]}`,
	} {
		table.Rules = append(table.Rules, dispatch.Rule{ID: "R" + detail, Job: jobTyped, Pattern: `{"source":["shop"],"detail":` + detail + `}`})
	}
	return jobs.New(table, (&shop{}).call).WithHandler("")
}

// TestHostilePayloads uses payloads of 6 MB. With more than linear time it would take
// minutes.
func TestHostilePayloads(t *testing.T) {
	size := 6 << 20
	if testing.Short() {
		size /= 10
	}
	fill := func(s string) string { return strings.TrimSuffix(strings.Repeat(s, size/len(s)), ",") }
	details := map[string]string{
		"deep lists":              `{"items":` + strings.Repeat(`[`, 9990) + strings.Repeat(`]`, 9990) + `}`,
		"deep objects":            strings.Repeat(`{"items":`, 9990) + `1` + strings.Repeat(`}`, 9990),
		"too deep":                `{"items":` + strings.Repeat(`[`, 3<<20) + strings.Repeat(`]`, 3<<20) + `}`,
		"objects in a list":       `{"items":[` + fill(`{"price":1,"name":"y","sub":[{"a":1},{"b":"x"}]},`) + `]}`,
		"a long string":           `{"id":"` + fill(`ab`) + `"}`,
		"many strings":            `{"tags":[` + fill(`"aab",`) + `]}`,
		"escapes":                 `{"id":"` + fill(`\u00e9`) + `"}`,
		"a long number":           `{"total":` + fill(`1`) + `}`,
		"numbers of 1,000 digits": `{"items":[` + fill(`{"price":`+strings.Repeat("7", 1000)+`},`) + `]}`,
		"a key over and over":     `{` + fill(`"id":"x",`) + `}`,
		"many keys":               `{` + fill(`"kkkkkkkkkkkkkkkk":1,`) + `}`,
		"dotted keys":             `{` + fill(`"items.name":"x",`) + `}`,
		"white space":             `{"id":` + fill(` `) + `"x"}`,
	}
	for name, detail := range details {
		t.Run(name, func(t *testing.T) {
			for _, d := range []*jobs.Dispatcher{hostile(), hostile().WithHandler("Shop.Typed")} {
				for _, payload := range []string{event("shop", "y", detail), enveloped("Gone", event("shop", "y", detail))} {
					// What comes of it doesn't matter here, only that it comes.
					if _, err := invoke(t, d, payload); err != nil && !isTyped(err) {
						t.Errorf("%T: %.200v", err, err)
					}
				}
			}
		})
	}
}

// TestTheMemoryOfAHugePayloadIsGivenBack checks that little memory is kept after a large
// event.
func TestTheMemoryOfAHugePayloadIsGivenBack(t *testing.T) {
	const size, most = 6 << 20, 1 << 20
	d := hostile().WithHandler("Shop.Typed")
	huge := event("shop", "y", `{"tags":[`+strings.Repeat(`"\u00e9",`, size/10)+`1]}`)
	before := inUse()
	_, _ = invoke(t, d, huge) // what comes of it doesn't matter here
	if more := inUse() - before; more > most {
		t.Errorf("after an event of %d bytes, %d more are in use", len(huge), more)
	}
	runtime.KeepAlive(huge)
}

// inUse returns the size of the memory that is in use after a garbage collection.
func inUse() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // a sync.Pool lets go in the second one
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestPayloadsCutOff checks that an incomplete event is an error, wherever it ends.
func TestPayloadsCutOff(t *testing.T) {
	whole := event("aws.ec2", "AWS API Call via CloudTrail", record)
	for _, payload := range []string{whole, enveloped("ShopTyped", whole)} {
		for n := range payload {
			s := &shop{}
			_, err := invoke(t, s.dispatcher(), payload[:n])
			if _, foreign := errors.AsType[*jobs.ForeignPayloadError](err); !foreign || s.ran != nil {
				t.Fatalf("cut to %d bytes: ran %v, %v", n, s.ran, err)
			}
		}
	}
}
