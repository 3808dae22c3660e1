package parse

import (
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/shape"
)

// want is what one alternative, or one operand of it, asks of a field.
type want struct {
	t        *tree // the literal, or the operator's operand
	operator string
	key      *treeField // the operator's key, nil for a literal
	kind     shape.Kind // 0: any
}

// wants takes an alternative apart. What is no valid alternative is package
// pattern's business.
func wants(t *tree) []want {
	if t.kind != directive.Map {
		return []want{{t: t, kind: literalKind(t)}}
	}
	if len(t.fields) != 1 {
		return nil
	}
	switch op := t.fields[0]; op.key {
	case "anything-but":
		return anythingBut(op)
	case "numeric":
		return []want{{t: op.value, operator: op.key, key: op, kind: shape.Number}}
	case "exists":
		return []want{{t: op.value, operator: op.key, key: op}}
	case "exactly", "prefix", "suffix", "wildcard", "equals-ignore-case", "cidr":
		return []want{{t: op.value, operator: op.key, key: op, kind: shape.String}}
	}
	return nil
}

// anythingBut takes the operands of anything-but: literals, or one more
// operator with a text or several.
func anythingBut(op *treeField) []want {
	operator, operand, key := op.key, op.value, (*treeField)(nil)
	if operand.kind == directive.Map {
		if len(operand.fields) != 1 {
			return nil
		}
		key = operand.fields[0]
		operator, operand = operator+" "+key.key, key.value
	}
	items := []*tree{operand}
	if operand.kind == directive.List {
		items = operand.items
	}
	var all []want
	for _, item := range items {
		kind := literalKind(item)
		if key != nil {
			kind = shape.String
		}
		all = append(all, want{t: item, operator: operator, key: key, kind: kind})
	}
	return all
}

func literalKind(t *tree) shape.Kind {
	switch t.kind {
	case directive.String:
		return shape.String
	case directive.Number:
		return shape.Number
	case directive.Bool:
		return shape.Boolean
	}
	return 0
}
