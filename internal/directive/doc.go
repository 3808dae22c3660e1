// Package directive defines jobgen's directives: their names, the declarations that
// they apply to, their properties, and the syntax of their arguments. One table
// (table.go) describes them; parsing, validation, help and the reference in docs
// use it.
//
// # Form
//
//	directive = "//jobs:" name [ space args ]
//
// It is a Go directive comment: one line, in lower case, without a space before or
// after the colon. ScanLine also finds lines that don't have this form but are
// probably meant as directives.
//
// # Arguments
//
//	package, event_rule, function   properties
//	event_pattern                   "{" … "}"  |  path ":" list { "," path ":" list }
//	rate, cron                      the text in the parentheses of AWS's form
//	iam_policy                      list of actions  |  statement
//	allow                           code "reason:" text
//	jobs struct tag                 list  |  alternative
//
// Properties, patterns, statements and lists are JSON if they parse as JSON, and
// YAML 1.2 flow style otherwise:
//
//	value   = mapping | list | text | number | true | false | null
//	mapping = "{" key ": " value { ", " key ": " value } "}"
//	list    = "[" value { ", " value } "]"
//	text    = 'single quoted' | "double quoted" | plain
//
// The outer braces of a mapping and the outer brackets of a list may be left out. In
// event_pattern, braces mark a whole pattern; without them the argument is a piece.
// Plain text ends at a comma, at a bracket, or at a colon that a space follows.
//
// Some features of YAML are usually mistakes in a single line, or are read
// differently by different parsers. They are refused, with a message that says what
// to write instead: tags, anchors, aliases, merge keys, block text, complex keys,
// duplicate keys, numbers that are not JSON numbers (0x1F, 1_000, 007, .5), True, ~,
// a comma inside plain text, an unquoted * or >=, " #", and {a:[b]} without the space.
//
// # Parameters
//
// Some properties allow parameters. In a quoted value of such a property, ${Name}
// refers to a parameter of the rule files, and $${ is a literal ${. A name consists
// of 2 to 255 letters and digits and begins with a letter. In other properties the
// text is literal.
//
// # Offsets
//
// Offsets in nodes and problems count bytes from the start of the arguments.
package directive
