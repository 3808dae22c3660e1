// Package templates holds a text/template for each of the generated rule files. The
// functions of package gen encode all values in the file's language.
package templates

import "embed"

// FS holds the templates by file name.
//
//go:embed *.tmpl
var FS embed.FS
