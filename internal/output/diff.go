package output

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// noFile is the name of a missing file, as diff and git write it.
const noFile = "/dev/null"

// Diff writes what Apply would change, as unified diffs: a missing file is all
// additions, one to be removed all deletions. After each CloudFormation or SAM
// template it says what the change means for the stack, and after a JSON document how the
// conditions of rules, schedules and functions change. It writes nothing if
// nothing is stale.
func (p *Plan) Diff(w io.Writer) error {
	for _, c := range p.Stale() {
		if _, err := io.WriteString(w, c.diff()); err != nil {
			return err
		}
	}
	return nil
}

func (c Change) diff() string {
	text := c.unified()
	if means := c.cloudChanges(); len(means) > 0 {
		text += "\nIn the cloud, " + c.Name + ":\n"
		for _, line := range means {
			text += "  " + line + "\n"
		}
		text += "\n"
	}
	return text
}

func (c Change) unified() string {
	from, to := c.Name, c.Name
	switch c.Op {
	case Create:
		from = noFile
	case Remove:
		to = noFile
	}
	before, after := c.Texts()
	if bytes.IndexByte(before, 0) >= 0 || bytes.IndexByte(after, 0) >= 0 {
		return fmt.Sprintf("Binary files %s and %s differ\n", from, to)
	}
	if text := udiff.Unified(from, to, string(before), string(after)); text != "" {
		return text
	}
	return fmt.Sprintf("--- %s\n+++ %s\n", from, to) // an empty file comes or goes
}

func (c Change) cloudChanges() []string {
	switch strings.ToLower(filepath.Ext(c.Path)) {
	case ".yaml", ".yml":
		return CloudChanges(c.Texts())
	case ".json":
		return documentConditions(c.Texts())
	}
	return nil
}
