package parse

import (
	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// settingsReader reads the package directives.
type settingsReader struct {
	propertyReader
	out *lint.Package
	set map[string]lint.Setting
}

// readSettings reads the package directives; flags override them.
func readSettings(cfg Config, declarations []*attach.Declaration, out *lint.Package, properties propertyReader) {
	r := &settingsReader{propertyReader: properties, out: out, set: map[string]lint.Setting{}}
	for _, d := range declarations {
		if d.Target != directive.OnPackage {
			continue
		}
		for _, c := range d.Directives {
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
	addPlaces(r.out.Settings, "", c, values)
	for i := range values {
		v := &values[i]
		if v.Prop.Kind != directive.PropNamed && !r.first(r.set, c, v.Prop.Name, v.KeyOffset, "") {
			continue
		}
		switch v.Prop.Name {
		case "formats":
			r.out.Formats = plain(v.Texts)
		case "handler":
			r.out.Handler = v.String()
		case "functions":
			r.out.Layout = model.Layout(v.String())
		case "templates":
			r.templates(c, v)
		case "secrets":
			r.out.Secrets, r.out.SecretsAt = plain(v.Texts), itemPlaces(c, v.Node)
		case "terraform_module":
			r.out.TerraformModule = v.Bool
		case "forwarded":
			r.forwarded(c, v)
		case "params":
			r.parameters(c, v)
		}
	}
}

// parameters reads declarations of parameters. Several lines may have some.
func (r *settingsReader) parameters(c gosource.Line, v *directive.Value) {
	for _, e := range v.Named {
		if !r.first(r.set, c, v.Prop.Name+"."+e.Name, e.KeyOffset, "") {
			continue
		}
		p := &model.Parameter{Name: e.Name, Pos: c.At(e.KeyOffset)}
		if d := e.Values.Get("default"); d != nil {
			p.Default = plain(d.Texts)
			p.List = d.Node.Kind == directive.List
		}
		if a := e.Values.Get("allowed"); a != nil {
			p.Allowed = plain(a.Texts)
		}
		r.out.Parameters = append(r.out.Parameters, p)
	}
}

// templates reads the names of the package's templates.
func (r *settingsReader) templates(c gosource.Line, v *directive.Value) {
	places := itemPlaces(c, v.Node)
	for i, name := range plain(v.Texts) {
		r.out.Templates = append(r.out.Templates, model.Template{Name: name, Pos: places[i]})
	}
}

// forwarded reads the names of the buses that AWS's events are forwarded to.
func (r *settingsReader) forwarded(c gosource.Line, v *directive.Value) {
	places := itemPlaces(c, v.Node)
	for i, name := range plain(v.Texts) {
		r.out.Forwarded = append(r.out.Forwarded, lint.Text{Text: name, Pos: places[i]})
	}
}

// plain returns texts that have no parameters.
func plain(texts []model.Text) []string {
	var all []string
	for _, text := range texts {
		s, _ := text.Plain()
		all = append(all, s)
	}
	return all
}
