// Package jsonscan reads JSON without building anything. A [Tape] is what its one
// pass over the bytes finds: that the grammar is right, and where each value is. The
// matcher of event patterns and the decoders of events go by it.
//
// The pass has two parts that know the same grammar: run, which reads what nearly all
// of an event is, in one loop without a call, and step, which reads any one thing
// where run ends. Every event pays for it, so it is written for the machine code that
// comes of it; the comments say where.
//
// It takes and refuses what encoding/json's Valid does, invalid UTF-8 within
// strings included. The functions take the data and the index to read from, and
// return the index after what they read, or -1.
package jsonscan
