package gen

import (
	"crypto/sha256"
	"encoding/hex"
)

// shortNameLimit is how long the part of a physical name may be that follows a
// prefix, so that both are within AWS's 64 characters.
const shortNameLimit = 48

// shortName is a name as it follows a prefix in physical names: letters and
// digits, not too long. What it had to shorten is told apart by a checksum.
func shortName(name string) string {
	short := cfnID(name, "")
	if len(short) <= shortNameLimit {
		return short
	}
	const digits = 8
	sum := sha256.Sum256([]byte(name))
	return short[:shortNameLimit-digits] + hex.EncodeToString(sum[:digits/2])
}
