// Package builds evaluates build constraints: which constraints a file has, whether
// the go command's build satisfies them, and with which flags a build would.
//
// A constraint is a constraint.Expr. Every build satisfies nil. The package also runs
// go list, so that all runs of the go command have the same environment.
package builds
