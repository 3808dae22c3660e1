package scaffold

import (
	"context"
	"net/url"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// modulePath returns the path for a new module in a folder. It joins the path of the git
// repository's remote and the folder's path in the repository. Without a usable remote, it
// guesses example.com and the folder's name. Existing is the folder itself or the nearest
// directory above it that exists.
func modulePath(ctx context.Context, folder, existing string) (p string, isGuessed bool) {
	if repository, ok := git(ctx, existing, "rev-parse", "--show-toplevel"); ok {
		rel, err := filepath.Rel(repository, resolved(folder, existing))
		if remote, ok := remotePath(ctx, existing); ok && err == nil && filepath.IsLocal(rel) {
			if p := path.Join(remote, filepath.ToSlash(rel)); isImportable(p) {
				return p, false
			}
		}
	}
	name := strings.Trim(notInPath.ReplaceAllString(filepath.Base(folder), "-"), "-.")
	if name == "" {
		name = "jobs"
	}
	return "example.com/" + name, true
}

var notInPath = regexp.MustCompile(`[^A-Za-z0-9._~-]+`)

// isImportable reports whether each element of a path can be in an import path.
func isImportable(p string) bool {
	for _, element := range strings.Split(p, "/") {
		if !importable.MatchString(element) || strings.HasSuffix(element, ".") {
			return false
		}
	}
	return true
}

// resolved returns the folder's path as git prints it: without symbolic links in the part
// that exists.
func resolved(folder, existing string) string {
	real, err := filepath.EvalSymlinks(existing)
	if err != nil {
		return folder
	}
	rel, err := filepath.Rel(existing, folder)
	if err != nil {
		return folder
	}
	return filepath.Join(real, rel)
}

// remotePath returns the host and path of the repository's remote. If there are several, it
// is the remote origin.
func remotePath(ctx context.Context, dir string) (string, bool) {
	remotes, ok := git(ctx, dir, "remote")
	if !ok {
		return "", false
	}
	name := "origin"
	if list := strings.Fields(remotes); len(list) == 1 {
		name = list[0]
	}
	address, ok := git(ctx, dir, "remote", "get-url", name)
	if !ok {
		return "", false
	}
	return hostAndPath(address)
}

// scpLike matches a remote as ssh's scp writes it: git@github.com:owner/name.git.
var scpLike = regexp.MustCompile(`^(?:[^@/:]+@)?([^/:@]+):([^/].*)$`)

// hostAndPath returns the module path of a repository with this address. It returns false
// if the address is not on another machine.
func hostAndPath(address string) (string, bool) {
	host, rest := "", ""
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host, rest = u.Hostname(), u.Path
	} else if m := scpLike.FindStringSubmatch(address); m != nil {
		host, rest = m[1], m[2]
	}
	rest = strings.TrimSuffix(strings.Trim(rest, "/"), ".git")
	// The first element of a module path has a dot.
	return path.Join(strings.ToLower(host), rest), strings.Contains(host, ".") && rest != ""
}

// git runs git in a directory. It reports false if git is missing or fails.
func git(ctx context.Context, dir string, args ...string) (string, bool) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	text := strings.TrimSpace(string(out))
	return text, err == nil && text != ""
}
