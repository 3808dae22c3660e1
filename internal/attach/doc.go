// Package attach finds the directives in the comments of a package and attaches
// each to the declaration whose doc comment it is in.
//
// Its input is a package's files; its result is the declarations that have
// directives, and the allow lines. What a directive means, and whether its
// arguments are right, is for those who read the declarations.
package attach
