package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func model(t *testing.T, json string) *fstest.MapFile {
	t.Helper()
	return &fstest.MapFile{Data: gzipped(t, json)}
}

func TestReadModels(t *testing.T) {
	root := fstest.MapFS{
		"data/ec2/2014-09-01/service-2.json.gz": model(t, `{"metadata": {"endpointPrefix": "ec2"}, "operations": {"RunInstances": {}}, "shapes": {"State": {"enum": ["running"]}}}`),
		"data/ec2/2016-11-15/service-2.json":    {Data: []byte(`{"metadata": {"endpointPrefix": "ec2"}, "operations": {"StopInstances": {}, "RunInstances": {}}, "shapes": {"State": {"enum": ["running", "on hold"]}, "Name": {}}}`)},
		"data/ecr/2015-09-21/service-2.json.gz": model(t, `{"metadata": {"endpointPrefix": "api.ecr", "signingName": "ecr"}, "operations": {"PutImage": {}}}`),
		"data/ecr/2015-09-21/waiters-2.json":    {Data: []byte(`no model`)},
		"data/endpoints.json":                   {Data: []byte(`no model`)},
	}
	all, err := readModels(root)
	if err != nil {
		t.Fatal(err)
	}
	want := "ec2.amazonaws.com\n\tRunInstances\n\tStopInstances\necr.amazonaws.com\n\tPutImage\n"
	if got := all.calls.format(); got != want {
		t.Errorf("calls\n%s\nwant\n%s", got, want)
	}
	if lines := strings.Count(all.list, "\n"); lines != 3 || !strings.HasPrefix(all.list, "data/ec2/2014-09-01/service-2.json ") {
		t.Errorf("the list of models is\n%s", all.list)
	}
	const enums = "ec2.State string = \"on hold\" running\n"
	if got := all.enums.format(); got != enums {
		t.Errorf("enums\n%s\nwant\n%s", got, enums)
	}
	if got := parseCalls(want).format(); got != want {
		t.Errorf("the text changes by reading and writing:\n%s", got)
	}
}

func TestReadModelsNamesTheBrokenOne(t *testing.T) {
	for name, file := range map[string]*fstest.MapFile{
		"data/a/1/service-2.json":    {Data: []byte("{")},
		"data/b/1/service-2.json.gz": {Data: []byte("no gzip")},
	} {
		if _, err := readModels(fstest.MapFS{name: file}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("err = %v; want %s named", err, name)
		}
	}
}

func TestReadBotocoreChecksVersionAndContent(t *testing.T) {
	dir := t.TempDir()
	write := func(version string) {
		if err := os.WriteFile(filepath.Join(dir, "__init__.py"), []byte("import os\n"+version), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ init, want string }{
		{"__version__ = '0.1'\n", "this is version 0.1, pinned is " + botocoreVersion},
		{"", "states no __version__"},
		{"__version__ = '" + botocoreVersion + "'\n", "not that of the pinned version"},
	}
	for _, tt := range tests {
		write(tt.init)
		if _, _, err := readBotocore(dir, ""); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("err = %v; want %s", err, tt.want)
		}
	}
}

func TestOpenBotocoreReadsWheels(t *testing.T) {
	file := filepath.Join(t.TempDir(), "botocore.whl")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for name, text := range map[string]string{
		"botocore/__init__.py":                    "__version__ = '" + botocoreVersion + "'\n",
		"botocore/data/sqs/2012/service-2.json":   `{"metadata": {"endpointPrefix": "sqs"}, "operations": {"SendMessage": {}}}`,
		"botocore-" + botocoreVersion + "/RECORD": "",
	} {
		entry, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		entry.Write([]byte(text))
	}
	w.Close()
	f.Close()
	root, closeRoot, err := openBotocore(file)
	if err != nil {
		t.Fatal(err)
	}
	defer closeRoot()
	if err := checkVersion(root); err != nil {
		t.Error(err)
	}
	all, err := readModels(root)
	if err != nil || !all.calls["sqs.amazonaws.com"]["SendMessage"] {
		t.Errorf("calls = %v, %v", all.calls, err)
	}
}

func TestOpenBotocoreRefusesOtherFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := openBotocore(file); err == nil || !strings.Contains(err.Error(), "neither a directory nor a wheel") {
		t.Errorf("err = %v", err)
	}
	if _, _, err := openBotocore(file + "y"); err == nil {
		t.Error("a file that is missing is an error")
	}
}
