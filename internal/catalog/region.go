package catalog

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// areas are what the names of AWS's Regions begin with; a number follows (Account
// Management guide, page manage-acct-regions; for the partitions of China, of the US
// government and of others, the endpoints that the AWS SDKs know).
var areas = []string{
	"af-south", "ap-east", "ap-northeast", "ap-south", "ap-southeast", "ca-central", "ca-west", "cn-north", "cn-northwest",
	"eu-central", "eu-isoe-west", "eu-north", "eu-south", "eu-west", "eusc-de-east", "il-central", "me-central", "me-south",
	"mx-central", "sa-east", "us-east", "us-gov-east", "us-gov-west", "us-iso-east", "us-iso-west", "us-isob-east",
	"us-isob-west", "us-isof-east", "us-isof-south", "us-west",
}

// zoneLetters are the letters that follow a Region's name in that of an Availability Zone.
const zoneLetters = "abcdefghijklmnopqrstuvwxyz"

// NearRegion returns the Region that an unknown name, an edit away, was probably meant
// to be, or the Region of an Availability Zone. It returns none for a name with a new
// number, since AWS adds Regions.
func NearRegion(name string) (string, bool) {
	if region := strings.TrimRight(name, zoneLetters); len(name) == len(region)+1 && isRegion(region) {
		return region, true
	}
	stem := strings.TrimRight(name, "0123456789")
	number := name[len(stem):]
	area := strings.TrimSuffix(stem, "-")
	if number == "" || isRegion(name) {
		return "", false
	}
	m, ok := spell.Find(area, slices.Values(areas))
	return m.Word + "-" + number, ok && m.Distance <= 1
}

// isRegion reports whether a name is that of a known area, with any number.
func isRegion(name string) bool {
	stem := strings.TrimRight(name, "0123456789")
	area, ok := strings.CutSuffix(stem, "-")
	return ok && stem != name && slices.Contains(areas, area)
}
