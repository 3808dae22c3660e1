package directive

import (
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// otherFormatNames are other common names of the formats.
var otherFormatNames = map[string]string{
	"cfn": "cloudformation", "cf": "cloudformation", "cform": "cloudformation",
	"tf": "terraform", "hcl": "terraform", "opentofu": "terraform", "tofu": "terraform",
	"sls": "serverless",
}

// NearestFormat returns the format that an unknown name probably means.
func NearestFormat(name string) (string, bool) {
	if format, ok := otherFormatNames[strings.ToLower(name)]; ok {
		return format, true
	}
	return spell.Nearest(name, Formats)
}
