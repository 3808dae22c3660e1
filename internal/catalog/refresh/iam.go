package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// iamTable holds the services that have actions in IAM, by the prefix of the actions.
type iamTable map[string]*iamService

// iamService is what IAM knows of a service.
type iamService struct {
	resources map[string]string   // the types of resources, each with its ARN
	actions   map[string][]string // the types of resources that each action takes, sorted
}

func (t iamTable) service(prefix string) *iamService {
	if t[prefix] == nil {
		t[prefix] = &iamService{make(map[string]string), make(map[string][]string)}
	}
	return t[prefix]
}

// format returns the services, sorted. Under each are its types of resources,
// "name = ARN", and then its actions, "Name: type, type".
func (t iamTable) format() string {
	var b strings.Builder
	for _, prefix := range slices.Sorted(maps.Keys(t)) {
		b.WriteString(prefix + "\n")
		s := t[prefix]
		for _, name := range slices.Sorted(maps.Keys(s.resources)) {
			b.WriteString("\t" + name + " = " + s.resources[name] + "\n")
		}
		for _, name := range slices.Sorted(maps.Keys(s.actions)) {
			b.WriteString("\t" + name)
			if types := s.actions[name]; len(types) > 0 {
				b.WriteString(": " + strings.Join(types, ", "))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// parseIAM reads what format writes.
func parseIAM(text string) iamTable {
	table := make(iamTable)
	for _, block := range schema.Split(text, 0) {
		s := table.service(block.Head)
		for _, line := range schema.Split(block.Body, 1) {
			if name, arn, ok := strings.Cut(line.Head, " = "); ok {
				s.resources[name] = arn
				continue
			}
			name, types, ok := strings.Cut(line.Head, ": ")
			s.actions[name] = nil
			if ok {
				s.actions[name] = strings.Split(types, ", ")
			}
		}
	}
	return table
}

// readIAM returns the actions of the pinned package, from its .tgz file or else by npm.
func readIAM(file, temp string) (iamTable, error) {
	file, data, err := readPackage(file, temp, iamPackage, iamVersion)
	if err != nil {
		return nil, err
	}
	files, list, err := iamFiles(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := checkDigest([]byte(list), iamVersion, iamDigest); err != nil {
		return nil, err
	}
	return readIAMFiles(files)
}

// The directories of the package that have a file for each service.
const (
	iamActions   = "package/data/actions"
	iamResources = "package/data/resourceTypes"
)

// iamFiles returns the files of both directories, with the list that the pinned digest is
// of: a line for each file, its path and the SHA-256 of its content, sorted.
func iamFiles(data []byte) (map[string][]byte, string, error) {
	files, err := fromTarball(data, func(name string) bool { return path.Dir(name) == iamActions || path.Dir(name) == iamResources })
	if err != nil {
		return nil, "", err
	}
	var list strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&list, "%s %x\n", name, sha256.Sum256(files[name]))
	}
	return files, list.String(), nil
}

func readIAMFiles(files map[string][]byte) (iamTable, error) {
	table := make(iamTable)
	for name, data := range files {
		s := table.service(strings.TrimSuffix(path.Base(name), ".json"))
		read := s.readActions
		if path.Dir(name) == iamResources {
			read = s.readResources
		}
		if err := read(data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return table, table.check()
}

func (s *iamService) readActions(data []byte) error {
	var actions map[string]struct {
		Name          string
		ResourceTypes []struct{ Name string }
	}
	err := json.Unmarshal(data, &actions)
	for _, a := range actions {
		var types []string
		for _, t := range a.ResourceTypes {
			types = append(types, t.Name)
		}
		slices.Sort(types)
		s.actions[a.Name] = types
	}
	return err
}

func (s *iamService) readResources(data []byte) error {
	var resources map[string]struct{ Key, ARN string }
	err := json.Unmarshal(data, &resources)
	for _, r := range resources {
		s.resources[r.Key] = r.ARN
	}
	return err
}

// check makes sure that each service has the types of resources that its actions take.
func (t iamTable) check() error {
	for prefix, s := range t {
		for action, types := range s.actions {
			for _, name := range types {
				if s.resources[name] == "" {
					return fmt.Errorf("%s:%s takes the resource %q, which %s doesn't have", prefix, action, name, prefix)
				}
			}
		}
	}
	return nil
}
