package bundle

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"runtime/debug"
	"slices"
	"strings"
)

// module is the path of the module that every program with jobs contains.
const module = "github.com/jobgen/jobgen"

// IsOurs reports whether this package can have written a file with one of its names. Such a
// file is a program for Linux that contains jobgen and has the build tag lambda.norpc, or a
// zip file of only such a program. It can be replaced, because it can be built again.
func IsOurs(name string, data []byte) bool {
	if strings.EqualFold(name, ZipFile) {
		program, err := unzip(data)
		if err != nil {
			return false
		}
		data = program
	}
	if !bytes.HasPrefix(data, []byte(elf.ELFMAG)) {
		return false
	}
	info, err := buildinfo.Read(bytes.NewReader(data))
	return err == nil && hasJobs(info) && slices.Contains(strings.Split(setting(info, "-tags"), ","), norpc)
}

// hasJobs reports whether a program contains packages of jobgen.
func hasJobs(info *debug.BuildInfo) bool {
	return info.Main.Path == module || slices.ContainsFunc(info.Deps, func(m *debug.Module) bool { return m.Path == module })
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// Toolchain describes the Go toolchain that built a program: the version of Go, the
// experiments, and the FIPS 140 module if there is one.
func Toolchain(program []byte) (string, error) {
	info, err := buildinfo.Read(bytes.NewReader(program))
	if err != nil {
		return "", err
	}
	if fips := setting(info, "GOFIPS140"); fips != "" && fips != "off" {
		return info.GoVersion + " GOFIPS140=" + fips, nil
	}
	return info.GoVersion, nil
}
