// Package parse turns Go packages with //jobs: directives into models and
// diagnostics. It is the first of three steps: parse, model, gen.
//
// # What is read
//
// A package's own files, as they are built for Lambda (GOOS is linux unless the
// environment says otherwise): not test files, not files that build constraints
// leave out, not the generated file, for which a stub stands while the package
// is loaded. Only directories whose files hold something of jobgen's are given
// to the go command; what they import comes from export data.
//
// # Where directives stand
//
// A directive is a line //jobs:name args in the doc comment of a method, of its
// receiver's type, or of the package. Every comment of every file is looked at:
// a directive that hangs on nothing it can be on, an unknown name, and a comment
// that nearly is a directive (// jobs:rate, //Jobs:rate) are findings. How
// arguments are written is told by package directive.
//
// # How lines make rules
//
// The lines of a method are read top down:
//
//   - event_rule opens a rule and sets its properties.
//   - event_pattern {…} is a whole pattern, rate and cron are a schedule: each
//     fills the rule that is open, or opens the method's one rule.
//   - event_pattern path: [values], … is a piece. The pieces of a rule
//     accumulate: different fields AND, the same field's values OR.
//   - A rule has one form: a whole pattern, or pieces, or a schedule.
//   - function, iam_policy and allow say something of the method, not of a rule.
//
// A rule's id is its type and method; where a method has several rules, each
// gives its own. The jobs tags on the type that a handler decodes join the
// pattern of every rule whose handler takes the type.
//
// # What is checked
//
// The pattern's grammar and limits (package pattern), schedules (internal/schedule),
// properties (internal/directive), inputs (internal/target), handlers' signatures,
// names; then the pattern against all that says what its events hold: the
// handler's Go type by encoding/json's rules, the catalog of AWS events, schemas
// that the user gave. Last come the rules against each other. All findings of a
// run are collected; each is told at its own place: a
// value at its first byte, a key or operator at its name, a signature at the
// method's name.
package parse
