package terminal

import (
	"os"

	"golang.org/x/sys/windows"
)

// enableCodes makes a console obey escape codes. It returns false if the console can't, as
// before Windows 10.
func enableCodes(f *os.File) bool {
	console := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
