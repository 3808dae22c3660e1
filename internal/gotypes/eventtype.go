package gotypes

import (
	"go/types"

	"github.com/jobgen/jobgen/internal/model"
)

// EventKind tells what kind of event parameter t is; NoEvent for none.
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

// DetailType returns D of jobs.Event[D].
func DetailType(t types.Type) types.Type {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeArgs().Len() != 1 {
		return t
	}
	return named.TypeArgs().At(0)
}

// HoldsDetail reports whether an event's detail, which is a JSON object, can be
// decoded into t by encoding/json.
func HoldsDetail(t types.Type) bool {
	if unmarshals(t) {
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

// unmarshals reports whether t, or a pointer to it, decodes JSON by itself.
func unmarshals(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "UnmarshalJSON")
	_, ok := obj.(*types.Func)
	return ok
}

// isKey reports whether a map's key can be decoded from an object's: text, a
// whole number, or a type that decodes text by itself.
func isKey(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "UnmarshalText")
	if _, ok := obj.(*types.Func); ok {
		return true
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsString|types.IsInteger) != 0
}
