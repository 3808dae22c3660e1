// Package gotypes says what Go types mean for jobs: which JSON encoding/json decodes
// into a type, how the generator writes a type down, which kind of event a
// parameter takes, and which struct tags a type has for jobgen.
//
// It reads a user's types as go/types has them. What other packages declare comes
// from export data, which has no columns and no comments; positions of struct tags
// are looked up in the source.
package gotypes
