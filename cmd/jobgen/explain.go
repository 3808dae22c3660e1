package main

import (
	"flag"
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/spell"
)

var explainCommand = command{
	name: "explain", args: "[JOBnnn...]",
	summary: "explain a diagnostic's code: cause, example, remedy",
	help: `
Without a code it lists all codes, and then the checks of rules, jobs and
packages: each with its name, its codes and what it checks. JOB can be left out
of a code.`,
	examples: `
  jobgen explain JOB407`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		return a.explain
	},
}

func (a *app) explain(codes []string) int {
	if len(codes) == 0 {
		for _, info := range diag.Codes() {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\n", info.Code, info.Severity, info.Title)
		}
		fmt.Fprintln(a.stdout)
		for _, c := range lint.Checks() {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\n", c.Name, joinCodes(c.Codes), c.Doc)
		}
		return exitClean
	}
	for i, code := range codes {
		info, ok := diag.Lookup(code)
		if !ok {
			info, ok = diag.Lookup("JOB" + code)
		}
		if !ok {
			message := fmt.Sprintf("no code %q", code)
			if near, ok := spell.Nearest(code, codeNames()); ok {
				message += fmt.Sprintf("; did you mean %q?", near)
			}
			return a.usage("explain", "%s; `jobgen explain` lists them all", message)
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		fmt.Fprint(a.stdout, info)
	}
	return exitClean
}

func joinCodes(codes []diag.Code) string {
	var names []string
	for _, code := range codes {
		names = append(names, string(code))
	}
	return strings.Join(names, ",")
}

func codeNames() []string {
	var names []string
	for _, info := range diag.Codes() {
		names = append(names, string(info.Code))
	}
	return names
}
