package gen

import (
	"fmt"
	"regexp"
	"strings"
)

// TerraformReplaced compares two versions of jobs.tf. It returns comments on the functions that
// Terraform replaces although their labels stay: those that get another name, and those whose
// code becomes a container image or a zip file. It returns "" if there are none.
func TerraformReplaced(old, new []byte) string {
	before, after := readTF(old), readTF(new)
	var b strings.Builder
	for _, r := range before.list {
		i, ok := after.index[tfFunction+" "+r.label]
		if r.kind != tfFunction || !ok {
			continue
		}
		is := after.list[i]
		if r.argument("function_name") != is.argument("function_name") {
			fmt.Fprintf(&b, "# The name of function %s in AWS changes, so the function is replaced%s.\n", r.label, before.logLostWith(r.label))
		} else if r.argument("package_type") != is.argument("package_type") {
			fmt.Fprintf(&b, "# The code of function %s becomes %s, so the function is replaced: its rules call nothing in between.\n", r.label, is.code())
		}
	}
	return b.String()
}

// argument returns the expression of an argument of a resource, or "".
func (r tfResource) argument(name string) string {
	m := regexp.MustCompile(`(?m)^` + name + ` = (.+)$`).FindStringSubmatch(r.body)
	if m == nil {
		return ""
	}
	return m[1]
}

// code names the form of a function's code.
func (r tfResource) code() string {
	if r.argument("package_type") != "" {
		return "a container image"
	}
	return "a zip file"
}

// logLostWith says that the log group of a function is deleted when its name changes.
func (f tfFile) logLostWith(function string) string {
	if i, ok := f.index[tfLogGroup+" "+function]; ok && !strings.Contains(f.list[i].body, "skip_destroy = true\n") {
		return ", and its log group with the logs is deleted"
	}
	return ""
}
