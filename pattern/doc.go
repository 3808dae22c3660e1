// Package pattern is the language of Amazon EventBridge's event patterns: it
// parses and checks them, matches events against them, and says why one does
// not match.
package pattern
