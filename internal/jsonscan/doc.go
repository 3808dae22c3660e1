// Package jsonscan reads JSON without building anything: it finds where values
// end and checks their grammar on the way. The matcher of event patterns and the
// decoders of events stand on it.
//
// Its functions take and refuse what encoding/json's Valid does, invalid UTF-8
// within strings included. They take the data and the index to read from, and
// return the index after what they read, or -1.
package jsonscan
