// Package bundle builds the program of a Lambda function and packs it into a zip file. The
// same sources and the same version of Go give the same bytes, on every machine and in every
// folder.
//
// The program is named bootstrap, as the runtimes provided.al2023 and provided.al2 expect
// it (Lambda developer guide, page golang-package). It is the only file in the zip file.
package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/tempdir"
)

// The names of the files.
const (
	ProgramFile = "bootstrap"
	ZipFile     = "bootstrap.zip"
)

// Lambda's limits (Lambda developer guide, page gettingstarted-limits: 250 MB unzipped with
// all layers, 50 MB zipped if the API takes the zip file itself). Lambda's error messages
// name 262144000 bytes for a program. For a request, they name 69905067 bytes, because the
// zip file in it is base64.
const (
	MaxProgram   = 250 << 20
	MaxDirectZip = 50 << 20
)

// norpc is the build tag with which aws-lambda-go doesn't use net/rpc. Only the retired
// runtime go1.x needs net/rpc.
const norpc = "lambda.norpc"

// Tags adds the tag of every build to the user's tags, which are separated by commas or
// spaces.
func Tags(user string) string {
	tags := strings.FieldsFunc(user, func(r rune) bool { return r == ',' || r == ' ' })
	return strings.Join(append([]string{norpc}, tags...), ",")
}

// Program says which program to build.
type Program struct {
	Dir          string // the working directory
	Main         string // the main package, as the go command takes it
	Architecture string // the functions' architecture: arm64 or x86_64
	Tags         string // all build tags, separated by commas
}

// Architectures are Lambda's architectures. The first one is the default.
var Architectures = []string{model.DefaultArchitecture, "x86_64"}

// goArchitectures maps Lambda's architectures to values of GOARCH.
var goArchitectures = map[string]string{"arm64": "arm64", "x86_64": "amd64"}

// Build builds the program and returns its bytes. SetEnviron must be called first. Build
// writes temporary files only into the given folder.
func (p Program) Build(ctx context.Context, temporary *tempdir.Dir) ([]byte, error) {
	file := filepath.Join(temporary.Path, ProgramFile)
	cmd := exec.CommandContext(ctx, "go", "build", "-o", file, "-tags="+p.Tags,
		"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", p.Main)
	cmd.Dir, cmd.Env = p.Dir, temporary.Environ(append(os.Environ(), "GOARCH="+goArchitectures[p.Architecture]))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("building %s for linux/%s: %w\n%s", p.Main, goArchitectures[p.Architecture], err, strings.TrimSpace(out.String()))
	}
	data, err := os.ReadFile(file)
	if err == nil && len(data) > MaxProgram {
		return nil, fmt.Errorf("the program of %s has %d bytes; Lambda takes at most %d, with all layers: divide it into several main packages", p.Main, len(data), MaxProgram)
	}
	return data, err
}

// Digest is the SHA-256 of a zip file.
type Digest [sha256.Size]byte

// DigestOf returns the digest of a zip file.
func DigestOf(zipFile []byte) Digest { return sha256.Sum256(zipFile) }

// String is the digest as sha256sum prints it.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// CodeSHA256 is the digest in the form of the field CodeSha256 of Lambda's API.
func (d Digest) CodeSHA256() string { return base64.StdEncoding.EncodeToString(d[:]) }

// Key returns an S3 key for the zip file of a main package. Different zip files have
// different keys, because CloudFormation updates a function only if its key changes.
func (d Digest) Key(importPath string) string { return importPath + "/" + d.String()[:16] + ".zip" }
