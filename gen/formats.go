package gen

// format is a kind of rule file.
type format struct {
	name   string // as the -format flag has it
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
	names := make([]string, 0, len(formats))
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// FileNames returns the base name of every file that jobgen may write next to a
// package, whatever the options.
func FileNames() []string {
	names := []string{DispatcherFile}
	for _, f := range formats {
		names = append(names, f.file)
	}
	return names
}
