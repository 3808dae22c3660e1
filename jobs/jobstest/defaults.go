package jobstest

import (
	"testing"

	"github.com/jobgen/jobgen/internal/table"
)

// A test binary uses the declared defaults of parameters. A program that imports this package
// without being a test doesn't.
func init() { table.UseDefaults = testing.Testing() }
