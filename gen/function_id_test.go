package gen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// TestFunctionID checks that a pinned id keeps the name of everything that a
// function has, in every format: a renamed method, or package, changes what it
// is called for people and in the Handler property, and nothing else.
func TestFunctionID(t *testing.T) {
	tests := []struct {
		layout   model.Layout
		change   func(*model.Package)
		old, new string // names that differ
	}{
		{model.PerMethod, func(p *model.Package) {
			j := p.Receivers[0].Jobs[0]
			j.Method, j.Own.ID = "filled", "OrdersPlaced"
		}, "orders.placed", "orders.filled"},
		{model.PerPackage, func(p *model.Package) {
			p.Name, p.Receivers[0].Function.ID = "store", "Shop"
			p.Path = strings.Replace(p.Path, "shop", "store", 1)
		}, "shop", "store"},
	}
	for _, tt := range tests {
		t.Run(string(tt.layout), func(t *testing.T) {
			want, renamed := fullPackage(tt.layout), fullPackage(tt.layout)
			tt.change(renamed)
			got := ruleFileTexts(t, renamed)
			for name, text := range ruleFileTexts(t, want) {
				text = strings.ReplaceAll(text, tt.new, tt.old)
				if diff := cmp.Diff(text, strings.ReplaceAll(got[name], tt.new, tt.old)); diff != "" {
					t.Errorf("%s (-before +after the rename):\n%s", name, diff)
				}
			}
		})
	}
}

// TestFunctionIDEverywhere checks that all of a function's names follow its id.
func TestFunctionIDEverywhere(t *testing.T) {
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		p := fullPackage(layout)
		id, old := "pinned-name", "OrdersPlaced"
		if layout == model.PerPackage {
			old = "Shop"
			p.Receivers[0].Function.ID = id
		} else {
			p.Receivers[0].Jobs[0].Own.ID = id
		}
		for name, text := range ruleFileTexts(t, p) {
			if strings.Contains(text, old) {
				t.Errorf("%s, %s layout, still has %s", name, layout, old)
			}
			if !strings.Contains(text, "PinnedName") {
				t.Errorf("%s, %s layout, does not have the id", name, layout)
			}
		}
	}
}

// ruleFileTexts are the rule files of a package, by name.
func ruleFileTexts(t *testing.T, p *model.Package) map[string]string {
	t.Helper()
	files, err := Generate(p, Options{Formats: Formats()})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		if f.Name != model.DispatcherFile {
			texts[f.Name] = string(f.Data)
		}
	}
	if len(texts) != len(Formats()) {
		t.Fatal(fmt.Sprint(texts))
	}
	return texts
}
