package parse

import (
	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// settingsReader reads the package directives.
type settingsReader struct {
	propertyReader
	out *lint.Package
	set map[string]model.Pos // where each property is set
}

// readSettings reads the package directives; flags override them.
func readSettings(cfg Config, declarations []*attach.Declaration, out *lint.Package, properties propertyReader) {
	r := &settingsReader{propertyReader: properties, out: out, set: map[string]model.Pos{}}
	for _, h := range declarations {
		if h.Target != directive.OnPackage {
			continue
		}
		for _, c := range h.Directives {
			r.line(c)
		}
	}
	if len(cfg.Formats) > 0 {
		out.Formats = cfg.Formats
	}
	if len(out.Formats) == 0 {
		out.Formats = []string{DefaultFormat}
	}
	if cfg.Layout != "" {
		out.Layout = cfg.Layout
	}
	if out.Layout == "" {
		out.Layout = model.PerMethod
	}
}

func (r *settingsReader) line(c gosource.Line) {
	values := r.properties(c)
	for i := range values {
		v := &values[i]
		if r.isSet(c, v) {
			continue
		}
		switch v.Prop.Name {
		case "formats":
			for _, text := range v.Texts {
				name, _ := text.Plain()
				r.out.Formats = append(r.out.Formats, name)
			}
		case "handler":
			r.out.Handler = v.String()
		case "functions":
			r.out.Layout = model.Layout(v.String())
		case "templates":
			r.templates(c, v)
		case "secrets":
			r.secrets(c, v)
		}
	}
}

// isSet reports whether a property was set before, which is a finding.
func (r *settingsReader) isSet(c gosource.Line, v *directive.Value) bool {
	before, ok := r.set[v.Prop.Name]
	if !ok {
		r.set[v.Prop.Name] = c.At(v.KeyOffset)
		return false
	}
	r.report.Add(diag.New(diag.PropTwice, c.At(v.KeyOffset), "%s is set twice; keep one of the two", v.Prop.Name).
		Relate(before, "it is set here first"))
	return true
}

// templates reads the names of the package's templates.
func (r *settingsReader) templates(c gosource.Line, v *directive.Value) {
	for i, text := range v.Texts {
		name, _ := text.Plain()
		node := v.Node
		if node.Kind == directive.List {
			node = node.Items[i]
		}
		r.out.Templates = append(r.out.Templates, model.Template{Name: name, Pos: c.At(node.Offset)})
	}
}

// secrets reads the names of the parameters that are secrets.
func (r *settingsReader) secrets(c gosource.Line, v *directive.Value) {
	for i, text := range v.Texts {
		name, _ := text.Plain()
		r.out.Secrets = append(r.out.Secrets, name)
		r.out.SecretsAt = append(r.out.SecretsAt, c.At(v.Node.Items[i].Offset))
	}
}
