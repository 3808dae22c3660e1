package directive

import (
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// otherFormatNames are what people call the formats.
var otherFormatNames = map[string]string{
	"cfn": "cloudformation", "cf": "cloudformation", "cform": "cloudformation",
	"tf": "terraform", "hcl": "terraform", "opentofu": "terraform", "tofu": "terraform",
	"sls": "serverless",
}

// NearestFormat returns the format that an unknown name was most likely meant to be.
func NearestFormat(name string) (string, bool) {
	if format, ok := otherFormatNames[strings.ToLower(name)]; ok {
		return format, true
	}
	return spell.Nearest(name, Formats)
}
