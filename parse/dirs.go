package parse

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/parallel"
)

// dirRead is what a loaded directory says.
type dirRead struct {
	packages []*read
	variants []*variant
	// diags are the findings about files that the packages don't have.
	diags diag.List
	// unread says that there are rules which can't be read.
	unread bool
	err    error
}

// read reads the packages of directories, several directories at a time.
func (r *run) read(dirs []*load.Dir) error {
	all := make([]dirRead, len(dirs))
	parallel.Do(len(dirs), func(i int) { all[i] = r.readDir(dirs[i]) })
	for i, d := range dirs {
		if err := all[i].err; err != nil {
			return err
		}
		r.add(d, &all[i])
	}
	return nil
}

// readDir reads the packages of a directory. It changes nothing of the run.
func (r *run) readDir(d *load.Dir) dirRead {
	if len(d.Packages) == 0 {
		return dirRead{unread: true} // load has reported why
	}
	var dir dirRead
	for _, pkg := range d.Packages {
		p := readPackage(r.cfg, pkg, r.loader, nil)
		dir.packages = append(dir.packages, p)
		dir.variants = append(dir.variants, readVariants(r.cfg, pkg, r.loader, p.out)...)
		dir.unread = dir.unread || p.broken
	}
	d.ReportOutside(&dir.diags)
	if !dir.unread {
		dir.unread, dir.err = r.loader.ReportLeftOut(d, &dir.diags)
	}
	return dir
}

// add adds what a directory says to the run.
func (r *run) add(d *load.Dir, dir *dirRead) {
	hasJobs := false
	for _, p := range dir.packages {
		r.packages = append(r.packages, p.out)
		r.allows = append(r.allows, p.allows...)
		r.res.Diagnostics.Add(p.diags.Sorted()...)
		if p.hasJobs {
			hasJobs = true
			r.res.Packages = append(r.res.Packages, p.out.Package)
		}
	}
	if len(dir.packages) > 0 && !hasJobs {
		r.res.Jobless = append(r.res.Jobless, d.Path)
	}
	r.variants = append(r.variants, dir.variants...)
	r.res.Diagnostics.Add(dir.diags.Sorted()...)
	r.unread = r.unread || dir.unread
}
