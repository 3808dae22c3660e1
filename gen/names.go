package gen

import (
	"crypto/sha256"
	"encoding/hex"
)

// shortNameLimit is how long the part of a physical name may be that follows a
// prefix, so that both are within AWS's 64 characters.
const shortNameLimit = 48

// stackNameLimit is the same for a name behind that of a CloudFormation stack,
// which is longer as a rule.
const stackNameLimit = 32

// shortName is a name as physical names have it behind a prefix.
func shortName(name string) string { return shorten(name, shortNameLimit) }

// stackName is a name as physical names have it behind the stack's name.
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
