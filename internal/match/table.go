package match

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Format is the layout of a Table. A program whose generated code and runtime are
// from different versions of jobgen must not misread one.
const Format = 6

// Table is a set of patterns in the form in which events are matched against
// them. It holds numbers and texts, and names the code that few patterns need, so that
// it can be written out as Go data that needs no work when a program starts. A Builder
// makes it.
type Table struct {
	Text  string   // the keys and operands, end to end
	Nodes []Node   // the tree of keys; the first, number 0, is the event itself
	Words []uint32 // the rules, the tests and the indexes, as below
	Slots []uint64 // the hash tables: see slotOf
	// Params are the operands that are known only where the program runs.
	Params []Param
	// What not all patterns ask for is nil where none does.
	Rare    rare
	Numbers numbers
	Lists   lists
	Parts   parts
}

// Param is an operand with parameters in it.
type Param struct {
	Text string // ${Name} is a parameter, $${ a literal ${
	Kind ParamKind
	Rule int // the index of the pattern that it stands in
}

// ParamKind says what an operand must be beside a string.
type ParamKind uint8

// The kinds of operands with parameters.
const (
	AnyText      ParamKind = iota
	NonEmptyText           // of anything-but with prefix or suffix
	WildcardText           // of wildcard
	BlockText              // of cidr
)

// IsCurrent reports whether the table has the layout that is read here.
func (t *Table) IsCurrent() bool {
	return t != nil && len(t.Words) >= headWords && t.Words[headFormat] == Format
}

// Words begins with a header.
const (
	headFormat   = iota
	headNames    // the hash table of the patterns' names in Slots: to an index plus 1
	headNameMask // its mask; 0 where there are no names
	headGuard    // the place of a divided table's guard; 0 for none
	headRules    // how many there are
	headRuleAt   // where they begin
	headFields   // how many different fields there are
	headFieldAt  // where they begin
	headAlways   // hits of any event, by no field
	headTop      // the nodes of EventKeys, 0 for none, as many words
	headWords    = headTop + eventKeys
)

// Node is a node of the tree of keys: numbers, as below.
type Node = [nodeWords]uint32

// A node's words. Those that have a blank behind them take two, the lower half first.
const (
	nodeFilter = iota // bit EndsBit is set for each key below
	_
	nodeHead // the first eight bytes of its key, or all
	_
	nodeTail // the last eight bytes of its key if it has more
	_
	nodeMarks // bit EndsBit is set for each whole string that the index has
	_
	nodeKids   // where the nodes of keys below are, shifted left by kidsShift, and a mask of bits
	nodeNext   // another node below the same one whose key has the same bit, shifted left by nextShift; 0 for none
	nodeKey    // the key's place in Text
	nodeKeyLen //
	nodeDots   // bit c&31: a key below begins with byte c and has keys below itself
	nodeParent // the node above, shifted left by nodeFlags, and flags
	nodeTexts  // the index of strings in Words; 0 for none
	nodeOthers // that of other values
	nodeWords
)

// The flags of a node.
const (
	isLeaf    = 1 << iota // a field ends here, so values are recorded
	hasPieces             // the index has more than whole strings
	hasChecks             // values that are no text of the index are looked up too, or held against tests
	nodeFlags = 3
)

// The lower bits of nodeKids are a mask: where they are, there is a node for each value
// that EndsBit has in it, which tells the keys' bits apart. Those of nodeNext are the
// shift that takes what comes behind the key out of eight bytes that begin with it.
const (
	kidsShift = 6
	nextShift = 6
)

// node returns a node by its number.
func (t *Table) node(n uint32) *Node { return &t.Nodes[n] }

// word64 puts two words together.
func word64(low, high uint32) uint64 { return uint64(high)<<32 | uint64(low) }

func (t *Table) parent(node uint32) uint32 { return t.Nodes[node][nodeParent] >> nodeFlags }

// child returns the node of a key below a node, 0 if there is none. Matcher.member finds
// that of most keys by words instead.
func (t *Table) child(n *Node, key []byte) uint32 {
	filter, bit := word64(n[nodeFilter], n[nodeFilter+1]), jsonscan.EndsBitOf(key)
	if filter>>bit&1 == 0 {
		return 0
	}
	child := t.kid(n, bit)
	for child != 0 {
		c := t.node(child)
		if t.text(c[nodeKey], c[nodeKeyLen]) == string(key) {
			break
		}
		child = c[nodeNext] >> nextShift
	}
	return child
}

// kid returns the first node below a node whose key may have a bit; 0 if there is none.
func (t *Table) kid(n *Node, bit uint32) uint32 {
	kids := n[nodeKids]
	return t.Words[kids>>kidsShift+bit&kids&(1<<kidsShift-1)]
}

func (t *Table) text(at, length uint32) string { return t.Text[at : at+length] }

// EventKeys are the names of an event's own fields (EventBridge user guide, page
// eb-events-structure). Whoever has found them in an event need not have them
// looked up again; and one of them is what most rules ask for a text of.
var EventKeys = [eventKeys]string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

const eventKeys = 10

// Top holds the tokens of the values of EventKeys in an event, 0 for one that it
// hasn't.
type Top [eventKeys]int32

// The guard is one of EventKeys, of which many rules want certain texts and no other
// value. A table that has one is divided (see Parts): it has no rules itself, but parts,
// each for a text or some, so that an event is matched against the rules alone that want
// its text. The texts are whole strings with the places of their parts as hits.
const (
	guardKey    = iota // the key's index
	guardTexts         // the hash table of the texts in Slots
	guardMask          // its mask
	guardOthers        // the place of the part of rules that want something else than texts; 0 for none
	guardApart         // 1 if these rules are in no other part
	guardWords
)

// A part is a table whose Nodes, Words and Slots are some of the divided table's: its
// words are where each of them begins there, and ends.
const (
	partNodesAt = iota
	_
	partWordsAt
	_
	partSlotsAt
	_
	partWords
)

// A field's words are a node, the place of a test, and the place of the list of the
// rules that are looked up by the field. Rules may have a field in common.
const (
	fieldNode = iota
	fieldTest
	fieldRules
	fieldWords
)

func (t *Table) field(n uint32) *[fieldWords]uint32 {
	return (*[fieldWords]uint32)(t.Words[t.Words[headFieldAt]+n*fieldWords:])
}

// A rule's words are the index of its pattern and where its fields are: their
// number, the fields in the order of their names, once more in the order in which
// they are best tested, the number of nodes that have several of the fields below
// them, the event itself aside, and those nodes.
const ruleWords = 2

func (t *Table) pattern(rule uint32) uint32 { return t.Words[t.Words[headRuleAt]+rule*ruleWords] }

// fields returns a rule's fields in the order of their names, which decides where
// lists and exists: false meet.
func (t *Table) fields(rule uint32) []uint32 {
	at := t.Words[t.Words[headRuleAt]+rule*ruleWords+1]
	return t.Words[at+1:][:t.Words[at]]
}

// tested returns a rule's fields in the order in which they are best tested.
func (t *Table) tested(rule uint32) []uint32 {
	at := t.Words[t.Words[headRuleAt]+rule*ruleWords+1]
	count := t.Words[at]
	return t.Words[at+1+count : at+1+2*count]
}

// shared returns the nodes that have several of a rule's fields below them.
func (t *Table) shared(rule uint32) []uint32 {
	at := t.Words[t.Words[headRuleAt]+rule*ruleWords+1]
	at += 1 + 2*t.Words[at]
	return t.Words[at+1:][:t.Words[at]]
}

// A test begins with the number of its alternatives and flags. Each alternative
// begins with a word of its operator, flags and length in words.
const (
	testCount   = 1<<16 - 1 // the alternatives
	testAbsence = 1 << 16   // one of them is exists: false
	testValues  = 1 << 17   // one of them takes values
	testTexts   = 1 << 18   // all of them are texts that strings are equal to
	testDigits  = 1 << 19   // blocks of addresses take numbers: see Block.ContainsDigits

	altOperator = 7
	altNot      = 1 << 3
	altFold     = 1 << 4
	altTexts    = 1 << 5 // its operands are texts that strings are equal to, or with altNot aren't
	altLength   = 16     // shift
)

// Operator is what an alternative does with its operands; pattern.Operator is the
// same.
type Operator uint8

// The operators.
const (
	Equals Operator = iota
	Prefix
	Suffix
	Wildcard
	Numeric
	CIDR
	Exists
)

// An operand's words are its type and two more. Those of Numeric are one of
// flags and two for each bound; those of CIDR the family and the bounds' bytes, if
// it isn't a parameter.
const (
	operandText     = iota // a string: place in Text, length
	operandParam           // the index in Params
	operandNumber          // the low and the high half of a float
	operandSpelling        // a number that is compared as it is written: place, length
	operandNull
	operandTrue
	operandFalse
	operandWords = 3
)

// The flags of Numeric.
const (
	fromOpen = 1 << iota // the lower bound itself is out
	toOpen
)

// star stands for a wildcard's stars in Text: patterns are UTF-8, which has no
// such byte.
const star = 0xff

// The index of a node's strings.
const (
	textExact      = iota                     // the hash table of whole strings in Slots
	textMask                                  // its mask; 0 for none
	textOthers                                // hits of all values but those strings, of other kinds too
	textChecks                                // the place of checks for the same values; 0 for none
	textAlways                                // the place of checks for all values; 0 for none
	textBlocks                                // the place of blocks of addresses; 0 for none
	textAffixes                               // the places of affixes by their kind; 0 for none
	textHead       = textAffixes + affixKinds // the filter of what strings begin with
	textTail       = textHead + filterWords   // that of what they end with
	textIndexWords = textTail + filterWords
)

// Each whole string has its place and length, and hits.
const (
	exactText = iota
	exactLen
	exactHits
)

// The kinds of affixes.
const (
	prefixes = iota
	suffixes
	foldedPrefixes // regardless of case
	foldedSuffixes
	affixKinds
)

// A filter tells whether a string may have one of some affixes. It looks at as many of
// the string's bytes as the shortest of them has: at the last eight of these, or at the
// first eight where affixes are ends, because those differ most. Of its bits that one is
// set for each affix that a hash of the bytes numbers, whatever the case of letters.
const (
	filterBits   = iota // where they are
	filterShift         // of the hash
	filterLength        // of the shortest affix; more than any string's if there is none
	filterAt            // where the bytes are that are looked at, if not at the end
	filterLeft          // the shift that takes what is behind them out of eight bytes
	filterWords
)

// The index of a node's other values.
const (
	otherNull    = iota // hits of null, true and false
	otherTrue           //
	otherFalse          //
	otherNumbers        // the place of numbers; 0 for none
	otherIndexWords
)

// Checks are the fields whose tests each value is held against, because no index tells
// whether it fulfils them. They begin with their number.

// Hits are the fields that a value may fulfil: a single one as hit<<1 | oneHit, or the
// place of a list of them, shifted left by 1; 0 for none. The number of a field in hits is
// shifted left by 1, and has the bit surely if the value does fulfil it. Lists begin with
// their lengths.
const (
	oneHit = 1
	surely = 1
)

// Affixes are sorted by their bytes, from the end those that texts end with.
// They begin with their number. Each has its text's place and length, the number
// of the longest other one that it begins with plus 1, and hits.
const (
	affixWords  = 4
	affixText   = 0
	affixLen    = 1
	affixParent = 2
	affixHits   = 3
)

// Numbers begin with hits of any number. There follow the number of single ones,
// each with a float's halves and hits, sorted, and the number of ranges, sorted
// by their lower bounds, each with both bounds' halves and hits. Blocks of
// addresses begin with their number; each has the family, both bounds' bytes and
// hits.
const (
	singleWords = 3
	rangeWords  = 5
	blockWords  = 10
)
