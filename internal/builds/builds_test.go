package builds

import (
	"go/build"
	"go/build/constraint"
	"go/version"
	"io"
	"runtime"
	"strings"
	"testing"
)

func TestReadBuild(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"a.go", "package a", ""},
		{"linux.go", "package a", ""},
		{"a_linux.go", "package a", "linux"},
		{"a_arm64.go", "package a", "arm64"},
		{"a_linux_arm64.go", "package a", "linux && arm64"},
		{"a_linux_test.go", "package a", "linux"},
		{"a_arm64_linux.go", "package a", "linux"},
		{"a_prod.go", "package a", ""},
		{"a_.go", "package a", ""},
		{"a_linux.pb.go", "package a", "linux"},
		{"a.go", "// A licence.\n\n//go:build prod && !dev\n\npackage a", "prod && !dev"},
		{"a_linux.go", "//go:build prod || dev\n\npackage a", "linux && (prod || dev)"},
		{"a.go", "// +build prod\n// +build !dev\n\npackage a", "prod && !dev"},
		{"a.go", "//go:build prod\n// +build dev\n\npackage a", "prod"},
		{"a.go", "// +build prod\npackage a", ""},
		{"a.go", "package a\n\n//go:build prod", ""},
		{"a.go", "package a\n\nimport \"C\"\n\nfunc broken( {", "cgo"},
		{"a.go", "", ""},
		{"a.go", "//go:build (", ""},
	}
	for _, test := range tests {
		if got := Text(ReadFile(test.name, []byte(test.src)).Conditions()); got != test.want {
			t.Errorf("%s, %q: %q, want %q", test.name, test.src, got, test.want)
		}
	}
}

// TestReadBuildAgreesWithGo compares the constraints of files with go/build's decisions.
func TestReadBuildAgreesWithGo(t *testing.T) {
	names := []string{"a.go", "a_linux.go", "a_windows.go", "a_arm64.go", "a_linux_amd64.go", "a_windows_arm64.go", "linux_arm64.go", "a_js_wasm.go", "a_unix.go"}
	sources := []string{"package a", "//go:build prod\n\npackage a", "//go:build !prod && unix\n\npackage a", "//go:build windows || arm64\n\npackage a",
		"//go:build go1.5 && gc\n\npackage a", "//go:build go1.999\n\npackage a", "// +build linux,prod !unix\n\npackage a"}
	for _, name := range names {
		for _, src := range sources {
			for _, arch := range []string{"amd64", "arm64"} {
				for _, tags := range [][]string{nil, {"prod"}} {
					ctx := build.Default
					ctx.GOOS, ctx.GOARCH, ctx.BuildTags = "linux", arch, tags
					ctx.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(src)), nil }
					want, err := ctx.MatchFile("", name)
					if err != nil {
						t.Fatal(err)
					}
					c := Context{arch: arch, tags: tags, release: len(build.Default.ReleaseTags)}
					if got := holds(ReadFile(name, []byte(src)).Conditions(), c.Has); got != want {
						t.Errorf("%s, %q, %s, %v: %v, want %v", name, src, arch, tags, got, want)
					}
				}
			}
		}
	}
}

func expr(t *testing.T, text string) constraint.Expr {
	t.Helper()
	if text == "" {
		return nil
	}
	x, err := constraint.Parse("//go:build " + text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestSameAndCompatibleConstraints(t *testing.T) {
	tests := []struct {
		a, b             string
		same, compatible bool
	}{
		{"", "", true, true},
		{"", "a || !a", true, true},
		{"a", "", false, true},
		{"a && b", "b && a", true, true},
		{"!(a || b)", "!a && !b", true, true},
		{"a", "!a", false, false},
		{"linux", "windows", false, false},
		{"linux && arm64", "arm64 && !windows && linux", true, true},
		{"arm64", "amd64", false, false},
		{"a", "b", false, true},
	}
	for _, test := range tests {
		a, b := expr(t, test.a), expr(t, test.b)
		if got := Same(a, b); got != test.same {
			t.Errorf("%q and %q are the same: %v", test.a, test.b, got)
		}
		if got := Compatible(a, b); got != test.compatible {
			t.Errorf("%q and %q are compatible: %v", test.a, test.b, got)
		}
	}
}

// TestNearestBuild checks the flags that jobgen suggests for a file, and that a build with
// them includes it.
func TestNearestBuild(t *testing.T) {
	now := Context{arch: "amd64", tags: []string{"dev"}, release: 26}
	for text, want := range map[string]string{
		"prod":                     "-tags dev,prod",
		"!dev":                     "no -tags (now dev)",
		"prod && !dev":             "-tags prod",
		"arm64":                    "GOARCH=arm64",
		"!amd64":                   "GOARCH=arm64",
		"cgo":                      "CGO_ENABLED=1",
		"cgo && arm64 && (a || b)": "GOARCH=arm64 and CGO_ENABLED=1 and -tags dev,a",
		"windows || prod":          "-tags dev,prod",
		"windows":                  "",
		"!linux":                   "",
		"!unix":                    "",
		"go1.99":                   "",
		"a && !a":                  "",
	} {
		x := expr(t, text)
		next, ok := now.nearest(x)
		if ok != (want != "") || ok && (now.change(next) != want || !holds(x, next.Has)) {
			t.Errorf("%s: %v, %q, want %q", text, ok, now.change(next), want)
		}
	}
}

// TestContextIsTheGoCommands checks flags of every form that the go command reads.
func TestContextIsTheGoCommands(t *testing.T) {
	t.Setenv("GOARCH", "arm64")
	t.Setenv("CGO_ENABLED", "1")
	t.Setenv("GOFLAGS", "-mod=mod --tags=a,b -tags=c")
	for tags, want := range map[string]string{"": "c", "x,y": "x y", "x y": "x y"} {
		c, err := Read(t.Context(), t.TempDir(), tags)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(c.tags, " "); got != want || c.arch != "arm64" || !c.cgo || c.release < 26 || !c.Has("unix") || c.Has("go1.99") {
			t.Errorf("-tags %q: %+v, want the tags %s", tags, c, want)
		}
	}
}

// TestModernJSON checks that ModernJSON follows the go command's experiments.
func TestModernJSON(t *testing.T) {
	newer := version.Compare(version.Lang(runtime.Version()), "go1.27") >= 0
	for experiment, want := range map[string]bool{"": newer, "jsonv2": newer, "nojsonv2": false} {
		t.Setenv("GOEXPERIMENT", experiment)
		c, err := Read(t.Context(), t.TempDir(), "")
		if got := c.ModernJSON(); err != nil || got != want {
			t.Errorf("GOEXPERIMENT=%s: modernJSON = %t, %v, want %t", experiment, got, err, want)
		}
	}
}
