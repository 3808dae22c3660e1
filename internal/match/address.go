package match

import (
	"bytes"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Block is a range of addresses of one family. IPv4 addresses fill the first
// four bytes.
type Block struct {
	V6       bool
	From, To [16]byte
}

// NoBlock contains no address.
var NoBlock = Block{From: [16]byte{1}}

// ParseBlock parses an address, a slash and a mask of 0 to 31 bits (IPv4) or 0 to 127
// (IPv6).
func ParseBlock(text string) (Block, error) {
	address, mask, ok := strings.Cut(text, "/")
	if !ok {
		return Block{}, fmt.Errorf("it has no mask")
	}
	ip, ok := ParseIP([]byte(address))
	if !ok {
		return Block{}, fmt.Errorf("%s is no IPv4 or IPv6 address", strconv.Quote(address))
	}
	most := 31
	if ip.V6 {
		most = 127
	}
	bits, err := strconv.Atoi(mask) // accepts a sign, as AWS's matcher does
	if err != nil || bits < 0 || bits > most {
		return Block{}, fmt.Errorf("mask %s is not from 0 to %d", strconv.Quote(mask), most)
	}
	return ip.block(bits), nil
}

// Address is an IP address.
type Address struct {
	V6    bool
	Bytes [16]byte
}

func (ip Address) block(bits int) Block {
	b := Block{V6: ip.V6, From: ip.Bytes, To: ip.Bytes}
	for i := bits; i < ip.digits()*4; i++ {
		b.From[i/8] &^= 0x80 >> (i % 8)
		b.To[i/8] |= 0x80 >> (i % 8)
	}
	return b
}

// Contains reports whether the block contains an address. An address of the other family is
// compared as ContainsDigits does: 2001:db8::1 is in 0.0.0.0/0, and in 32.1.13.184/31.
func (b *Block) Contains(ip Address) bool {
	if b.V6 != ip.V6 {
		return b.containsOther(ip)
	}
	return bytes.Compare(b.From[:], ip.Bytes[:]) <= 0 && bytes.Compare(ip.Bytes[:], b.To[:]) <= 0
}

func (b *Block) containsOther(ip Address) bool {
	var text [32]byte
	for i := range ip.digits() {
		text[i] = "0123456789ABCDEF"[nibble(&ip.Bytes, i)]
	}
	return b.ContainsDigits(text[:ip.digits()])
}

// digits returns the number of hexadecimal digits of an address.
func (ip Address) digits() int {
	if ip.V6 {
		return 32
	}
	return 8
}

// ContainsDigits reports whether the block contains a JSON number, by its spelling.
// AWS's matcher (event-ruler 2.0.1) compares addresses as upper-case hexadecimal text, up
// to the first digit that decides, and compares numbers in the same way: 1.5 and
// 5000000000 are in 0.0.0.0/0.
func (b *Block) ContainsDigits(text []byte) bool {
	low, high := true, true // the digits so far equal those of the bound
	for i := range (Address{V6: b.V6}).digits() {
		if i == len(text) || !isDigit(text[i]) && (text[i] < 'A' || text[i] > 'F') {
			return false
		}
		digit, from, to := byte(jsonscan.HexDigit(text[i])), nibble(&b.From, i), nibble(&b.To, i)
		if low && digit < from || high && digit > to {
			return false
		}
		low, high = low && digit == from, high && digit == to
		if !low && !high {
			return true
		}
	}
	return true
}

func nibble(address *[16]byte, i int) byte {
	if i%2 == 0 {
		return address[i/2] >> 4
	}
	return address[i/2] & 0xf
}

// maxAddress is the length of the longest text that is an address.
const maxAddress = 39

// ParseIP parses an address in four-part or IPv6 form. The parts of an IPv4 address are
// decimal and may have leading zeros. An IPv6 address that maps an IPv4 address is equal
// to that address. The last part of an IPv6 address must not be written with dots.
func ParseIP(s []byte) (Address, bool) {
	if len(s) > maxAddress {
		return Address{}, false
	}
	colon := false
	for _, c := range s {
		switch {
		case c == ':':
			colon = true
		case c != '.' && jsonscan.HexDigit(c) < 0:
			return Address{}, false
		}
	}
	if !colon {
		return parseIPv4(s)
	}
	return parseIPv6(string(s))
}

// maxIPv4 is the length of the longest text that is an IPv4 address.
const maxIPv4 = 15

func parseIPv4(s []byte) (ip Address, ok bool) {
	if len(s) > maxIPv4 {
		return ip, false
	}
	part, value, digits := 0, 0, 0
	for _, c := range s {
		switch {
		case isDigit(c):
			digits++
			if value = value*10 + int(c-'0'); value > 255 {
				return ip, false
			}
		case c == '.' && digits > 0 && part < 3:
			ip.Bytes[part] = byte(value)
			part, value, digits = part+1, 0, 0
		default:
			return ip, false
		}
	}
	if part != 3 || digits == 0 {
		return ip, false
	}
	ip.Bytes[3] = byte(value)
	return ip, true
}

func parseIPv6(s string) (Address, bool) {
	if strings.Contains(s, ".") {
		return Address{}, false
	}
	parsed, err := netip.ParseAddr(s)
	if err != nil {
		return Address{}, false
	}
	if parsed.Is4In6() {
		var ip Address
		four := parsed.As4()
		copy(ip.Bytes[:], four[:])
		return ip, true
	}
	return Address{V6: true, Bytes: parsed.As16()}, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
