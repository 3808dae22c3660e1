package match

// Format is the layout of a Table. A program whose generated code and runtime are
// from different versions of jobgen must not misread one.
const Format = 3

// Table is a set of patterns in the form in which events are matched against
// them. It holds numbers and texts, and names the code that few patterns need, so that
// it can be written out as Go data that needs no work when a program starts. A Builder
// makes it.
type Table struct {
	Text  string   // the keys and operands, end to end
	Words []uint32 // the nodes, the rules, the tests and the indexes, as below
	Slots []uint64 // the hash tables: see find
	// Params are the operands that are known only where the program runs.
	Params []Param
	// What not all patterns ask for is nil where none does.
	Rare    rare
	Numbers numbers
	Lists   lists
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
	return t != nil && len(t.Words) > headWords && t.Words[headFormat] == Format
}

// Words begins with a header; nodes come at once behind it.
const (
	headFormat   = iota
	headNodes                          // how many there are; the first, number 0, is the event itself
	headRules                          // how many there are
	headRuleAt                         // where they begin
	headFields                         // how many different fields there are
	headFieldAt                        // where they begin
	headAlways                         // the rules that have no field for an index, as hits
	headNames                          // the hash table of the patterns' names in Slots: to an index plus 1
	headNameMask                       // its mask; 0 where there are no names
	headTop                            // the nodes of EventKeys, 0 for none, as many words
	headGuard    = headTop + eventKeys // the place of the guard; 0 for none
	headWords    = headGuard + 1
)

// A node's words.
const (
	nodeKey        = iota // its key in Text
	nodeKeyLen            //
	nodeParent            // the node above
	nodeLeaf              // 1 where a field ends here, so that values are recorded
	nodeKeys              // the hash table of the keys below in Slots
	nodeMask              // its mask: see find; 0 where there are none
	nodeFilter            // two words, the lower half first: bit EndsBit is set for each key below
	nodeFilterHigh        //
	nodeDots              // bit c&31: a key below begins with byte c and has keys below itself
	nodeTexts             // the index of strings in Words; 0 for none
	nodeOthers            // that of other values
	nodeWords
)

// node returns a node's words.
func (t *Table) node(n uint32) *[nodeWords]uint32 {
	at := headWords + int(n)*nodeWords
	return (*[nodeWords]uint32)(t.Words[at : at+nodeWords : at+nodeWords])
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
// value: of the rules that want other texts than the event has, no node need be
// looked at. Its words are the key's index, the hash table of the texts in Slots,
// the table's mask, the number of words that nodes take as a set, and the node with
// the most keys below it. There follow the set for rules that want something else
// than texts, and before it, as two words, what of that node's filter there is for
// the nodes of the set. Each text has its place, its length, and the same for these
// rules and those that want it.
const (
	guardKey = iota
	guardTexts
	guardMask
	guardSize
	guardNode
	guardSets

	guardFilter = 2 // the words of a filter
)

// A field's words are a node and the place of a test. Rules may have one in common.
const fieldWords = 2

func (t *Table) fieldNode(field uint32) uint32 { return t.Words[t.Words[headFieldAt]+field*fieldWords] }
func (t *Table) fieldTest(field uint32) uint32 {
	return t.Words[t.Words[headFieldAt]+field*fieldWords+1]
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
	return t.Words[at+1+count:][:count]
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
	altText     = 1 << 5 // it is a text that strings are equal to
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
	textAny        = iota // hits of any string
	textExact             // the hash table of whole strings in Slots
	textMask              // its mask: see find; 0 for none
	textMarks             // two words, the lower half first: bit EndsBit is set for each whole string
	textMarksHigh         //
	textHead              // the filter of what strings begin with: see filter; 0 for none
	textTail              // that of what they end with
	textBlocks            // the place of blocks of addresses; 0 for none
	textAffixes           // the places of affixes by their kind; 0 for none
	textIndexWords = textAffixes + affixKinds
)

// The kinds of affixes.
const (
	prefixes = iota
	suffixes
	foldedPrefixes // regardless of case
	foldedSuffixes
	affixKinds
)

// A filter begins with the number of bytes that it looks at, 8 at most, and the
// shift of a hash of them: of the bits that follow, that one is set for each
// affix. It looks at letters without regard to case.
const (
	filterLength = iota
	filterShift
	filterBits
)

// The index of a node's other values.
const (
	otherAny     = iota // hits of any value
	otherNull           // hits of null, true and false
	otherTrue           //
	otherFalse          //
	otherNumbers        // the place of numbers; 0 for none
	otherIndexWords
)

// Hits are the rules that a value leads to: a single rule as rule<<1 | 1, or the
// place of a list, which begins with its length, shifted left by 1; 0 for none.
const oneHit = 1

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
