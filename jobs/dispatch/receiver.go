package dispatch

import (
	"context"
	"errors"

	"github.com/jobgen/jobgen/internal/table"
)

var errNoReceiver = errors.New("the function returned nil and no error")

// ReceiverOf describes a receiver. Name is the name of its type, field is the field that holds
// it, and makeIt is the function that makes it, or nil.
func ReceiverOf[T any](name string, field **T, makeIt func(context.Context) (*T, error)) Receiver {
	r := Receiver{Type: name}
	switch {
	case makeIt == nil && *field == nil:
		r.State = table.Missing
	case makeIt == nil:
	case *field != nil:
		r.State = table.Twofold
	default:
		r.State = table.Made
		r.Make = func(ctx context.Context) error {
			made, err := makeIt(ctx)
			if err == nil && made == nil {
				err = errNoReceiver
			}
			if err == nil {
				*field = made
			}
			return err
		}
	}
	return r
}
