package jobs

// Table is a name that the code of earlier jobgens refers to. It has a type parameter
// so that the compiler's error for such code says what to do.
type Table[RunGoGenerateAgain any] struct{}
