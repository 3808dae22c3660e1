package pattern

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
)

// table finds strings by hashing. It is made once and holds nothing but slices,
// so that it could as well be written out as Go data.
type table struct {
	lengths uint64  // bit n: there is a key of n bytes, or of more than 62 for bit 63
	mask    uint32  // len(slots)-1
	slots   []int32 // open addressing: index into keys plus 1, or 0
	keys    []string
}

func newTable(keys []string) table {
	size := 1
	for size < 2*len(keys) {
		size *= 2
	}
	t := table{mask: uint32(size - 1), slots: make([]int32, size), keys: keys}
	for i, key := range keys {
		t.lengths |= 1 << min(len(key), 63)
		at := hash([]byte(key)) & t.mask
		for t.slots[at] != 0 {
			at = (at + 1) & t.mask
		}
		t.slots[at] = int32(i + 1)
	}
	return t
}

// find returns the index of a key, or -1.
func (t *table) find(key []byte) int {
	if t.lengths>>min(len(key), 63)&1 == 0 {
		return -1
	}
	for at := hash(key) & t.mask; ; at = (at + 1) & t.mask {
		i := t.slots[at]
		if i == 0 {
			return -1
		}
		if t.keys[i-1] == string(key) {
			return int(i - 1)
		}
	}
}

const (
	mixA = 0x9e3779b97f4a7c15
	mixB = 0xd6e8feb86659fd93
)

// hash mixes all bytes of a key, eight at a time.
func hash(key []byte) uint32 {
	n := len(key)
	h := uint64(n) * mixB
	switch {
	case n >= 8:
		for i := 0; i < n-8; i += 8 {
			h = bits.RotateLeft64(h^binary.LittleEndian.Uint64(key[i:]), 29) * mixA
		}
		h ^= binary.LittleEndian.Uint64(key[n-8:])
	case n >= 4:
		h ^= uint64(binary.LittleEndian.Uint32(key)) | uint64(binary.LittleEndian.Uint32(key[n-4:]))<<32
	case n > 0:
		h ^= uint64(key[0]) | uint64(key[n/2])<<8 | uint64(key[n-1])<<16
	}
	h *= mixA
	return uint32(h>>32) ^ uint32(h>>51)
}

// affixes finds which of its texts a string begins with. For endings, texts and
// strings are reversed.
type affixes struct {
	first   [4]uint64 // bit c: a text begins with byte c
	longest int
	texts   []string // sorted
	// parents holds, for each text, the longest other one that it begins with, or
	// -1.
	parents []int32
}

func newAffixes(texts []string) affixes {
	a := affixes{texts: texts, parents: make([]int32, len(texts))}
	slices.Sort(a.texts)
	for i, text := range a.texts {
		a.first[text[0]>>6] |= 1 << (text[0] & 63)
		a.longest = max(a.longest, len(text))
		parent := int32(i - 1)
		for parent >= 0 && !strings.HasPrefix(text, a.texts[parent]) {
			parent = a.parents[parent]
		}
		a.parents[i] = parent
	}
	return a
}

// find returns the longest text that s begins with, or -1. Its parents are the
// others. What s begins with sorts before it, and whatever sorts in between
// begins with the same: so it is the last text up to s, or one of its parents.
func (a *affixes) find(s []byte) int32 {
	if len(s) == 0 || a.first[s[0]>>6]>>(s[0]&63)&1 == 0 {
		return -1
	}
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
