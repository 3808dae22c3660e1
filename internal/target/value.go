package target

import "github.com/jobgen/jobgen/internal/jsonscan"

// Value is a JSON value of a constant, a template or an event.
type Value struct {
	Offset   int      // in the constant, template or event
	Variable string   // the variable that replaces the value, or ""
	JSON     string   // the JSON as written, if the value is not a variable
	Members  []Member // of an object, in order
	Elements []*Value // of an array
}

// Member is a member of an object.
type Member struct {
	Key    string
	Offset int // of the key
	Value  *Value
}

// Keys returns the keys of an object.
func (v *Value) Keys() []string {
	var keys []string
	for _, m := range v.Members {
		keys = append(keys, m.Key)
	}
	return keys
}

// Value returns the constant or the template. It returns nil for other inputs, and if the
// JSON is invalid.
func (in Input) Value() *Value {
	if in.Template == "" {
		return readValue(in.Constant, nil)
	}
	variables := map[int]string{}
	found := placeholders(in.Template)
	for _, p := range found {
		if !p.inString {
			variables[p.start] = p.name
		}
	}
	return readValue(fill(in.Template, found), variables)
}

// readValue returns the value that a JSON text describes, or nil if the text is not JSON. At
// the offsets of variables are the texts that fill their placeholders.
func readValue(text string, variables map[int]string) *Value {
	r := valueReader{text: text, variables: variables}
	if !r.tape.Read([]byte(text)) {
		return nil
	}
	return r.value(jsonscan.Root)
}

// valueReader makes Values from the tokens of JSON.
type valueReader struct {
	text      string
	tape      jsonscan.Tape
	variables map[int]string // by the offset of the placeholder
}

func (r *valueReader) value(at int) *Value {
	v := &Value{Offset: int(r.tape.Tokens[at].Start())}
	if name, ok := r.variables[v.Offset]; ok {
		v.Variable = name
		return v
	}
	v.JSON = r.text[v.Offset:][:len(r.tape.Raw(at))]
	first, end := jsonscan.First(at), r.tape.Next(at)
	switch v.JSON[0] {
	case '[':
		for i := first; i < end; i = r.tape.Next(i) {
			v.Elements = append(v.Elements, r.value(i))
		}
	case '{':
		for i := first; i < end; i = r.tape.Next(i + 1) {
			key := string(jsonscan.Unescape(nil, r.tape.Content(i)))
			v.Members = append(v.Members, Member{Key: key, Offset: int(r.tape.Tokens[i].Start()), Value: r.value(i + 1)})
		}
	}
	return v
}
