package jsonscan

// EndsBit numbers strings from 0 to 63 by their length, their first and their last
// byte. A set of such numbers, in the bits of a word, tells most strings that are none
// of a few without a look at the rest of them. The ends of the empty string are the
// quotes around it.
func EndsBit(first, last byte, size uint32) uint32 {
	return (uint32(first)*7 + uint32(last)*3 + size*5) & 63
}

// EndsBitOf is EndsBit of a string's content.
func EndsBitOf[T string | []byte](s T) uint32 {
	if len(s) == 0 {
		return EndsBit('"', '"', 0)
	}
	return EndsBit(s[0], s[len(s)-1], uint32(len(s)))
}

// Word gives the first eight bytes of a string, the first one in the lowest bits.
func Word[T string | []byte](s T) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// CaseBits has the bit in which ASCII letters differ by case, in eight bytes.
const CaseBits = 0x2020202020202020
