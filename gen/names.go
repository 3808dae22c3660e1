package gen

import (
	"crypto/sha256"
	"encoding/hex"
)

// shortNameLimit is the length of the part of a physical name that follows a prefix.
// With it, the name has at most AWS's 64 characters.
const shortNameLimit = 48

// stackNameLimit is the same for a part that follows the name of a CloudFormation
// stack, which is usually longer.
const stackNameLimit = 32

// shortName shortens a name that follows a prefix.
func shortName(name string) string { return shorten(name, shortNameLimit) }

// stackName shortens a name that follows the name of a CloudFormation stack.
func stackName(name string) string { return shorten(name, stackNameLimit) }

// shorten makes a name of at most limit letters and digits. A name that is shortened
// ends in a checksum, so that two of them differ.
func shorten(name string, limit int) string {
	short := cfnID(name, "")
	if len(short) <= limit {
		return short
	}
	const digits = 8
	sum := sha256.Sum256([]byte(name))
	return short[:limit-digits] + hex.EncodeToString(sum[:digits/2])
}
