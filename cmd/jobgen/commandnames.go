package main

import (
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// asFlags maps words that people type as commands to the flags of jobgen.
var asFlags = map[string]string{
	"generate": "jobgen", "gen": "jobgen",
	"check": "jobgen -check", "verify": "jobgen -check", "validate": "jobgen -check", "lint": "jobgen -check", "vet": "jobgen -check",
	"diff": "jobgen -diff",
}

// noCommand returns the message for an unknown command. It suggests the nearest command
// or flag, or lists all commands. The arguments are those after the name.
func noCommand(name string, args []string) string {
	message := fmt.Sprintf("no command %q", name)
	if instead, ok := asFlags[name]; ok {
		return message + "; type " + strings.Join(append([]string{instead}, args...), " ")
	}
	if near, ok := spell.Nearest(name, commandNames()); ok {
		return message + fmt.Sprintf("; did you mean %q?", near)
	}
	return message + "; there are " + strings.Join(commandNames(), ", ")
}
