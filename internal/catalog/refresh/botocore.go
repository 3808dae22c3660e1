package main

import (
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// callTable holds the names of the API calls of each CloudTrail event source.
type callTable map[string]map[string]bool

func (t callTable) add(eventSource, call string) {
	t.addSource(eventSource)
	t[eventSource][call] = true
}

// addSource adds an event source, whose calls needn't be known.
func (t callTable) addSource(eventSource string) {
	if t[eventSource] == nil {
		t[eventSource] = make(map[string]bool)
	}
}

// format returns the sorted event sources. Below each are its sorted calls, each after a tab.
func (t callTable) format() string {
	var b strings.Builder
	for _, source := range slices.Sorted(maps.Keys(t)) {
		b.WriteString(source + "\n")
		for _, call := range slices.Sorted(maps.Keys(t[source])) {
			b.WriteString("\t" + call + "\n")
		}
	}
	return b.String()
}

// readBotocore returns the calls and enums of the pinned botocore, from a wheel or the
// directory of an installed package, or else by pip.
func readBotocore(file, temp string) (callTable, enumTable, error) {
	if file == "" {
		fetched, err := fetch(temp, "*.whl", "python3", "-m", "pip", "download", "--quiet", "--no-deps",
			"--only-binary", ":all:", "--dest", temp, "botocore=="+botocoreVersion)
		if err != nil {
			return nil, nil, err
		}
		file = fetched
	}
	root, closeRoot, err := openBotocore(file)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = closeRoot() }() // it was only read
	if err := checkVersion(root); err != nil {
		return nil, nil, err
	}
	models, err := readModels(root)
	if err != nil {
		return nil, nil, err
	}
	return models.calls, models.enums, checkDigest([]byte(models.list), botocoreVersion, botocoreDigest)
}

// openBotocore opens the package's directory: that of an installed one, or the
// one inside a wheel.
func openBotocore(file string) (fs.FS, func() error, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return os.DirFS(file), func() error { return nil }, nil
	}
	wheel, err := zip.OpenReader(file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is neither a directory nor a wheel: %w", file, err)
	}
	root, err := fs.Sub(wheel, "botocore")
	return root, wheel.Close, err
}

var versionLine = regexp.MustCompile(`(?m)^__version__ = ['"]([^'"]+)['"]`)

func checkVersion(root fs.FS) error {
	data, err := fs.ReadFile(root, "__init__.py")
	if err != nil {
		return err
	}
	m := versionLine.FindSubmatch(data)
	if m == nil {
		return fmt.Errorf("__init__.py states no __version__")
	}
	if got := string(m[1]); got != botocoreVersion {
		return fmt.Errorf("this is version %s, pinned is %s; to move to another version change pins.go", got, botocoreVersion)
	}
	return nil
}

// serviceModel is the part of a service-2.json that names its calls and enums.
type serviceModel struct {
	Metadata struct {
		SigningName    string `json:"signingName"`
		EndpointPrefix string `json:"endpointPrefix"`
	} `json:"metadata"`
	Operations map[string]json.RawMessage `json:"operations"`
	Shapes     map[string]struct {
		Enum []string `json:"enum"`
	} `json:"shapes"`
}

// eventSource is the name under which CloudTrail records the service. The signing name
// is right more often than the name of the endpoint.
func (m serviceModel) eventSource() string {
	name := m.Metadata.SigningName
	if name == "" {
		name = m.Metadata.EndpointPrefix
	}
	return name + ".amazonaws.com"
}

// models has the calls and enums of all service models.
type models struct {
	calls callTable
	enums enumTable
	// list is what the pinned digest is of: a line for each model, its path and the
	// SHA-256 of its JSON.
	list string
}

// readModels reads all service models, of all API versions, the oldest first.
func readModels(root fs.FS) (*models, error) {
	all := &models{calls: make(callTable), enums: make(enumTable)}
	err := fs.WalkDir(root, "data", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(path.Base(name), "service-2.json") {
			return err
		}
		if err := all.read(root, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
	return all, err
}

// read adds the model in a file, data/SERVICE/VERSION/service-2.json.
func (all *models) read(root fs.FS, name string) error {
	data, err := readModel(root, name)
	if err != nil {
		return err
	}
	all.list += fmt.Sprintf("%s %x\n", strings.TrimSuffix(name, ".gz"), sha256.Sum256(data))
	var m serviceModel
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	for call := range m.Operations {
		all.calls.add(m.eventSource(), call)
	}
	all.enums.add(path.Base(path.Dir(path.Dir(name))), m)
	return nil
}

func readModel(root fs.FS, name string) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(name, ".gz") {
		return io.ReadAll(f)
	}
	r, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
