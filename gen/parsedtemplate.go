package gen

import (
	"sync"
	"text/template"

	"github.com/jobgen/jobgen/templates"
)

// parsed holds the templates of rule files by the names of their first files. Each is parsed
// once, for all packages.
var parsed sync.Map

// parsedTemplate returns a template of jobgen's own, which consists of one or more files,
// with functions. The functions' names are the same in each call.
func parsedTemplate(funcs template.FuncMap, files ...string) (*template.Template, error) {
	t, ok := parsed.Load(files[0])
	if !ok {
		first, err := template.New(files[0]).Funcs(funcs).ParseFS(templates.FS, files...)
		if err != nil {
			return nil, err
		}
		t, _ = parsed.LoadOrStore(files[0], first)
	}
	own, err := t.(*template.Template).Clone()
	if err != nil {
		return nil, err
	}
	return own.Funcs(funcs), nil
}
