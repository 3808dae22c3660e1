//go:build race

package pattern_test

// raceDetector says that the race detector is on: it makes sync.Pool drop what
// it is given now and then.
const raceDetector = true
