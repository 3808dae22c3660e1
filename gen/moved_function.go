package gen

import "fmt"

// TerraformFunctions compares two versions of jobs.tf. It returns comments on the functions that
// are no longer in the file because their rules and schedules call functions that exist. It
// returns "" if there are none.
func TerraformFunctions(old, new []byte) string {
	before, after := readTF(old), readTF(new)
	said, text := map[string]bool{}, ""
	for _, r := range before.list {
		if r.kind != tfRule && r.kind != tfSchedule || !after.has(r.kind, r.label) {
			continue
		}
		was := before.caller(r)
		if was == "" || said[was] || after.has(tfFunction, was) || after.caller(r) != "" {
			continue
		}
		said[was] = true
		text += fmt.Sprintf("# %s calls a function that exists now. Terraform deletes the function %s with its role%s.\n"+
			"# Before you apply this, deploy the job's program to the function that exists.\n", r.label, was, before.lostWith(was))
	}
	return text
}

// caller returns the label of the function of the file that a rule or schedule with the kind and
// label of r calls, or "".
func (f tfFile) caller(r tfResource) string {
	if r.kind == tfRule {
		return f.functionOf(r.label)
	}
	i, ok := f.index[r.kind+" "+r.label]
	if !ok {
		return ""
	}
	if m := tfTargetFunction.FindStringSubmatch(f.list[i].body); m != nil {
		return m[1]
	}
	return ""
}
