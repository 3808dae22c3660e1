package decodetest

import (
	"time"

	"github.com/jobgen/jobgen/jobs"
)

// Keeper has jobs for types that encoding/json treats specially. It keeps the parameter of
// its last job, because not all of these types have a decoder that a test could call.
type Keeper struct{ got any }

func (k *Keeper) keep(e any) error {
	k.got = e
	return nil
}

//jobs:event_pattern {source: [kept.pointer]}
func (k *Keeper) Pointer(e jobs.Event[PointerAlias]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.hidden]}
func (k *Keeper) Hidden(e jobs.Event[HiddenAlias]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.both]}
//jobs:allow JOB605 reason: equal fields of what it embeds leave none, as in encoding/json
func (k *Keeper) Both(e jobs.Event[BothAlias]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.twice]}
func (k *Keeper) Twice(e jobs.Event[TwiceAlias]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.same]}
//jobs:allow JOB605 reason: equal fields of what it embeds leave none, as in encoding/json
func (k *Keeper) Same(e jobs.Event[SameAlias]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.promoted]}
func (k *Keeper) Promoted(e jobs.Event[Promoted]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.nameless]}
func (k *Keeper) Nameless(e jobs.Event[struct{ Own }]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.other]}
func (k *Keeper) Other(e jobs.Event[OwnAlias]) error { return k.keep(e) }

//jobs:event_pattern {source: [kept.sent]}
func (k *Keeper) Sent(e OwnAlias) error { return k.keep(e) }

// Structs that embed structs, or pointers to them, by an alias.
type (
	PointerAlias struct {
		PBase
		Q int
	}
	HiddenAlias struct {
		pBase
		Q int
	}
	BothAlias struct {
		Plain
		PPlain
	}
	TwiceAlias struct {
		Roof
		RoofAlias
	}
	SameAlias struct {
		Plain
		PlainToo
	}
)

// The embedded types.
type (
	PBase     = *Leaf
	pBase     = *Leaf
	Plain     = struct{ Z int }
	PlainToo  = struct{ Z int }
	PPlain    = *Plain
	Roof      struct{ Floor }
	RoofAlias = Roof
	Floor     struct{ A, B int }
)

// Promoted has fields of unnamed struct types. encoding/json doesn't take the address of
// such a field, so it doesn't find the unmarshalers of embedded types.
type Promoted struct {
	When  struct{ time.Time } `json:"when"`
	Own   OwnAlias            `json:"own"`
	Ptr   *struct{ Own }      `json:"ptr"`
	List  []OwnAlias          `json:"list"`
	Deep  struct{ In OwnAlias }
	After string `json:"after"`
}

// OwnAlias is an alias of an unnamed struct type.
type OwnAlias = struct{ Own }
