package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/jobgen/jobgen/internal/deployed"
)

// declareParams declares the flag -param.
func (o *options) declareParams(flags *flag.FlagSet) {
	o.params = deployed.Parameters{}
	flags.Func("param", "`NAME=VALUE`: the value of a parameter; commas separate the values of a list; can be repeated", o.params.Add)
}

// sayOpen says which rules are taken to exist because a parameter in their
// condition has no value.
func sayOpen(w io.Writer, rules []*deployed.Rule) {
	var names []string
	ids := map[string][]string{}
	for _, r := range rules {
		for _, name := range r.Open {
			if ids[name] == nil {
				names = append(names, name)
			}
			ids[name] = append(ids[name], r.ID)
		}
	}
	for _, name := range names {
		fmt.Fprintf(w, "jobgen: the parameter %s has no value, so these rules are taken to exist: %s; -param %[1]s=… gives it one\n",
			name, strings.Join(ids[name], ", "))
	}
}
