// Package pattern implements the event patterns of Amazon EventBridge. It parses and
// checks patterns, matches events against them, explains why an event doesn't match,
// and compares patterns with each other. It uses no module besides the standard
// library.
//
// # Language
//
// A pattern is a JSON object. It lists alternatives for fields. An event matches if
// each of these fields has a value that one of the alternatives matches.
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
// The grammar and limits are those of the EventBridge user guide (the pages on event
// patterns and on comparison operators) and of the service's API model. For details
// that these don't mention, they are those of the matcher that AWS publishes.
//
//   - Fields are joined by AND, alternatives by OR. The branches of $or are joined by
//     OR, and the whole $or is joined to the other fields by AND. $or is allowed at any
//     depth. It is an operator only if its value is a list of two or more objects and
//     none of them has an operator's name as a key. Otherwise it is an ordinary field,
//     with a warning.
//   - If a field is in a branch of $or and also before the $or, the branch's
//     alternatives replace the earlier ones. If it is after the $or, its alternatives
//     replace those of the branches.
//   - Keys are joined with dots, in patterns and in events: {"a": {"b": …}} and
//     {"a.b": …} are the same field.
//   - If an object has a key twice, the last value counts, in patterns (with a warning)
//     and in events.
//   - Strings are compared by their characters, after escapes are resolved.
//   - Numbers are compared as 64-bit floats: 300, 300.0 and 3.0e2 are equal. A number is
//     compared only if it equals the shortest decimal of its float. 9007199254740993 and
//     1e-400 don't: in numeric and anything-but they are invalid, as a literal they match
//     only the same spelling (with a warning), and in an event they match no numeric.
//   - Operators on strings don't match numbers. anything-but matches every value of any
//     type except its operands. It does not match a missing field.
//   - exactly means the same as a string without an operator. AWS's matcher supports
//     it; the user guide doesn't mention it.
//   - equals-ignore-case matches the lower and the upper case of each character of the
//     pattern: ß in the pattern matches ß and SS, but SS doesn't match ß.
//   - In a wildcard, a star matches any text. A backslash makes a star or a backslash
//     literal.
//   - cidr matches strings that are addresses. A mask has 0 to 31 bits for IPv4, and up
//     to 127 for IPv6.
//   - exists looks at leaf values: strings, numbers, booleans and null. Objects and
//     empty lists do not count as present.
//
// # Lists in events
//
// A field whose value is a list has the values of all elements, and one matching value
// is enough. In a list of objects, all fields of a pattern must match in the same
// element, at every depth.
//
// For exists:false the order of the fields matters. Fields are tested in the order of
// their full names, by UTF-16 code units. If an earlier field has matched in an element
// of a list, a field with exists:false must be absent from that element. Otherwise it
// must be absent from all elements.
//
// # Oddities
//
// This package also reproduces unintended behaviour of EventBridge's matcher, because
// otherwise a rule could match in tests and not in production.
//
//   - Addresses are compared by their hexadecimal digits, and only up to the first digit that
//     decides. So a cidr block can match an address of the other family (2001:db8::1 is in
//     0.0.0.0/0) and a number (1.5 is in 0.0.0.0/0). Numbers are compared with numbers if the
//     field has a number or numeric.
//   - A string that is an address, without an operator, matches every spelling of the
//     address: "10.0.0.7" matches 010.000.000.007. It is compared like a cidr block of this
//     address.
//   - equals-ignore-case never matches a character beyond U+FFFF (with a warning).
//
// # Events
//
// An event is valid if encoding/json's Valid accepts it, including the parts that no
// pattern refers to. A string that is not valid UTF-8 is compared byte by byte, so it
// equals no text of a pattern, which must be UTF-8. An escaped half of a surrogate pair
// is read as U+FFFD. The package doesn't restrict the top-level fields.
//
// # Speed
//
// A [Set] matches an event against many patterns in one pass over its bytes. It builds
// no tree, and after the first events it doesn't allocate. Package jobs uses the same
// code. BENCHMARKS.md has figures.
package pattern
