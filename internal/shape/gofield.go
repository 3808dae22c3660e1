package shape

import "github.com/jobgen/jobgen/internal/model"

// GoField is the struct field that encoding/json decodes a value into.
type GoField struct {
	Name string
	Type string // as the handlers' package writes it
	// At is the field's position. That of a field in another package has no column.
	At model.Pos
	// Foreign says that another module declares the field.
	Foreign bool
	// Places returns the exact positions of the field's name, and of the name in its json
	// tag. A field without one has the same position twice.
	Places func() (field, tag model.Pos)
}
