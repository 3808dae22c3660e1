package large

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// shape is the size of a synthetic module.
type shape struct {
	packages int // all of them
	withJobs int // those that have jobs
	jobs     int // of each package with jobs
	rule     func(pkg, job int) string
}

// files returns the module's sources. Each package has two files of ordinary code, imports
// packages of the standard library and up to two other packages of the module, as the
// packages of an application do. Every nth package has jobs too.
func (s shape) files() map[string]string {
	all := map[string]string{}
	every := s.packages / s.withJobs
	for i := range s.packages {
		dir := dirOf(i)
		all[dir+"/store.go"] = fmt.Sprintf(storeFile, i)
		all[dir+"/service.go"] = serviceFile(i)
		if i%every == 0 && i/every < s.withJobs {
			all[dir+"/jobs.go"] = s.jobsFile(i)
		}
	}
	return all
}

func dirOf(i int) string { return fmt.Sprintf("internal/area%d/p%d", i/20, i) }

// storeFile is a file that uses the standard library alone; %d is the package's number.
const storeFile = `package p%[1]d

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// ErrMissing is the error for a record that the store doesn't have.
var ErrMissing = errors.New("p%[1]d: no such record")

// Record is one record.
type Record struct {
	ID      string            ` + "`json:\"id\"`" + `
	Kind    string            ` + "`json:\"kind\"`" + `
	Labels  map[string]string ` + "`json:\"labels,omitempty\"`" + `
	Created time.Time         ` + "`json:\"created\"`" + `
}

// Store keeps records in memory, and reads others from a server.
type Store struct {
	mu      sync.RWMutex
	records map[string]Record
	client  *http.Client
	base    string
}

// NewStore returns a store without records.
func NewStore(client *http.Client, base string) *Store {
	return &Store{records: map[string]Record{}, client: client, base: strings.TrimSuffix(base, "/")}
}

// Put adds a record, or replaces it.
func (s *Store) Put(r Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Created.IsZero() {
		r.Created = time.Now()
	}
	s.records[r.ID] = r
}

// Get returns a record from memory or from the server.
func (s *Store) Get(ctx context.Context, id string) (Record, error) {
	s.mu.RLock()
	r, ok := s.records[id]
	s.mu.RUnlock()
	if ok {
		return r, nil
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/"+id, nil)
	if err != nil {
		return Record{}, fmt.Errorf("record %%s: %%w", id, err)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return Record{}, fmt.Errorf("record %%s: %%w", id, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNotFound {
		return Record{}, ErrMissing
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return Record{}, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return Record{}, fmt.Errorf("record %%s: %%w", id, err)
	}
	s.Put(r)
	return r, nil
}
`

// serviceFile returns a file that imports up to two packages of the module.
func serviceFile(i int) string {
	var imports, fields, calls strings.Builder
	for _, other := range []int{i / 2, i / 3} {
		if other < 0 || other >= i || strings.Contains(imports.String(), fmt.Sprintf("/p%d\"", other)) {
			continue
		}
		fmt.Fprintf(&imports, "\n\t%q", testmodule.Path+"/"+dirOf(other))
		fmt.Fprintf(&fields, "\tstore%[1]d *p%[1]d.Store\n", other)
		fmt.Fprintf(&calls, "\tif r, err := s.store%[1]d.Get(ctx, id); err == nil {\n\t\tkinds = append(kinds, r.Kind)\n\t}\n", other)
	}
	return fmt.Sprintf(`package p%d

import (
	"context"
	"log/slog"
	"slices"
%s
)

// Service finds records in several stores.
type Service struct {
	own *Store
%s}

// Kinds returns the kinds of the records with an id.
func (s *Service) Kinds(ctx context.Context, id string) []string {
	var kinds []string
%s	if r, err := s.own.Get(ctx, id); err == nil {
		kinds = append(kinds, r.Kind)
	} else {
		slog.InfoContext(ctx, "no record", "id", id, "error", err)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
`, i, imports.String(), fields.String(), calls.String())
}

// jobsFile returns the file with a package's jobs.
func (s shape) jobsFile(i int) string {
	settings := "functions: package"
	if s.jobs > 100 {
		settings += ", formats: [terraform]" // a CloudFormation template has 500 resources at most
	}
	var b strings.Builder
	fmt.Fprintf(&b, `// Package p%d has jobs.
//
//jobs:package %[5]s
package p%[1]d

import (
	"context"

	"github.com/jobgen/jobgen/jobs"
)

// Jobs%[1]d handles events.
//
//jobs:function timeout: 30s, memory: 256
type Jobs%[1]d struct{ service *Service }

// Detail is the detail of the application's own events.
type Detail struct {
	State string  %[2]s
	Key   string  %[3]s
	Total float64 %[4]s
}
`, i, "`json:\"state\"`", "`json:\"key\"`", "`json:\"total\"`", settings)
	for job := range s.jobs {
		rule := s.rule(i, job)
		event := "jobs.Event[Detail]"
		if strings.Contains(rule, "[aws.") {
			event = "jobs.Event[map[string]any]"
		}
		fmt.Fprintf(&b, `
// Handle%d handles an event.
//
//jobs:event_pattern %s
func (j *Jobs%d) Handle%[1]d(ctx context.Context, e %[4]s) error {
	for _, kind := range j.service.Kinds(ctx, e.ID) {
		j.service.own.Put(Record{ID: e.ID, Kind: kind})
	}
	return nil
}
`, job, rule, i, event)
	}
	return b.String()
}

// anyRule returns a rule for one of AWS's events, or for every second job one for an event of
// the application.
func anyRule(pkg, job int) string {
	if job%2 == 0 {
		return fmt.Sprintf("{source: [shop.p%d], detail-type: [Type %d], detail: {state: [placed, paid]}}", pkg, job)
	}
	names := eventNames()
	name := names[(31*pkg+job)%len(names)]
	return fmt.Sprintf("{source: [%s], detail-type: [%q], account: ['%012d']}", name[0], name[1], pkg*1000+job)
}

var eventNames = func() func() [][2]string {
	var all [][2]string
	return func() [][2]string {
		if all == nil {
			for _, source := range catalog.Sources() {
				for _, detailType := range catalog.DetailTypes(source) {
					all = append(all, [2]string{source, detailType})
				}
			}
		}
		return all
	}
}()

// apart returns rules of one source that no event fires together, of six kinds.
func apart(pkg, job int) string {
	n := pkg*1000 + job
	switch n % 6 {
	case 0:
		return fmt.Sprintf("{source: [shop], detail-type: [Type %d]}", n)
	case 1:
		return fmt.Sprintf("{source: [shop], detail-type: [state], detail: {state: [s%d]}}", n)
	case 2:
		return fmt.Sprintf("{source: [shop], detail-type: [prefix], detail: {key: [{prefix: tenant%d/}]}}", n)
	case 3:
		return fmt.Sprintf("{source: [shop], detail-type: [suffix], detail: {key: [{suffix: -%d.csv}]}}", n)
	case 4:
		return fmt.Sprintf("{source: [shop], detail-type: [total], detail: {total: [{numeric: ['>=', %d, '<', %d]}]}}", n, n+1)
	}
	return fmt.Sprintf("{source: [shop], detail-type: [both], detail: {state: [s%d], key: [{prefix: k%d/}]}}", n%97, n/97)
}

// together returns rules of one source, each of which shares events with most others.
func together(pkg, job int) string {
	n := pkg*1000 + job
	switch n % 3 {
	case 0:
		return fmt.Sprintf("{source: [shop], detail: {state: [{anything-but: s%d}]}}", n)
	case 1:
		return fmt.Sprintf("{source: [shop], detail: {key: [{wildcard: '*/%d/*'}]}}", n)
	}
	return fmt.Sprintf("{source: [shop], detail: {total: [{numeric: ['>=', %d]}]}}", n)
}

// newModule writes a module of a shape with its generated files.
func newModule(b *testing.B, module *testmodule.Module, jobgen string, s shape) string {
	b.Helper()
	dir := module.Dir(b, s.files())
	command(b, module, dir, jobgen, "./...").run()
	return dir
}

// jobgen returns a jobgen that is built from this repository, or the one that JOBGEN names, to
// compare another version.
func jobgen(b *testing.B, module *testmodule.Module) string {
	b.Helper()
	if path := os.Getenv("JOBGEN"); path != "" {
		return path
	}
	path := filepath.Join(b.TempDir(), "jobgen")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "./cmd/jobgen")
	cmd.Dir = module.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}
