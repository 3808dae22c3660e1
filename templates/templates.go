// Package templates holds the form of the generated rule files, a text/template
// for each. They show at a glance what comes out; values are encoded by the
// functions that package gen gives them, in each file's own language, and are
// never pasted in as they are.
package templates

import "embed"

// FS holds the templates by file name.
//
//go:embed *.tmpl
var FS embed.FS
