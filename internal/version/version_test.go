package version

import (
	"runtime/debug"
	"testing"
)

func TestOf(t *testing.T) {
	info := func(m debug.Module) *debug.BuildInfo { return &debug.BuildInfo{Main: m} }
	folder := &debug.Module{Path: "../jobgen"}
	fork := &debug.Module{Path: "example.com/fork", Version: "v0.9.0"}
	for _, test := range []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"a release", info(debug.Module{Path: module, Version: "v0.3.1"}), "v0.3.1"},
		{"a release candidate", info(debug.Module{Path: module, Version: "v1.0.0-rc.2"}), "v1.0.0-rc.2"},
		{"a commit", info(debug.Module{Path: module, Version: "v0.1.1-0.20261130125600-fcb5aba09c1e"}), "devel v0.1.1-0.20261130125600-fcb5aba09c1e"},
		{"a changed clone", info(debug.Module{Path: module, Version: "v0.1.0+dirty"}), "devel v0.1.0+dirty"},
		{"a clone without version control", info(debug.Module{Path: module, Version: "(devel)"}), "devel (" + Number + " or newer)"},
		{"replaced by a folder", info(debug.Module{Path: module, Version: "v0.0.0", Replace: folder}), "devel (" + Number + " or newer)"},
		{"replaced by a fork", info(debug.Module{Path: module, Version: "v0.1.0", Replace: fork}), "devel (example.com/fork@v0.9.0)"},
		{"no build information", nil, "devel (" + Number + " or newer)"},
	} {
		if got := Of(test.info); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
