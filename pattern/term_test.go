package pattern

import "testing"

// term returns the first term of the first alternative of a field.
func term(t *testing.T, alternative string) Term {
	t.Helper()
	p, err := Parse([]byte(`{"a": [` + alternative + `]}`))
	if err != nil {
		t.Fatalf("%s: %v", alternative, err)
	}
	for f := range p.Fields() {
		return f.Alternatives[0].Terms()[0]
	}
	return Term{}
}

// A term fits a form if one of all texts of the form matches it.
func TestFits(t *testing.T) {
	for _, tt := range []struct {
		alternative string
		want        bool
	}{
		{`"12-4Z"`, true},
		{`"12-4z"`, false},
		{`{"equals-ignore-case": "12-4z"}`, true},
		{`"123-4Z"`, false},
		{`"1a-4Z"`, false},
		{`{"prefix": ""}`, true},
		{`{"prefix": "12-"}`, true},
		{`{"prefix": "-"}`, false},
		{`{"prefix": "12-4Zx"}`, false},
		{`{"suffix": "4Z"}`, true},
		{`{"suffix": {"equals-ignore-case": "z"}}`, true},
		{`{"suffix": "4"}`, false},
		{`{"wildcard": "*-*"}`, true},
		{`{"wildcard": "*4*Z"}`, true},
		{`{"wildcard": "1*2*3*Z"}`, true},
		{`{"wildcard": "1*2*3*4*Z"}`, false},
		{`{"wildcard": "*Z*0"}`, false},
		{`{"wildcard": "\\*2-4Z"}`, false},
		{`{"anything-but": "1"}`, false},
		{`{"anything-but": "12-4Z"}`, true},
		{`5`, true},
		{`{"exists": true}`, true},
		{`{"numeric": [">", 5]}`, true},
	} {
		if got := term(t, tt.alternative).Fits("00-0Z"); got != tt.want {
			t.Errorf("%s fits the form: %v, want %v", tt.alternative, got, tt.want)
		}
	}
}

func TestTermBegin(t *testing.T) {
	for _, tt := range []struct {
		alternative, want string
		whole             bool
	}{
		{`"abc"`, "abc", true},
		{`{"prefix": "ab"}`, "ab", false},
		{`{"wildcard": "ab*c"}`, "ab", false},
		{`{"wildcard": "a\\*b*c"}`, "a", false},
		{`{"suffix": "ab"}`, "", false},
		{`{"equals-ignore-case": "ab"}`, "", false},
		{`{"anything-but": ["ab"]}`, "ab", true},
		{`5`, "", false},
	} {
		if got, whole := term(t, tt.alternative).Begin(); got != tt.want || whole != tt.whole {
			t.Errorf("%s begins with %q, whole %v; want %q, %v", tt.alternative, got, whole, tt.want, tt.whole)
		}
	}
}

func TestAnyText(t *testing.T) {
	for alternative, want := range map[string]bool{
		`{"prefix": ""}`: true, `{"suffix": ""}`: true, `{"wildcard": "*"}`: true, `{"prefix": {"equals-ignore-case": ""}}`: true,
		`{"prefix": "a"}`: false, `{"wildcard": "*a"}`: false, `""`: false, `{"exists": true}`: false, `{"anything-but": ""}`: false,
	} {
		if got := term(t, alternative).a.AnyText(); got != want {
			t.Errorf("%s matches every text: %v, want %v", alternative, got, want)
		}
	}
}
