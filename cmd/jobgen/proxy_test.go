package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// proxyVersion is the version of jobgen that a case's proxy has.
const proxyVersion = "v0.0.1"

// published is a module proxy that has this repository as a version of jobgen, and the
// module cache of the cases that use it. The cases of a run share it.
var published struct {
	sync.Mutex
	dir string
}

// commandProxy makes the go command of a case download jobgen, as a user's does:
//
//	proxy
//
// Other modules come from the module cache. The first case that uses it makes the proxy.
func commandProxy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: proxy")
	}
	published.Lock()
	defer published.Unlock()
	if published.dir == "" {
		module, err := testmodule.Read()
		ts.Check(err)
		published.dir, err = os.MkdirTemp("", "jobgen-proxy-")
		ts.Check(err)
		ts.Check(publish(module.Root, filepath.Join(published.dir, "proxy", filepath.FromSlash(modulePath), "@v")))
	}
	cached := filepath.Join(ts.Getenv("GOMODCACHE"), "cache", "download")
	proxies := []string{fileURL(filepath.Join(published.dir, "proxy")), fileURL(cached), ts.Getenv("GOPROXY")}
	ts.Setenv("GOPROXY", strings.Join(proxies, ","))
	ts.Setenv("GOMODCACHE", filepath.Join(published.dir, "cache"))
	ts.Setenv("GONOSUMDB", modulePath)
	ts.Setenv("GOFLAGS", "-modcacherw")
}

// removeProxy removes what commandProxy has made.
func removeProxy() { _ = os.RemoveAll(published.dir) }

const modulePath = "github.com/jobgen/jobgen"

func fileURL(path string) string {
	return "file:///" + strings.TrimPrefix(filepath.ToSlash(path), "/")
}

// publish writes the repository to a folder of a module proxy.
func publish(root, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	archive, err := zipOf(root)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{
		"list":                 []byte(proxyVersion + "\n"),
		proxyVersion + ".info": []byte(`{"Version":"` + proxyVersion + `","Time":"2026-01-01T00:00:00Z"}`),
		proxyVersion + ".mod":  goMod,
		proxyVersion + ".zip":  archive,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// isOtherModule reports whether a folder of the repository is another module, which a module's
// zip file doesn't contain.
func isOtherModule(root, path string) bool {
	_, err := os.Stat(filepath.Join(root, filepath.FromSlash(path), "go.mod"))
	return err == nil && path != "."
}

// zipOf returns the repository as a module's zip file, without the folders of tests.
func zipOf(root string) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (path == ".git" || path == "testdata" || isOtherModule(root, path)):
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil {
			return err
		}
		f, err := w.Create(modulePath + "@" + proxyVersion + "/" + path)
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	})
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}
