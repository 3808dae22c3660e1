package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// startHeap is the memory that a run takes before the first garbage collection. Most runs
// need less.
const startHeap = 128 << 20

// delayCollection lets the heap grow to startHeap before the first garbage collection, as the
// Go compiler does. After that, Go's own settings apply. It changes nothing if the user has
// set them.
func delayCollection() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	percent := debug.SetGCPercent(-1)
	debug.SetMemoryLimit(startHeap)
	// The cleanup runs after the first collection.
	runtime.AddCleanup(new(*int), func(percent int) {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(math.MaxInt64)
	}, percent)
}
