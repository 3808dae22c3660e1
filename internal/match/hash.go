package match

import (
	"encoding/binary"
	"math/bits"
)

// A hash table begins at a place in Slots. A slot is 0 if it is empty, or has a part of a
// key's hash in its upper half and what the key leads to in its lower half; what does not
// fit in its place comes behind it, in a circle. The table has mask+1 slots. slotOf gives
// the bits of a hash that are its place in a table, and tagOf those that are in the slot
// there, shifted up: another key may have the same.
func slotOf(h uint64) uint32 { return uint32(h >> 40) }
func tagOf(h uint64) uint64  { return h << 24 & tagMask }

const tagMask = 0xffffffff << 32

// find looks a string up in the hash table that begins at a place in Slots, of places in
// Words where a string's own place is, in Text, and its length. It returns that of the
// string, 0 if it isn't there.
//
//go:noinline
func (t *Table) find(at, mask uint32, s []byte) uint32 {
	h := hash(s)
	for i := slotOf(h); ; i++ {
		slot := t.Slots[at+i&mask]
		if slot == 0 {
			return 0
		}
		if slot&tagMask != tagOf(h) {
			continue
		}
		exact := uint32(slot)
		if t.text(t.Words[exact+exactText], t.Words[exact+exactLen]) == string(s) {
			return exact
		}
	}
}

// Find returns the index of the pattern with a name, -1 if there is none. Names
// gives the name of an index.
func (t *Table) Find(name []byte, names func(index int) string) int {
	if !t.IsCurrent() || t.Words[headNameMask] == 0 {
		return -1
	}
	h, mask := hash(name), t.Words[headNameMask]
	for i := slotOf(h); ; i++ {
		slot := t.Slots[t.Words[headNames]+i&mask]
		if slot == 0 {
			return -1
		}
		if index := int(uint32(slot) - 1); slot&tagMask == tagOf(h) && names(index) == string(name) {
			return index
		}
	}
}

// words gives the first and the last eight bytes of a key, or of a short one all
// of it and 0.
func words(key []byte) (head, tail uint64) {
	n := len(key)
	switch {
	case n > 8:
		return binary.LittleEndian.Uint64(key), binary.LittleEndian.Uint64(key[n-8:])
	case cap(key) >= 8:
		return binary.LittleEndian.Uint64(key[:8]) & (1<<(8*n) - 1), 0
	}
	return shortWord(key), 0
}

// shortWord gives a short key that has nothing behind it.
//
//go:noinline
func shortWord(key []byte) (head uint64) {
	for i, c := range key {
		head |= uint64(c) << (8 * i)
	}
	return head
}

// wordAt gives eight bytes of a string from a place on. Behind its end there may be any.
func wordAt(s []byte, at int) uint64 {
	if s = s[at:]; cap(s) >= 8 {
		return binary.LittleEndian.Uint64(s[:8])
	}
	return shortWord(s)
}

// mix is an odd number with its bits well spread.
const mix = 0x9e3779b97f4a7c15

// hash mixes all bytes of a key, and its length. The upper half is folded into the lower
// one, because a product carries upwards only.
func hash(key []byte) uint64 {
	head, tail := words(key)
	h := head ^ bits.RotateLeft64(tail, 25) ^ uint64(len(key))<<48
	if len(key) > 16 {
		h = hashInner(key, h)
	}
	return (h ^ h>>32) * mix
}

// hashInner mixes what is between the first and the last eight bytes of a key.
func hashInner(key []byte, h uint64) uint64 {
	for i := 8; i < len(key)-8; i += 8 {
		h = (bits.RotateLeft64(h, 29) ^ binary.LittleEndian.Uint64(key[i:])) * mix
	}
	return h
}
