package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// found is what stands at a path.
type found struct {
	target string // the path, all links followed
	exists bool
	data   []byte
}

// look reads the file at a path. That nothing is there is no error.
func look(path string) (found, error) {
	target, err := follow(path)
	if err != nil {
		return found{}, err
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return found{target: target}, nil
	case err != nil:
		return found{}, cause(err)
	case !info.Mode().IsRegular():
		// Reading a pipe would wait for ever.
		return found{}, fmt.Errorf("%s stands in its place; move it away, then run jobgen again", kindOf(info.Mode()))
	}
	data, err := os.ReadFile(target)
	if err != nil {
		return found{}, fmt.Errorf("it cannot be read: %w", cause(err))
	}
	return found{target, true, data}, nil
}

// follow gives the path that a link leads to, over any number of links, also
// where nothing is there yet, with its directory free of links too, so that one
// file has one path.
func follow(path string) (string, error) {
	const most = 40 // as many as Linux follows
	for range most {
		dir, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", fmt.Errorf("the directory of the link's target: %w", cause(err))
		}
		path = filepath.Join(dir, filepath.Base(path))
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, nil // an error comes back, with its cause, on reading
		}
		link, err := os.Readlink(path)
		if err != nil {
			return "", cause(err)
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(dir, link)
		}
		path = link
	}
	return "", errors.New("it is a link that leads round in a circle; remove it, then run jobgen again")
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something that is no file"
}

// cause is an error without the path and the system call: our messages name the
// file that the user knows, not a temporary one.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// shortener returns how a path is written in messages: relative to the working
// directory, where that is shorter.
func shortener() func(path string) string {
	wd, err := os.Getwd()
	if err != nil {
		return func(path string) string { return path }
	}
	return func(path string) string {
		rel, err := filepath.Rel(wd, path)
		if err != nil || len(rel) >= len(path) {
			return path
		}
		return rel
	}
}
