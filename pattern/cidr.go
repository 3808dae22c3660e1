package pattern

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// addressBlock is a range of addresses of one family. IPv4 addresses fill the first
// four bytes.
type addressBlock struct {
	v6       bool
	from, to [16]byte
}

// cidr checks the operand of cidr: an address, a slash and a mask of 0 to 31
// bits (IPv4) or 0 to 127 (IPv6).
func (c *checker) cidr(a *Alternative, n *node) {
	a.Operator = CIDR
	if n.kind != kindString {
		c.fault(BadOperand, n, fmt.Sprintf("cidr takes a string, not %s", describeNode(n)), `write {"cidr": "10.0.0.0/24"}`)
		return
	}
	if _, err := parseBlock(n.text); err != nil {
		c.fault(BadOperand, n, fmt.Sprintf("cidr %s: %v", shown(n.text), err),
			"write an address, a slash and a mask: 10.0.0.0/24 or 2001:db8::/32; for one address write it as a value")
		return
	}
	a.Operands = []Operand{c.operand(n)}
}

func parseBlock(text string) (addressBlock, error) {
	address, mask, ok := strings.Cut(text, "/")
	if !ok {
		return addressBlock{}, fmt.Errorf("it has no mask")
	}
	ip, ok := parseIP([]byte(address))
	if !ok {
		return addressBlock{}, fmt.Errorf("%s is no IPv4 or IPv6 address", shown(address))
	}
	most := 31
	if ip.v6 {
		most = 127
	}
	bits, err := strconv.Atoi(mask)
	if err != nil || bits < 0 || bits > most || mask[0] == '+' || mask[0] == '-' {
		return addressBlock{}, fmt.Errorf("mask %s is not from 0 to %d", shown(mask), most)
	}
	return ip.block(bits), nil
}

// address is an IP address.
type address struct {
	v6    bool
	bytes [16]byte
}

func (ip address) block(bits int) addressBlock {
	b := addressBlock{v6: ip.v6, from: ip.bytes, to: ip.bytes}
	size := 4
	if ip.v6 {
		size = 16
	}
	for i := bits; i < size*8; i++ {
		b.from[i/8] &^= 0x80 >> (i % 8)
		b.to[i/8] |= 0x80 >> (i % 8)
	}
	return b
}

func (b *addressBlock) contains(ip address) bool {
	return b.v6 == ip.v6 && compareBytes(&b.from, &ip.bytes) <= 0 && compareBytes(&ip.bytes, &b.to) <= 0
}

// containsDigits reports whether the addressBlock takes a JSON number, by its spelling.
// EventBridge compares addresses as upper-case hexadecimal text, digit by digit
// until the rest can't matter, and the text of a number gets into the same
// comparison: 1.5 and 5000000000 are "in" 0.0.0.0/0. Found by running
// event-ruler 2.0.1; no harm if EventBridge mends it, for no address is a number.
func (b *addressBlock) containsDigits(number []byte) bool {
	low, high := true, true // so far the text is the bound's
	size := 8
	if b.v6 {
		size = 32
	}
	for i := 0; i < size; i++ {
		if i == len(number) || !isDigit(number[i]) && (number[i] < 'A' || number[i] > 'F') {
			return false
		}
		digit, from, to := byte(jsonscan.HexDigit(number[i])), nibble(&b.from, i), nibble(&b.to, i)
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

func compareBytes(a, b *[16]byte) int {
	for i := range a {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return 0
}

// maxAddress is the length of the longest text that is an address.
const maxAddress = 39

// parseIP reads an address in four-part or IPv6 form. Parts of an IPv4 address
// are decimal, leading zeros or not; an IPv6 address that maps an IPv4 one is
// that one, but its last part must not be written with dots.
func parseIP(s []byte) (address, bool) {
	if len(s) > maxAddress {
		return address{}, false
	}
	colon := false
	for _, c := range s {
		switch {
		case c == ':':
			colon = true
		case c != '.' && jsonscan.HexDigit(c) < 0:
			return address{}, false
		}
	}
	if !colon {
		return parseIPv4(s)
	}
	return parseIPv6(string(s))
}

// maxIPv4 is the length of the longest text that is an IPv4 address.
const maxIPv4 = 15

func parseIPv4(s []byte) (ip address, ok bool) {
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
			ip.bytes[part] = byte(value)
			part, value, digits = part+1, 0, 0
		default:
			return ip, false
		}
	}
	if part != 3 || digits == 0 {
		return ip, false
	}
	ip.bytes[3] = byte(value)
	return ip, true
}

func parseIPv6(s string) (address, bool) {
	if strings.Contains(s, ".") {
		return address{}, false
	}
	parsed, err := netip.ParseAddr(s)
	if err != nil {
		return address{}, false
	}
	if parsed.Is4In6() {
		var ip address
		four := parsed.As4()
		copy(ip.bytes[:], four[:])
		return ip, true
	}
	return address{v6: true, bytes: parsed.As16()}, true
}
