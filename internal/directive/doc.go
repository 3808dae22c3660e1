// Package directive knows jobgen's directives: their names, what they can stand
// on, their properties (table.go, the one table that parsing, validation, help
// and the README's reference come from), and how their arguments are written.
//
// # Form
//
//	directive = "//jobs:" name [ space args ]
//
// It is a Go directive comment: no space before or after the colon, in lower
// case, one line. ScanLine also finds the lines that miss the form and were most
// likely meant to be directives.
//
// # Arguments
//
//	package, event_rule, function   properties
//	event_pattern                   "{" … "}"  |  path ":" list { "," path ":" list }
//	rate, cron                      the expression, as AWS writes it in parentheses
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
// The outer braces of a mapping and the outer brackets of a list may be left
// out; in event_pattern they tell a whole pattern from a piece. Plain text ends
// at a comma, a bracket or a colon with a space behind it.
//
// The following are refused, each with a remedy, because they are usually mistakes, or
// because readers of YAML disagree on them: tags, anchors, aliases,
// merge keys, block text, complex keys, duplicate keys, numbers that JSON doesn't
// have (0x1F, 1_000, 007, .5), True, ~, a comma inside plain text, an unquoted *
// or >=, " #", and {a:[b]} without the space.
//
// # Parameters
//
// In a quoted value of a property that allows it, ${Name} refers to a parameter
// of the rule files, and $${ is a literal ${. A name is 2 to 255 letters and
// digits and begins with a letter. In any other property the text is literal.
//
// # Places
//
// Offsets in nodes and problems count bytes from the start of the arguments.
package directive
