package gen

import "github.com/jobgen/jobgen/internal/model"

// ruleText gives a rule's pattern as JSON and the parameters that strings in it
// refer to, as ${Name}. In a pattern without parameters ${ is literal text.
func ruleText(r *model.Rule) (text string, params []string) {
	matcher := r.Matcher()
	if params = matcher.Params(); len(params) == 0 {
		return matcher.JSON(plain), nil
	}
	return matcher.JSON(model.Text.String), params
}

func plain(t model.Text) string {
	s, _ := t.Plain()
	return s
}
