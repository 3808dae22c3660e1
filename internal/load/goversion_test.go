package load

import "testing"

func TestNewerGo(t *testing.T) {
	for _, c := range []struct {
		required, built string
		want            bool
	}{
		{"1.27.0", "go1.26.8", true},
		{"1.27", "go1.26.8", true},
		{"1.27rc1", "go1.26.8", true},
		{"1.27.4", "go1.27.1", false}, // a patch release reads the same language
		{"1.26.0", "go1.27.4", false},
		{"1.27.0", "go1.27.4-X:nojsonv2", false},
		{"1.27.0", "go1.26.8 X:jsonv2", true},
		{"1.27.0", "devel go1.28-0123456789 Mon Nov 30 00:00:00 2026", false},
		{"", "go1.26.8", false},
	} {
		if got := newerGo(c.required, c.built); got != c.want {
			t.Errorf("newerGo(%q, %q) = %t, want %t", c.required, c.built, got, c.want)
		}
	}
}

func TestToolchain(t *testing.T) {
	for required, want := range map[string]string{"1.27": "go1.27.0", "1.27.0": "go1.27.0", "1.27.4": "go1.27.4", "1.27rc1": "go1.27rc1"} {
		if got := toolchain(required); got != want {
			t.Errorf("toolchain(%q) = %q, want %q", required, got, want)
		}
	}
}
