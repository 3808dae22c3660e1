package lint

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkAction returns the finding about an action; its code is empty if there is none.
func checkAction(action string) diag.Diagnostic {
	d, _ := unknownAction(action, model.Pos{})
	return d
}

// TestKnownActions shows that nothing is reported for any action of the catalog, in any
// letter case.
func TestKnownActions(t *testing.T) {
	for _, prefix := range catalog.IAMPrefixes() {
		service, _ := catalog.LookupIAM(prefix)
		for _, a := range service.Actions {
			for _, action := range []string{prefix + ":" + a.Name, strings.ToUpper(prefix) + ":" + strings.ToLower(a.Name)} {
				if d := checkAction(action); d.Code != "" {
					t.Errorf("%s: %s", action, d.Message)
				}
			}
		}
	}
}

func TestUnknownActions(t *testing.T) {
	tests := []struct {
		action, suggestion string
		code               diag.Code
	}{
		{"*", "", ""},
		{"s3:*", "", ""},
		{"s3:Get*", "", ""},
		{"s3:GETobject", "", ""},
		{"S3:GetObject", "", ""},
		{"iam:Pass?ole", "", ""},
		{"s3:*Object*Tag*", "", ""},
		{"vpc-lattice:AssociateViaAWSService-EventsAndStates", "", ""},
		{"s3:GetObjcet", "s3:GetObject", diag.ActionMisspelled},
		{"s3:GetObjects", "s3:GetObject", diag.ActionMisspelled},
		{"S3:getobjcet", "S3:GetObject", diag.ActionMisspelled},
		{"dyanmodb:GetItem", "dynamodb:GetItem", diag.ActionMisspelled},
		{"dyanmodb:*", "dynamodb:*", diag.ActionMisspelled},
		{"dynamo:GetItem", "dynamodb:GetItem", diag.ActionMisspelled},
		{"ebs2:CreateNothing", "", diag.ActionUnknown},
		{"transfrom:CreateNothing", "", diag.ActionUnknown},
		{"s3:Gte*", "s3:Get*", diag.ActionMisspelled},
		{"s3:Gett*", "s3:Get*", diag.ActionMisspelled},
		{"s3:*Objct", "s3:*Object", diag.ActionMisspelled},
		{"s3:*Objekt", "s3:*Object", diag.ActionMisspelled},
		{"iam:Pass?oel", "iam:Pass?ole", diag.ActionMisspelled},
		{"s3:Frobnicate*", "", diag.ActionUnknown},
		{"s3:Xq*", "", diag.ActionUnknown},
		{"s3:Frobnicate", "", diag.ActionUnknown},
		{"s3:GetObjectV2", "", diag.ActionUnknown},
		{"rds:CancelImportTask", "rds:CancelExportTask", diag.ActionUnknown},
		{"frobnicate:Get", "", diag.ActionUnknown},
	}
	for _, tt := range tests {
		if d := checkAction(tt.action); d.Code != tt.code || d.Suggestion != tt.suggestion {
			t.Errorf("%s: %q, %q [%s]; want %q [%s]", tt.action, d.Message, d.Suggestion, d.Code, tt.suggestion, tt.code)
		}
	}
	if d := checkAction("cloudwatch:PutLogEvents"); !strings.Contains(d.Message, "2026-09-26") || !strings.Contains(d.Message, "logs:PutLogEvents") {
		t.Errorf("the message names neither the day nor the service that has the action: %s", d.Message)
	}
}

// TestTyposInActions plants typos in actions, and counts how many become errors, and how
// many of those suggest what was meant. A typo is left out if it is an action too, or as
// near to another. CATALOG.md has the figures.
func TestTyposInActions(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 2026))
	prefixes := catalog.IAMPrefixes()
	var planted, caught, right, left int
	for range 600 {
		service, _ := catalog.LookupIAM(prefixes[rng.IntN(len(prefixes))])
		name := service.Actions[rng.IntN(len(service.Actions))].Name
		for _, typo := range actionTypos(rng, name) {
			if _, ok := service.Action(typo); ok || isAmbiguous(service, typo) {
				left++
				continue
			}
			planted++
			d := checkAction(service.Prefix + ":" + typo)
			switch {
			case d.Code != diag.ActionMisspelled:
				t.Logf("missed: %s:%s for %s: %s", service.Prefix, typo, name, d.Message)
			case d.Suggestion == service.Prefix+":"+name:
				right++
				caught++
			default:
				t.Logf("wrong suggestion: %s:%s for %s: %s", service.Prefix, typo, name, d.Suggestion)
				caught++
			}
		}
	}
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	t.Logf("%d typos, %d caught (%.1f %%), %d of those with the right name first (%.1f %%); left out: %d",
		planted, caught, percent(caught, planted), right, percent(right, caught), left)
	if planted < 300 || percent(caught, planted) < 97 || percent(right, caught) < 97 {
		t.Error("fewer than 300 typos, or less than 97 % of them are caught or have the right suggestion")
	}
}

// actionTypos makes one typo of each kind: a letter that is dropped, doubled or swapped
// with its neighbour, and the plural or singular.
func actionTypos(rng *rand.Rand, name string) []string {
	i := rng.IntN(len(name))
	typos := []string{name[:i] + name[i+1:], name[:i] + name[i:i+1] + name[i:]}
	if i+1 < len(name) && !strings.EqualFold(name[i:i+1], name[i+1:i+2]) {
		typos = append(typos, fmt.Sprint(name[:i], name[i+1:i+2], name[i:i+1], name[i+2:]))
	}
	if singular, ok := strings.CutSuffix(name, "s"); ok {
		return append(typos, singular)
	}
	return append(typos, name+"s")
}

func isAmbiguous(service *catalog.IAMService, typo string) bool {
	m, ok := spell.Find(typo, func(yield func(string) bool) {
		for _, a := range service.Actions {
			if !yield(a.Name) {
				return
			}
		}
	})
	return ok && len(m.Ties) > 0
}
