package jobs

// Table is a name in code that earlier versions of jobgen generated. Its type parameter
// makes the compiler's error for such code say what to do.
type Table[RunGoGenerateAgain any] struct{}
