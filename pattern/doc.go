// Package pattern is the language of Amazon EventBridge's event patterns: it
// parses and checks them, matches events against them, says why one does not
// match, and compares them with each other. It depends on the standard library
// alone.
//
// # Language
//
// A pattern is a JSON object. An event matches it if every field that the
// pattern names has, in the event, a value that one of its alternatives takes.
//
//	pattern     = object
//	object      = "{" member { "," member } "}"
//	member      = key ":" ( object | list ) | `"$or"` ":" "[" object "," object { "," object } "]"
//	list        = "[" alternative { "," alternative } "]"
//	alternative = string | number | "true" | "false" | "null" | "{" operator "}"
//	operator    = `"exactly"`            ":" string
//	            | `"prefix"`             ":" ( string | "{" `"equals-ignore-case"` ":" string "}" )
//	            | `"suffix"`             ":" ( string | "{" `"equals-ignore-case"` ":" string "}" )
//	            | `"equals-ignore-case"` ":" string
//	            | `"wildcard"`           ":" string
//	            | `"cidr"`               ":" string
//	            | `"exists"`             ":" ( "true" | "false" )
//	            | `"numeric"`            ":" "[" comparison "]"
//	            | `"anything-but"`       ":" negated
//	comparison  = ( `"="` | `"<"` | `"<="` | `">"` | `">="` ) "," number
//	            | ( `">"` | `">="` ) "," number "," ( `"<"` | `"<="` ) "," number
//	negated     = string | number | "[" strings or numbers "]"
//	            | "{" ( `"prefix"` | `"suffix"` | `"equals-ignore-case"` | `"wildcard"` ) ":" ( string | "[" strings "]" ) "}"
//
// The grammar and limits are those of the EventBridge user guide (the pages on
// event patterns and on comparison operators) and of the service's API model,
// and where those are silent, those of the matcher that AWS publishes.
//
//   - Fields are joined by AND, alternatives by OR. $or joins its branches by OR
//     and takes part in the AND; it may stand at any depth. It is the operator
//     only with two or more objects none of which has an operator's word as a
//     key, and an ordinary field otherwise, with a warning.
//   - A field in a branch of $or replaces one of the same name before it, and one
//     behind $or replaces those in the branches: the two are not both demanded.
//   - Keys are joined with dots, in patterns and events: {"a": {"b": …}} and
//     {"a.b": …} are the same field.
//   - Of a key that comes twice in an object, the last value counts, in patterns
//     (with a warning) and events.
//   - Strings are compared by their characters, after escapes are resolved.
//   - Numbers are compared as 64-bit floats: 300, 300.0 and 3.0e2 are equal. One
//     of more than 17 significant digits, or too large, only equals its own
//     spelling.
//   - Operators on strings don't take numbers; anything-but takes values of any
//     type that are not what it names, but not the want of a value.
//   - exactly, which the user guide doesn't name and AWS's matcher takes, is what a
//     string without an operator is.
//   - equals-ignore-case takes, for each character of the pattern, its lower and
//     its upper case: a pattern's ß takes ß and SS, but SS doesn't take ß.
//   - In a wildcard a star stands for any text, a backslash makes a star or a
//     backslash literal.
//   - cidr takes strings that are addresses. A mask is from 0 to 31 for IPv4, to
//     127 for IPv6.
//   - exists tells of values that are no objects and no lists; null is one. An
//     empty list has none.
//
// # Lists in events
//
// A list in an event has the values of all its elements, and one that fits is
// enough. Of a list of objects, fields of one pattern must find their values in
// the same element, at every depth.
//
// With exists:false it matters which field comes first, in the order of their
// whole names (by UTF-16 code units). A field whose want is asked for after one
// that found its value in an element of a list must be absent from this element;
// one that comes before any such must be absent from all elements.
//
// # Oddities
//
// Some of what EventBridge's matcher does is an accident, and is done here too,
// because a verdict that differs from AWS's is a rule that fires in tests and
// not in production. A block of addresses takes numbers whose digits, read as
// hexadecimal ones, are in it (1.5 is in 0.0.0.0/0), unless the field also
// compares numbers.
//
// # Events
//
// The grammar of events is that of encoding/json's Valid, to the last byte, in
// the parts that no pattern asks for too. Strings that are not UTF-8 are taken
// as they are, byte for byte, and so equal no text of a pattern, which must be
// UTF-8; an escaped half of a surrogate pair stands for U+FFFD. The package
// knows no envelope: any field may stand at the top.
//
// # Speed
//
// A [Set] matches an event against many patterns at once, in one pass over its
// bytes, without building a tree and, in the steady state, without allocating. The
// package jobs matches with the same code. BENCHMARKS.md has figures.
package pattern
