package e2e

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// imageHandlers are the values of _HANDLER that a program in a container image can find. An image
// has no handler (Lambda API, CreateFunction). Lambda takes the last word of the command line for
// it, if there is more than the program (aws/aws-lambda-runtime-interface-emulator, getBootstrap).
// AWS's base images export their first argument (lambda-entrypoint.sh).
var imageHandlers = map[string]func(*model.Package) string{
	"the program alone":                     func(*model.Package) string { return "" },
	"with the command of the rule files":    func(p *model.Package) string { return p.Name },
	"with another command of a base image":  func(*model.Package) string { return "bootstrap" },
	"with the path of the program as a CMD": func(*model.Package) string { return "/var/runtime/bootstrap" },
}

// images sends events through EventBridge's rules to one function for all packages, as a
// container image runs it. The dispatcher takes each value of _HANDLER for all rules or for those
// of the package, and the payload names the rule.
func images(t *testing.T, p *program) {
	t.Helper()
	for name, handlerOf := range imageHandlers {
		t.Run(name, func(t *testing.T) {
			got := handledBy(t, p, model.PerPackage, func(p *model.Package, _ *model.Rule) string { return handlerOf(p) })
			if diff := cmp.Diff(p.files["handled.want"], got); diff != "" {
				t.Errorf("events are handled otherwise (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("the name of a job", func(t *testing.T) {
		rule := p.packages[0].Rules()[0]
		result := start(t, p).invoke("handler.function", string(input(t, rule, model.PerPackage, "{}")))
		if !strings.Contains(result.ErrorMessage, `handler "handler.function"`) {
			t.Errorf("error %q, want one that names the handler", result.ErrorMessage)
		}
	})
}
