package pattern

// tests are what the patterns ask of the value at a node. What a value fulfils
// is told as hits.
type tests struct {
	always        []int32 // items that hold for any value
	null, yes, no []int32 // hits of null, true and false

	text   textTests
	number numberTests

	// negated holds the items of each anything-but of the node, which hold unless
	// a hit excludes it; allNegated those of all together.
	negated    [][]int32
	allNegated []int32
	exclusion  int32 // the number of the first anything-but
}

// A hit is a number with its kind in the lowest bits.
const (
	hitItem     = iota // the item holds
	hitExclude         // the anything-but of that number doesn't hold
	hitWildcard        // the wildcard of that number is to be looked at

	hitBits = 2
)

func hitOf(kind int, number int32) int32 { return number<<hitBits | int32(kind) }

// textTests are the tests of strings.
type textTests struct {
	kinds textKinds
	any   []int32 // hits of any string

	exact     table
	exactHits [][]int32

	prefixes   affixes
	prefixHits [][]int32
	suffixes   affixes // reversed
	suffixHits [][]int32

	// folded are the texts of ASCII that are compared without regard to case, in
	// lower case.
	folded foldedTests
	odd    []oddTest

	inner []int32 // hits of the wildcards with a star at either end

	blocks    []addressBlock
	blockHits [][]int32
}

// textKinds tells which kinds of tests of strings there are.
type textKinds uint8

const (
	hasAny textKinds = 1 << iota
	hasExact
	hasPrefixes
	hasSuffixes
	hasFolded
	hasOdd
	hasInner
	hasBlocks
)

func (t *textTests) kindsOf() textKinds {
	kinds := textKinds(0)
	for _, k := range []struct {
		kind   textKinds
		number int
	}{
		{hasAny, len(t.any)}, {hasExact, len(t.exactHits)}, {hasPrefixes, len(t.prefixHits)}, {hasSuffixes, len(t.suffixHits)},
		{hasFolded, len(t.folded.exactHits) + len(t.folded.prefixHits) + len(t.folded.suffixHits)},
		{hasOdd, len(t.odd)}, {hasInner, len(t.inner)}, {hasBlocks, len(t.blocks)},
	} {
		if k.number > 0 {
			kinds |= k.kind
		}
	}
	return kinds
}

// foldedTests are tests of strings in lower case.
type foldedTests struct {
	longest int // of all the texts

	exact     table
	exactHits [][]int32

	prefixes   affixes
	prefixHits [][]int32
	suffixes   affixes // reversed
	suffixHits [][]int32
}

// oddTest compares without regard to case a text that is not all ASCII.
type oddTest struct {
	operator Operator // Equals, Prefix or Suffix
	text     folded
	hits     []int32
}

// wildcardTest is a wildcard.
type wildcardTest struct {
	pieces [][]byte
	hits   []int32
}

// numberTests are the tests of numbers.
type numberTests struct {
	used      bool
	exact     []float64 // sorted
	exactHits [][]int32

	// spellings are the numbers that are compared as they are written.
	spellings    table
	spellingHits [][]int32

	ranges    []interval // sorted by lower bound
	rangeHits [][]int32

	// blocks are those of addresses that take numbers; see
	// addressBlock.containsDigits.
	blocks    []addressBlock
	blockHits [][]int32
}

func (t *oddTest) takes(s []byte) bool {
	switch t.operator {
	case Prefix:
		return t.text.prefixLen(s) >= 0
	case Suffix:
		return t.text.isSuffixOf(s)
	}
	return t.text.prefixLen(s) == len(s)
}
