package decodetest

import (
	"time"

	"github.com/jobgen/jobgen/jobs"
)

// Keeper has a job for each type that encoding/json has a mind of its own on. It
// keeps what its jobs are given: not all of these types have a decoder that a test
// could call.
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

// Structs that embed others, or pointers to them, by another name.
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

// What they embed.
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

// Promoted has structs without names, to which encoding/json never takes a
// pointer: it doesn't find the unmarshalers that they have of what they embed.
type Promoted struct {
	When  struct{ time.Time } `json:"when"`
	Own   OwnAlias            `json:"own"`
	Ptr   *struct{ Own }      `json:"ptr"`
	List  []OwnAlias          `json:"list"`
	Deep  struct{ In OwnAlias }
	After string `json:"after"`
}

// OwnAlias is another name of a struct without one.
type OwnAlias = struct{ Own }
