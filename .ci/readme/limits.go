package main

import (
	"errors"
	"fmt"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/packages"
)

// limit matches a number on a page, and the comment with the constant that must be equal.
var limit = regexp.MustCompile(`(\d+) <!-- ([a-z/]+)\.([A-Za-z]+) -->`)

// checkLimits compares the numbers on pages with the constants in the code.
func checkLimits(pages []page) error {
	var problems []error
	scopes := map[string]*types.Scope{}
	for _, p := range pages {
		for i, line := range strings.Split(p.text, "\n") {
			for _, m := range limit.FindAllStringSubmatch(line, -1) {
				scope, ok := scopes[m[2]]
				if !ok {
					loaded, err := packages.Load(&packages.Config{Mode: packages.NeedTypes | packages.NeedImports | packages.NeedDeps}, "./"+m[2])
					if err != nil {
						return err
					}
					scope = loaded[0].Types.Scope()
					scopes[m[2]] = scope
				}
				constant, ok := scope.Lookup(m[3]).(*types.Const)
				if !ok {
					problems = append(problems, fmt.Errorf("%s:%d: package %s has no constant %s", p.path, i+1, m[2], m[3]))
				} else if value := constant.Val().ExactString(); value != m[1] {
					problems = append(problems, fmt.Errorf("%s:%d: %s.%s is %s, not %s", p.path, i+1, m[2], m[3], value, m[1]))
				}
			}
		}
	}
	return errors.Join(problems...)
}
