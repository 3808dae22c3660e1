// Package decodetest contains types of all kinds that a job can take, and the code that
// jobgen generates for them. Its tests compare the generated decoders with encoding/json.
//
//jobs:package formats: [json]
package decodetest

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// Taker has a job for each type.
type Taker struct{}

//jobs:event_pattern {source: [test.kinds]}
func (Taker) Kinds(jobs.Event[Kinds]) error { return nil }

//jobs:event_pattern {source: [test.composites]}
func (Taker) Composites(jobs.Event[Composites]) error { return nil }

//jobs:event_pattern {source: [test.embeds]}
func (Taker) Embeds(jobs.Event[Embeds]) error { return nil }

//jobs:event_pattern {source: [test.odd]}
func (Taker) Odd(jobs.Event[Odd]) error { return nil }

//jobs:event_pattern {source: [test.names]}
func (Taker) Names(jobs.Event[Names]) error { return nil }

//jobs:event_pattern {source: [test.tree]}
func (Taker) Tree(jobs.Event[map[string]*Tree]) error { return nil }

//jobs:event_pattern {source: [test.quoted]}
func (Taker) Quoted(jobs.Event[Quoted]) error { return nil }

//jobs:event_pattern {source: [test.tags]}
func (Taker) Tags(jobs.Event[Tags]) error { return nil }

//jobs:event_pattern {source: [test.trail]}
func (Taker) Trail(jobs.Event[Trail]) error { return nil }

// Kinds has a field of each kind of scalar.
type Kinds struct {
	S    string  `json:"s"`
	B    bool    `json:"b"`
	I    int     `json:"i"`
	I8   int8    `json:"i8"`
	I16  int16   `json:"i16"`
	I32  rune    `json:"i32"`
	I64  int64   `json:"i64"`
	U    uint    `json:"u"`
	U8   byte    `json:"u8"`
	U16  uint16  `json:"u16"`
	U32  uint32  `json:"u32"`
	U64  uint64  `json:"u64"`
	Ptr  uintptr `json:"ptr"`
	F32  float32 `json:"f32"`
	F64  float64 `json:"f64"`
	Name Name    `json:"name"`
	Num  Num     `json:"num"`
	Rate Rate    `json:"rate"`
	Flag Flag    `json:"flag"`
	At   time.Time
	Raw  json.RawMessage `json:"raw,omitempty"`
	none string
}

// Named scalars.
type (
	Name string
	Num  uint8
	Rate float32
	Flag bool
)

// Composites has fields of composite types.
type Composites struct {
	Strings  []string          `json:"strings"`
	Names    []Name            `json:"names"`
	Matrix   [][]int           `json:"matrix"`
	Fixed    [2]int8           `json:"fixed"`
	Pairs    [][2]Leaf         `json:"pairs"`
	Leaves   []Leaf            `json:"leaves"`
	Pointers []*Leaf           `json:"pointers"`
	Leaf     *Leaf             `json:"leaf"`
	Twice    **string          `json:"twice"`
	Map      map[string]int    `json:"map"`
	Named    map[Name]Leaf     `json:"named"`
	Maps     map[string]Labels `json:"maps"`
	Labels   Labels            `json:"labels"`
	List     List              `json:"list"`
	Inline   struct {
		X     int `json:"x"`
		Inner struct {
			Y *bool `json:"y"`
		} `json:"inner"`
	} `json:"inline"`
	Inlines []struct {
		Z []string `json:"z"`
	} `json:"inlines"`
	Times []time.Time       `json:"times"`
	Raws  []json.RawMessage `json:"raws"`
	When  *time.Time        `json:"when"`
	Alias LeafAlias         `json:"alias"`
}

// Leaf is a small struct.
type Leaf struct {
	A string `json:"a"`
	N *int   `json:"n"`
	L []int  `json:"l"`
}

// LeafAlias is another name of it.
type LeafAlias = Leaf

// Labels and List are composites with names.
type (
	Labels map[string]string
	List   []Leaf
)

// Tree holds itself.
type Tree struct {
	Left  *Tree           `json:"left"`
	Kids  []Tree          `json:"kids"`
	Named map[string]Tree `json:"named"`
	V     int             `json:"v"`
}

// Embeds has embedded structs with fields of the same names.
type Embeds struct {
	Base
	Other
	unseen
	Tagged  `json:"tagged"`
	Same    string `json:"same"`
	Outer   string
	Ignored string `json:"-"`
	Dash    string `json:"-,"`
}

// Base, Other and Tagged are embedded.
type (
	Base struct {
		Deep
		ID     string `json:"id"`
		Same   int    `json:"same"`
		Gone   string
		Outer  int `json:"outer"`
		Chosen string
	}
	Other struct {
		Gone   string
		Chosen string `json:"Chosen"`
		Third  string
	}
	Deep struct {
		ID    int `json:"id"`
		Third int
		Deep2 int `json:"deep2"`
	}
	Tagged struct {
		Inner string `json:"inner"`
	}
	unseen struct {
		Seen string `json:"seen"`
	}
)

// Names has similar and unusual names.
type Names struct {
	Lower  string `json:"name"`
	Upper  string `json:"NAME"`
	Kelvin string `json:"k"`
	Long   string `json:"ſs"`
	Space  string `json:"a b"`
	Slash  string `json:"a/b.c"`
	Umlaut string `json:"größe"`
	Empty  string `json:",omitempty"`
	X, Y   int
}

// Odd has fields that only encoding/json can decode, and others before and after them.
type Odd struct {
	Before string            `json:"before"`
	Any    any               `json:"any"`
	Own    Own               `json:"own"`
	OwnPtr *Own              `json:"ownPtr"`
	Owns   []Own             `json:"owns"`
	Text   Text              `json:"text"`
	Bytes  []byte            `json:"bytes"`
	ByInt  map[int]string    `json:"byInt"`
	ByText map[Text]int      `json:"byText"`
	Anys   map[string]any    `json:"anys"`
	Number json.Number       `json:"number"`
	Bits   []Num             `json:"bits"`
	Error  error             `json:"error"`
	Ref    *Pointed          `json:"ref"`
	Gen    Generic[string]   `json:"gen"`
	Dur    time.Duration     `json:"dur"`
	Bad    BadTag            `json:"bad"`
	After  string            `json:"after"`
	Header map[string][]Name `json:"header"`
}

// BadTag has a name that encoding/json ignores.
type BadTag struct {
	Bad string `json:"a\"b"`
}

// Pointed embeds by pointer.
type Pointed struct {
	*Leaf
	P string `json:"p"`
}

// Generic has a type argument.
type Generic[T any] struct {
	V T `json:"v"`
}

// Own has an UnmarshalJSON method.
type Own struct{ V string }

// UnmarshalJSON appends the JSON to V. It returns an error for "bad".
func (o *Own) UnmarshalJSON(b []byte) error {
	if string(b) == `"bad"` {
		return errors.New("bad")
	}
	o.V += string(b)
	return nil
}

// Text has an UnmarshalText method.
type Text string

// UnmarshalText appends the text.
func (t *Text) UnmarshalText(b []byte) error {
	*t += Text(b)
	return nil
}

// Quoted has fields with the option string.
type Quoted struct {
	N int    `json:"n,string"`
	S string `json:"s,string"`
}

// Tags has structs with tags that encoding/json reads differently since Go 1.27, and other
// fields before and after them.
type Tags struct {
	Before  string          `json:"before"`
	Promote PromotesByTag   `json:"promote"`
	Pointer *PointerByTag   `json:"pointer"`
	Others  OthersByTag     `json:"others"`
	Raws    RawsByTag       `json:"raws"`
	Strict  []StrictCase    `json:"strict"`
	Names   map[string]Odds `json:"names"`
	After   string          `json:"after"`
}

// The structs of Tags.
type (
	PromotesByTag struct {
		In Leaf `json:",embed"`
		A  int
	}
	PointerByTag struct {
		In *Leaf `json:",embed"`
		A  int
	}
	OthersByTag struct {
		A   string         `json:"a"`
		All map[string]any `json:",embed"`
	}
	RawsByTag struct {
		A   string          `json:"a"`
		All json.RawMessage `json:",embed"`
	}
	StrictCase struct {
		Name  string `json:"name,case:strict"`
		Exact int    `json:",case:strict"`
		Any   int    `json:"any,case:ignore"`
	}
	Odds struct {
		Slash string `json:"sla\\sh"`
		Quote string `json:"quo\"te"`
		Euro  string `json:"€"`
	}
)

// Trail embeds a type of another package.
type Trail struct {
	jobs.CloudTrail
	More  string            `json:"more"`
	Who   jobs.UserIdentity `json:"who"`
	Again *jobs.CloudTrail  `json:"again"`
}
