package schema

import (
	"slices"
	"testing"
)

func TestFormatCalls(t *testing.T) {
	names := []string{
		"CreateFunction20150331<CreateFunction", "Decrypt", "DescribeInstances", "Encrypt", "GetID", "OAuth2_Token_POST", "ReEncrypt", "RunInstances", "getThing",
	}
	const want = "\tDecrypt\n\tEncrypt\n\tEncrypt Re\n\tFunction20150331<CreateFunction Create\n\tID Get\n\tInstances Describe Run\n\tOAuth2_Token_POST\n\tThing get\n"
	text := FormatCalls(names)
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	got := ParseCalls(text)
	slices.Sort(got)
	if !slices.Equal(got, names) {
		t.Errorf("read again: %q", got)
	}
}
