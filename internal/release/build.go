package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/version"
)

// targets are the systems for which a release has archives.
var targets = []string{
	"linux/amd64", "linux/arm64",
	"darwin/amd64", "darwin/arm64",
	"windows/amd64", "windows/arm64",
}

type target struct{ os, arch string }

// chooseTargets parses a list of targets.
func chooseTargets(list string) ([]target, error) {
	var chosen []target
	for _, name := range strings.Split(list, ",") {
		if !slices.Contains(targets, name) {
			return nil, fmt.Errorf("there are no archives for %q; there are %s", name, strings.Join(targets, ", "))
		}
		system, arch, _ := strings.Cut(name, "/")
		chosen = append(chosen, target{system, arch})
	}
	return chosen, nil
}

// program returns the name of the target's executable.
func (t target) program() string {
	if t.os == "windows" {
		return "jobgen.exe"
	}
	return "jobgen"
}

// builder builds the command in a temporary module that requires the released version.
type builder struct {
	module  packed
	dir     string // the folder of the temporary module
	goTool  string // the go command
	goRoot  string
	modules string   // the module cache of the builds
	env     []string // the environment, without the target
}

// settings are the go command's settings that a build takes over from the user.
type settings struct{ GOROOT, GOMODCACHE, GOPROXY, GOCACHE string }

func newBuilder(scratch string) (*builder, error) {
	proxy := filepath.Join(scratch, "proxy")
	m, err := writeModule(proxy)
	if err != nil {
		return nil, err
	}
	text, err := output("go", "env", "-json", "GOROOT", "GOMODCACHE", "GOPROXY", "GOCACHE")
	if err != nil {
		return nil, err
	}
	var s settings
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return nil, err
	}
	b := &builder{
		module:  m,
		dir:     filepath.Join(scratch, "module"),
		goTool:  filepath.Join(s.GOROOT, "bin", "go"),
		goRoot:  s.GOROOT,
		modules: filepath.Join(scratch, "modules"),
	}
	b.env = b.environment(s, proxy)
	if err := os.Mkdir(b.dir, 0o755); err != nil {
		return nil, err
	}
	return b, b.writeModule()
}

// environment returns the environment of a build. It leaves out the user's settings that can
// change a binary. The builds have a new module cache. In the user's module cache, the
// version that is built here would hide the published one.
func (b *builder) environment(s settings, proxy string) []string {
	env := slices.DeleteFunc(os.Environ(), func(setting string) bool {
		return strings.HasPrefix(setting, "GO") || strings.HasPrefix(setting, "CGO_")
	})
	file := func(path string) string { return "file://" + filepath.ToSlash(path) }
	return append(env,
		"GOENV=off",
		"GOTOOLCHAIN=local",
		"GOWORK=off",
		"GOFLAGS=-mod=mod -modcacherw",
		"GOROOT="+s.GOROOT,
		"GOCACHE="+s.GOCACHE,
		"GOMODCACHE="+b.modules,
		"GOPROXY="+file(proxy)+","+file(filepath.Join(s.GOMODCACHE, "cache", "download"))+","+s.GOPROXY,
		"CGO_ENABLED=0",
	)
}

// writeModule writes the temporary module, with jobgen's dependencies and their checksums.
func (b *builder) writeModule() error {
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := output("git", "show", "HEAD:"+name)
		if err != nil {
			return err
		}
		content += "\n"
		if name == "go.sum" {
			content += b.module.sums
		}
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return b.run(target{runtime.GOOS, runtime.GOARCH}, "mod", "edit", "-module=release",
		"-droptool="+module+"/cmd/jobgen", "-require="+module+"@"+version.Number)
}

// run runs the go command for a target.
func (b *builder) run(t target, args ...string) error {
	cmd := exec.Command(b.goTool, args...)
	cmd.Dir = b.dir
	cmd.Env = append(slices.Clone(b.env), "GOOS="+t.os, "GOARCH="+t.arch)
	text, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go %s for %s/%s: %w: %s", strings.Join(args, " "), t.os, t.arch, err, text)
	}
	return nil
}

// build builds the command for a target, and returns the file's name.
func (b *builder) build(t target) (string, error) {
	name := filepath.Join(b.dir, t.os, t.arch, t.program())
	if err := b.run(t, "build", "-trimpath", "-ldflags=-s -w", "-o", name, module+"/cmd/jobgen"); err != nil {
		return "", err
	}
	info, err := buildinfo.ReadFile(name)
	if err != nil {
		return "", err
	}
	if got := version.Of(info); got != version.Number {
		return "", fmt.Errorf("the binary for %s/%s has version %s; want %s", t.os, t.arch, got, version.Number)
	}
	return name, nil
}

// archives writes the archives of the targets, and SHA256SUMS, into dir.
func (b *builder) archives(dir string, targets []target, out io.Writer) error {
	shared, err := b.shared(out)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		name, err := b.build(t)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		licences, err := b.licences(name)
		if err != nil {
			return err
		}
		entries := slices.Concat(shared, licences, []entry{{t.program(), content, true}})
		archive, err := b.pack(t, dir, entries)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive.content), archive.name)
		fmt.Fprintf(out, "%s  %.1f MB\n", archive.name, float64(len(archive.content))/1e6)
	}
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// pack writes a target's archive into dir: a zip file for Windows, a tar file for others.
func (b *builder) pack(t target, dir string, entries []entry) (entry, error) {
	folder := strings.Join([]string{"jobgen", version.Number, t.os, t.arch}, "_")
	name, write := folder+".tar.gz", writeTar
	if t.os == "windows" {
		name, write = folder+".zip", writeZip
	}
	var archive bytes.Buffer
	if err := write(&archive, folder, entries, b.module.time); err != nil {
		return entry{}, err
	}
	return entry{name: name, content: archive.Bytes()}, os.WriteFile(filepath.Join(dir, name), archive.Bytes(), 0o644)
}

// shared returns the files that are in every archive: documents, and the completion scripts
// of shells.
func (b *builder) shared(out io.Writer) ([]entry, error) {
	var entries []entry
	for _, name := range []string{"LICENSE", "NOTICE", "README.md", "CHANGELOG.md"} {
		content, err := output("git", "show", "HEAD:"+name)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{name: name, content: []byte(content + "\n")})
	}
	program, err := b.build(target{runtime.GOOS, runtime.GOARCH})
	if err != nil {
		return nil, err
	}
	number, err := output(program, "version")
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "jobgen version\n  %s\n", number)
	if !strings.HasPrefix(number, "jobgen "+version.Number+" ") {
		return nil, errors.New("jobgen version doesn't print " + version.Number)
	}
	for _, shell := range []string{"bash", "zsh", "fish"} {
		script, err := output(program, "completion", shell)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{name: "completions/jobgen." + shell, content: []byte(script + "\n")})
	}
	return entries, nil
}
