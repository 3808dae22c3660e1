// Package scaffold decides what a folder needs for a first job: where its files go, which
// lines are missing, and how the module gets jobgen as a tool. It reads the folder and runs
// the go command; internal/output writes the files.
package scaffold

// The module and the command that a user's module requires.
const (
	jobgenModule = "github.com/jobgen/jobgen"
	jobgenTool   = jobgenModule + "/cmd/jobgen"
)
