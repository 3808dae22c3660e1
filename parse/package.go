package parse

import (
	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
)

// read is what one loaded package says.
type read struct {
	out    *lint.Package
	diags  *diag.List
	allows []*attach.Allow
	// hasJobs says that the model has jobs, broken that the package's syntax is of no use.
	hasJobs, broken bool
}

// readPackage turns one loaded package into its model, with what the checks read besides.
// Known has values of parameters, as if they were written in the directives.
func readPackage(cfg Config, pkg *load.Package, l *load.Loader, known map[string]string) *read {
	r := &read{diags: &diag.List{}, out: &lint.Package{
		Package:    &model.Package{Path: pkg.PkgPath, Name: pkg.Name, Dir: pkg.Dir, Params: map[string]model.Pos{}},
		StructTags: structTags(pkg), Settings: lint.Properties{},
	}}
	if r.broken = pkg.Broken(r.diags); r.broken {
		return r
	}
	attached := attach.Files(pkg.Fset, pkg.Files, r.diags)
	r.allows = attached.Allows
	properties := propertyReader{r.diags, references{r.out}, known}
	readSettings(cfg, attached.Declarations, r.out, properties)
	jobs := &jobReader{
		pkg: pkg, declarations: attached.Declarations, out: r.out, diags: r.diags, attempted: map[string]bool{},
		rules: newRuleReader(cfg, pkg, l, r.out.Package, properties),
	}
	jobs.read()
	built := commonConstraint(jobFiles(attached.Declarations), r.diags)
	r.out.Constraint = builds.Text(built)
	if len(jobs.attempted) > 0 {
		r.diags.Add(attached.Near...)
	}
	if r.hasJobs = len(r.out.Receivers) > 0; r.hasJobs {
		r.out.Declared = declaredNames(pkg, l.Sources, built)
		r.out.Imports, r.out.Types = importsOf(pkg, r.out.Declared)
	}
	r.out.Prerequisites = lint.Prerequisites(r.out)
	r.out.Incomplete = r.diags.HasErrors()
	return r
}

func newRuleReader(cfg Config, pkg *load.Package, l *load.Loader, out *model.Package, properties propertyReader) *ruleReader {
	json := gotypes.NewJSONRules(func() bool { return l.ModernJSON(pkg.Dir) })
	fields := gotypes.NewFieldReader(pkg.Package, l.Sources, json, properties.report)
	return &ruleReader{
		propertyReader: properties, pkg: out, now: cfg.Now, shapes: gotypes.NewShapes(fields),
		tags:  &tagJoiner{types: fields, report: properties.report, malformed: map[model.Pos]bool{}},
		facts: &lint.Facts{Schemas: cfg.Schemas, Now: cfg.Now},
	}
}

// structTags returns the jobs tags in a package's files.
func structTags(pkg *load.Package) []lint.StructTag {
	var all []lint.StructTag
	for _, f := range pkg.Files {
		for _, tag := range gotypes.TagsIn(pkg.Fset, f.Syntax) {
			all = append(all, lint.StructTag{Pos: tag.Key, Fault: tag.Fault})
		}
	}
	return all
}
