// Package builds answers which builds have a file: what the file's constraints
// are, whether the go command's build satisfies them, and with which flags it
// would.
//
// A constraint is a constraint.Expr; nil is the constraint that every build
// satisfies. The package also runs go list, since all that jobgen asks the go
// command depends on the same environment.
package builds
