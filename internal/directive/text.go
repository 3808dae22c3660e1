package directive

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// ParamName is a regular expression for the names of parameters. A name is valid in every
// format and as an environment variable of a Lambda function: parameters in CloudFormation
// consist of letters and digits, and variables in Lambda have at least two characters.
const ParamName = `^[A-Za-z][A-Za-z0-9]{1,254}$`

// paramName is compiled at its first use, because that takes more than a millisecond.
var paramName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(ParamName) })

// pseudo is the prefix of CloudFormation's pseudo parameters, which other formats
// don't have.
const pseudo = "AWS::"

// ParseText parses a string in which ${Name} refers to a parameter and $${ is a
// literal ${.
func ParseText(n *Node) (model.Text, []Problem) {
	s := n.Text
	if !strings.Contains(s, "${") {
		return model.Literal(s), nil
	}
	if !n.Quoted {
		return nil, []Problem{{Code: diag.ArgParam, Offset: n.Offset,
			Message: "a reference to a parameter must be in quotes: quote the value"}}
	}
	var text model.Text
	for s != "" {
		part, rest, problem := nextPart(s)
		if problem != "" {
			return nil, []Problem{{Code: diag.ArgParam, Offset: n.Offset, Message: problem}}
		}
		text, s = appendPart(text, part), rest
	}
	return text, nil
}

// appendPart appends a part. It joins consecutive literals, so that equal texts have
// equal parts.
func appendPart(text model.Text, p model.Part) model.Text {
	if last := len(text) - 1; last >= 0 && p.Param == "" && text[last].Param == "" {
		text[last].Literal += p.Literal
		return text
	}
	return append(text, p)
}

// nextPart splits a literal or a reference from the front of s.
func nextPart(s string) (part model.Part, rest, problem string) {
	if strings.HasPrefix(s, "$${") {
		return model.Part{Literal: "${"}, s[len("$${"):], ""
	}
	if !strings.HasPrefix(s, "${") {
		end := nextReference(s)
		return model.Part{Literal: s[:end]}, s[end:], ""
	}
	name, rest, closed := strings.Cut(s[len("${"):], "}")
	switch {
	case !closed:
		return part, "", "${ is never closed; write ${Name} for a parameter, or $${ for a literal ${"
	case strings.HasPrefix(name, pseudo) && paramName().MatchString(name[len(pseudo):]):
		return part, "", fmt.Sprintf("only CloudFormation has ${%s}; use your own parameter, such as ${%s}, and set it when you deploy the rules; $${ is a literal ${",
			name, name[len(pseudo):])
	case !paramName().MatchString(name):
		return part, "", fmt.Sprintf("${%s} is not a valid parameter: a name consists of 2 to 255 letters and digits and begins with a letter; write $${ for a literal ${", name)
	}
	return model.Part{Param: name}, rest, ""
}

// nextReference returns the offset of the next ${ or $${ in s, or len(s).
func nextReference(s string) int {
	i := strings.Index(s, "${")
	switch {
	case i < 0:
		return len(s)
	case i > 0 && s[i-1] == '$':
		return i - 1
	}
	return i
}
