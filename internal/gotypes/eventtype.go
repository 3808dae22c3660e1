package gotypes

import (
	"go/types"

	"github.com/jobgen/jobgen/internal/model"
)

// EventKind returns the kind of event that a parameter of type t takes, NoEvent if t
// is no event.
func EventKind(t types.Type) model.EventKind {
	switch {
	case IsNamed(t, model.RuntimePath, "Event"):
		return model.TypedEvent
	case IsNamed(t, "github.com/aws/aws-lambda-go/events", "CloudWatchEvent"),
		IsNamed(t, "github.com/aws/aws-lambda-go/events", "EventBridgeEvent"):
		return model.LambdaEvent
	case isRawJSON(t):
		return model.RawEvent
	case IsNamed(t, "context", "Context"):
		return model.NoEvent
	}
	if _, ok := t.Underlying().(*types.Struct); ok {
		return model.StructEvent
	}
	return model.NoEvent
}

// DetailType returns D for jobs.Event[D], and t itself for another type.
func DetailType(t types.Type) types.Type {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeArgs().Len() != 1 {
		return t
	}
	return named.TypeArgs().At(0)
}

// HoldsDetail reports whether encoding/json can decode an event's detail, which is a
// JSON object, into t.
func HoldsDetail(t types.Type) bool {
	if hasMethod(t, "UnmarshalJSON") {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return HoldsDetail(u.Elem())
	case *types.Struct:
		return true
	case *types.Map:
		return isKey(u.Key()) && NotJSON(u.Elem()) == ""
	case *types.Interface:
		return u.Empty()
	case *types.TypeParam:
		return true
	}
	return false
}

// isKey reports whether encoding/json can decode an object's keys into t: a string
// type, an integer type, or a type with UnmarshalText.
func isKey(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsString|types.IsInteger) != 0 || hasMethod(t, "UnmarshalText")
}
