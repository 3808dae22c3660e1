//go:build !windows

package terminal

import "os"

// enableCodes returns true: only consoles of Windows may not obey escape codes.
func enableCodes(*os.File) bool { return true }
