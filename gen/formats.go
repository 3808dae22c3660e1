package gen

import "github.com/jobgen/jobgen/internal/model"

// format is a kind of rule file.
type format struct {
	name   string // value of the -format flag
	file   string // base name of the file
	render func(*stack) ([]byte, error)
}

// formats are in the order in which their files are generated.
var formats = []format{
	{"cloudformation", "jobs.cfn.yaml", renderCloudFormation},
	{"sam", "jobs.sam.yaml", renderSAM},
	{"terraform", "jobs.tf", renderTerraform},
	{"serverless", "jobs.serverless.yml", renderServerless},
	{"json", "jobs.rules.json", renderJSON},
}

// Formats returns the names of the rule files' formats, in the order in which
// Generate returns their files.
func Formats() []string {
	return each(formats, func(f format) string { return f.name })
}

// each returns what f returns for each item.
func each[T, U any](items []T, f func(T) U) []U {
	var out []U
	for _, item := range items {
		out = append(out, f(item))
	}
	return out
}

// FileNames returns the base name of every file that jobgen may write next to a
// package, whatever the options.
func FileNames() []string {
	return append([]string{model.DispatcherFile}, each(formats, func(f format) string { return f.file })...)
}
