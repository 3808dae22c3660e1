package catalog

import (
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

//go:embed data/events.gz
var packedEvents string

//go:embed data/calls.gz
var packedCalls string

//go:embed data/cloudtrail.txt
var recordText string

// unpacked counts the parts that were unpacked.
var unpacked atomic.Int32

// Unpacked returns how many of the catalog's three parts were unpacked so far.
func Unpacked() int { return int(unpacked.Load()) }

// unpack decompresses embedded data. It panics if the data is damaged, which only a
// wrong build can cause.
func unpack(name, packed string) string {
	unpacked.Add(1)
	r, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		panic(fmt.Sprintf("catalog: embedded %s is broken: %v", name, err))
	}
	var text strings.Builder
	text.Grow(int(binary.LittleEndian.Uint32([]byte(packed[len(packed)-4:])))) // the length that gzip writes behind the data
	if _, err := io.Copy(&text, r); err != nil {
		panic(fmt.Sprintf("catalog: embedded %s is broken: %v", name, err))
	}
	return text.String()
}

// events is the unpacked part of the catalog that knows sources, detail-types
// and fields.
var events = sync.OnceValue(func() *eventIndex { return indexEvents(unpack("events", packedEvents)) })

// eventIndex finds events by source and by detail-type. The fields of an event are
// parsed at their first use.
type eventIndex struct {
	names        []string // of sources, sorted
	sources      map[string]*sourceEntry
	byDetailType map[string][]string // sources, sorted
}

type sourceEntry struct {
	cloudTrail bool
	// events holds the detail-types, sorted, with the text of their fields.
	events []schema.Block
	// types are all detail-types, sorted, with those that CloudTrail adds.
	types []string
}

func (s *sourceEntry) event(detailType string) (schema.Block, bool) {
	i, ok := slices.BinarySearchFunc(s.events, detailType, func(b schema.Block, name string) int {
		return strings.Compare(b.Head, name)
	})
	if !ok {
		return schema.Block{}, false
	}
	return s.events[i], true
}

func indexEvents(text string) *eventIndex {
	index := &eventIndex{sources: make(map[string]*sourceEntry), byDetailType: make(map[string][]string)}
	for _, block := range schema.Split(text, 0) {
		name, mark, _ := strings.Cut(block.Head, " ")
		s := &sourceEntry{cloudTrail: mark == "cloudtrail", events: schema.Split(block.Body, 1)}
		s.types = slices.Clip(s.detailTypes())
		index.sources[name] = s
		index.names = append(index.names, name)
		for _, e := range s.events {
			index.byDetailType[e.Head] = append(index.byDetailType[e.Head], name)
		}
	}
	return index
}

// calls is the unpacked part of the catalog that knows CloudTrail's names, by
// event source.
var calls = sync.OnceValue(func() map[string]*callEntry { return indexCalls(unpack("calls", packedCalls)) })

// callEntry holds an event source's calls, which are parsed at their first use.
type callEntry struct {
	body string
	once sync.Once
	// names are the names that CloudTrail records.
	names map[string]bool
	// recordedAs maps an API's name that CloudTrail never records to the one that it
	// records.
	recordedAs map[string]string
}

func indexCalls(text string) map[string]*callEntry {
	index := make(map[string]*callEntry)
	for _, block := range schema.Split(text, 0) {
		index[block.Head] = &callEntry{body: block.Body}
	}
	return index
}

func (e *callEntry) parse() *callEntry {
	e.once.Do(func() {
		e.names, e.recordedAs = make(map[string]bool), make(map[string]string)
		for _, call := range schema.ParseCalls(e.body) {
			name, api, replaces := strings.Cut(call, "<")
			e.names[name] = true
			if replaces {
				e.recordedAs[api] = name
			}
		}
	})
	return e
}

func (e *callEntry) sorted() []string { return slices.Sorted(maps.Keys(e.names)) }
