// Package jsonscan scans JSON in one pass, without building a tree. The pass checks the
// grammar and fills a [Tape] with the position of each value. The matcher of event patterns
// and the decoders of events read the tape.
//
// Two functions implement the same grammar. run reads the common parts of events, in one
// loop without calls. step reads a single key, value or delimiter of any form where run
// stops. Every event is scanned, so run is written for fast machine code; the comments say
// where.
//
// The package accepts the same input as encoding/json's Valid, including invalid UTF-8 in
// strings. Functions that read take the data and an index, and return the index after what
// they have read, or -1.
package jsonscan
