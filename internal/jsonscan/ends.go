package jsonscan

// EndsBit hashes a string to a number from 0 to 63, by its length and its first and last
// byte. A word with the bits of a set of strings excludes most other strings quickly. For
// the empty string, the first and the last byte are its quotes.
func EndsBit(first, last byte, size uint32) uint32 {
	return (uint32(first)*7 + uint32(last)*3 + size*5) & 63
}

// EndsBitOf returns EndsBit of a string's content.
func EndsBitOf[T string | []byte](s T) uint32 {
	if len(s) == 0 {
		return EndsBit('"', '"', 0)
	}
	return EndsBit(s[0], s[len(s)-1], uint32(len(s)))
}

// Word returns the first eight bytes of a string, in little-endian order.
func Word[T string | []byte](s T) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// CaseBits has, in each of eight bytes, the bit in which upper and lower case of an ASCII
// letter differ.
const CaseBits = 0x2020202020202020
