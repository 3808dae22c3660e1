// Package parse turns Go packages with //jobs: directives into models and
// diagnostics. It is the first of three steps: parse, model, gen.
//
// The package is a part of the command jobgen: its models are internal, and it may
// change with every release.
//
// # Order of one run
//
// Each step reads what the steps before it made, and none reads the findings of
// another.
//
//  1. Load (internal/load): find the directories whose files have directives, and
//     load their packages with types.
//  2. Attach (internal/attach): find the directives in the comments of a package and
//     attach each to the method, type or package that it documents.
//  3. Normalise: read the arguments of directives into the model. Other spellings of
//     names that AWS uses become the one of the table of directives, and the jobs tags
//     of a handler's type (internal/gotypes) join the patterns of its rules. This is
//     the only step that rewrites what the user wrote.
//  4. Parse each pattern once (package pattern).
//  5. Lint (internal/lint): check rules, jobs and packages against what is known of
//     events, of AWS and of the handler's type. All packages are read before the first
//     check runs.
//  6. Report (internal/report): findings that another one covers and those that an allow
//     line permits are dropped; the rest go to the result.
//
// # What is read
//
// A package's own files, as they are built for Lambda (GOOS is linux unless the
// environment says otherwise): not test files, and not files that build constraints
// leave out. A stub replaces the generated file. Only directories with directives are
// given to the go command; what they import comes from export data.
//
// # Where directives are
//
// A directive is a line //jobs:name args in the doc comment of a method, of its
// receiver's type, or of the package. Every comment of every file is looked at: a
// directive elsewhere, an unknown name, and a comment that looks like a directive
// (// jobs:rate, //Jobs:rate) are findings. Package directive says how arguments are
// written.
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
// properties (internal/directive), inputs (internal/target), handlers' signatures and
// names. Then the pattern is checked against everything that says what its events
// hold: the handler's Go type by encoding/json's rules, the catalog of AWS events, and
// the user's schemas. Last come the rules against each other. A run collects all
// findings. Each is at a place that the user can change: a value at its first byte, a
// key or operator at its name, a signature at the method's name.
package parse
