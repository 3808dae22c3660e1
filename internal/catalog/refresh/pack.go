package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// The files of the data directory.
const (
	specText      = "spec.txt"           // from the npm package
	callsText     = "calls.txt"          // from botocore
	enumsText     = "enums.txt"          // from botocore
	actionsText   = "actions.txt"        // from the npm package of IAM's actions
	eventsOverlay = "events.overlay.txt" // by hand
	callsOverlay  = "calls.overlay.txt"  // by hand
	samplesText   = "samples.txt"        // by hand
	valuesText    = "values.txt"         // by hand
	eventsPacked  = "events.gz"          // embedded
	callsPacked   = "calls.gz"           // embedded
	actionsPacked = "actions.gz"         // embedded
)

type dataDir string

func (d dataDir) read(name string) (string, error) {
	data, err := os.ReadFile(filepath.Join(string(d), name))
	return string(data), err
}

func (d dataDir) write(name, content string) error {
	return os.WriteFile(filepath.Join(string(d), name), []byte(content), fs.FileMode(0o644))
}

// pack joins the texts with their overlays and compresses them.
func (d dataDir) pack() error {
	texts, err := d.join()
	if err != nil {
		return err
	}
	for name, text := range texts {
		packed, err := compress(text)
		if err != nil {
			return err
		}
		if err := d.write(name, packed); err != nil {
			return err
		}
	}
	return nil
}

// join returns the texts that are packed, by the names of their files.
func (d dataDir) join() (map[string]string, error) {
	calls, err := d.joinCalls()
	if err != nil {
		return nil, err
	}
	sources, err := d.joinEvents()
	if err != nil {
		return nil, err
	}
	text, err := d.read(actionsText)
	if err != nil {
		return nil, err
	}
	actions, err := parseIAM(text).pack(calls)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", actionsText, err)
	}
	return map[string]string{
		eventsPacked:  schema.Format(addCloudTrailSources(sources, calls)),
		callsPacked:   calls.pack(),
		actionsPacked: actions,
	}, nil
}

func (d dataDir) joinCalls() (callTable, error) {
	base, err := d.read(callsText)
	if err != nil {
		return nil, err
	}
	overlay, err := d.read(callsOverlay)
	if err != nil {
		return nil, err
	}
	table := parseCalls(base)
	if err := applyCallsOverlay(table, overlay); err != nil {
		return nil, fmt.Errorf("%s: %w", callsOverlay, err)
	}
	return table, nil
}

func (d dataDir) joinEvents() ([]*schema.Source, error) {
	base, err := d.parse(specText)
	if err != nil {
		return nil, err
	}
	overlay, err := d.parseReviewed(eventsOverlay)
	if err != nil {
		return nil, err
	}
	samples, err := d.parse(samplesText)
	if err != nil {
		return nil, err
	}
	values, err := d.values()
	if err != nil {
		return nil, err
	}
	merged := merge(base, allSure(overlay), mergeField)
	merged = merge(merged, openAll(samples), joinSample)
	dropRecords(merged)
	return merge(merged, openAll(allSure(values)), addValues), nil
}

// values returns the sets of values of fields, with those of enums.
func (d dataDir) values() ([]*schema.Source, error) {
	values, err := d.parseReviewed(valuesText)
	if err != nil {
		return nil, err
	}
	text, err := d.read(enumsText)
	if err != nil {
		return nil, err
	}
	enums, err := parseEnums(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", enumsText, err)
	}
	if err := enums.resolve(values); err != nil {
		return nil, fmt.Errorf("%s: %w; run the refresh without -pack", valuesText, err)
	}
	return values, nil
}

// usedEnums returns the enums that values refer to.
func (d dataDir) usedEnums(enums enumTable) (enumTable, error) {
	values, err := d.parse(valuesText)
	if err != nil {
		return nil, err
	}
	used, err := enums.only(references(values))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", valuesText, err)
	}
	return used, nil
}

// parseReviewed is parse for a file whose paragraphs name their sources.
func (d dataDir) parseReviewed(name string) ([]*schema.Source, error) {
	text, err := d.read(name)
	if err != nil {
		return nil, err
	}
	if err := checkProvenance(text); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return d.parse(name)
}

func (d dataDir) parse(name string) ([]*schema.Source, error) {
	text, err := d.read(name)
	if err != nil {
		return nil, err
	}
	sources, err := schema.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return sources, nil
}

// compress packs without a name or a time, so that the same text gives the same
// bytes.
func compress(text string) (string, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return "", err
	}
	err = w.Close()
	return b.String(), err
}
