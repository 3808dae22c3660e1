package pattern

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// table finds strings by hashing. It is made once and holds nothing but numbers
// and strings, so that it could as well be written out as Go data.
type table struct {
	lengths uint64 // bit n: there is a key of n bytes, or of more than 62 for bit 63
	shift   uint8  // a hash shifted right by it is a slot
	slots   []slot // open addressing; their number is a power of two
	keys    []string
}

// slot is a key in a table. Up to 16 bytes its two words are all of it.
type slot struct {
	head, tail uint64
	length     int32
	number     int32 // the key's index plus 1; 0 is an empty slot
}

func newTable(keys []string) table {
	size, shift := 1, uint8(64)
	for size < 2*len(keys) {
		size, shift = size*2, shift-1
	}
	t := table{shift: shift, slots: make([]slot, size), keys: keys}
	for i, key := range keys {
		t.lengths |= 1 << min(len(key), 63)
		s := slot{length: int32(len(key)), number: int32(i + 1)}
		s.head, s.tail = words([]byte(key))
		at := int(hash([]byte(key), s.head, s.tail) >> shift)
		for t.slots[at].number != 0 {
			at = (at + 1) & (size - 1)
		}
		t.slots[at] = s
	}
	return t
}

// find returns the index of a key, or -1.
func (t *table) find(key []byte) int {
	if t.lengths>>min(len(key), 63)&1 == 0 {
		return -1
	}
	head, tail := words(key)
	for at := int(hash(key, head, tail) >> t.shift); ; at++ {
		s := &t.slots[at&(len(t.slots)-1)]
		if s.head == head && s.tail == tail && int(s.length) == len(key) && s.number != 0 {
			if len(key) <= 16 || t.keys[s.number-1] == string(key) {
				return int(s.number - 1)
			}
		}
		if s.number == 0 {
			return -1
		}
	}
}

// words gives the first and the last eight bytes of a key, or of a short one
// all of it and 0.
func words(key []byte) (head, tail uint64) {
	n := len(key)
	switch {
	case n > 8:
		return binary.LittleEndian.Uint64(key), binary.LittleEndian.Uint64(key[n-8:])
	case cap(key) >= 8:
		return binary.LittleEndian.Uint64(key[:8]) & (1<<(8*n) - 1), 0
	}
	for i, c := range key {
		head |= uint64(c) << (8 * i)
	}
	return head, 0
}

// mix is an odd number with its bits well spread.
const mix = 0x9e3779b97f4a7c15

// hash mixes all bytes of a key, whose words are given, into its highest bits.
func hash(key []byte, head, tail uint64) uint64 {
	h := head ^ bits.RotateLeft64(tail, 25) ^ uint64(len(key))<<48
	if len(key) > 16 {
		h = hashInner(key, h)
	}
	return h * mix
}

// hashInner mixes what is between the first and the last eight bytes of a key.
func hashInner(key []byte, h uint64) uint64 {
	for i := 8; i < len(key)-8; i += 8 {
		h = (bits.RotateLeft64(h, 29) ^ binary.LittleEndian.Uint64(key[i:])) * mix
	}
	return h
}

// affixes finds which of its texts a string begins with, or ends with. In the
// latter case the texts are reversed, and so is the string.
type affixes struct {
	shortest, longest int
	filter            filter
	texts             []string // sorted, none empty
	// parents holds, for each text, the longest other one that it begins with, or
	// -1.
	parents []int32
}

// filter tells most strings that can't begin with one of some texts by their
// first bytes.
type filter struct {
	mask uint64    // of the bytes that are looked at
	bits [8]uint64 // bit h: a text's bytes hash to h
}

func (f *filter) add(word uint64) {
	h := (word & f.mask) * mix >> 55
	f.bits[h>>6] |= 1 << (h & 63)
}

func (f *filter) mayHave(word uint64) bool {
	h := (word & f.mask) * mix >> 55
	return f.bits[h>>6]>>(h&63)&1 != 0
}

// lastWord gives the last eight bytes of s, the last one first.
func lastWord(s []byte) uint64 {
	if len(s) >= 8 {
		return binary.BigEndian.Uint64(s[len(s)-8:])
	}
	w := uint64(0)
	for _, c := range s {
		w = w>>8 | uint64(c)<<56
	}
	return bits.ReverseBytes64(w)
}

func newAffixes(texts []string) affixes {
	a := affixes{texts: texts, parents: make([]int32, len(texts))}
	if len(texts) == 0 {
		return a
	}
	a.shortest = len(texts[0])
	for i, text := range texts {
		a.shortest, a.longest = min(a.shortest, len(text)), max(a.longest, len(text))
		parent := int32(i - 1)
		for parent >= 0 && !strings.HasPrefix(text, texts[parent]) {
			parent = a.parents[parent]
		}
		a.parents[i] = parent
	}
	a.filter.mask = ^uint64(0) >> (64 - 8*min(a.shortest, 8))
	for _, text := range texts {
		head, _ := words([]byte(text))
		a.filter.add(head)
	}
	return a
}

// find returns the longest text that s begins with, or -1. Its parents are the
// others. What s begins with sorts before it, and whatever sorts in between
// begins with the same: so it is the last text up to s, or one of its parents.
func (a *affixes) find(s []byte) int32 {
	low, high := 0, len(a.texts)
	for low < high {
		if middle := (low + high) / 2; a.texts[middle] <= string(s) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	i := int32(low - 1)
	for i >= 0 && (len(a.texts[i]) > len(s) || a.texts[i] != string(s[:len(a.texts[i])])) {
		i = a.parents[i]
	}
	return i
}

// appendReversed appends the last most bytes of s to dst, the last one first.
func appendReversed(dst, s []byte, most int) []byte {
	for i := len(s) - 1; i >= max(0, len(s)-most); i-- {
		dst = append(dst, s[i])
	}
	return dst
}

// appendLower appends s to dst with ASCII letters in lower case.
func appendLower(dst, s []byte) []byte {
	for _, c := range s {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
