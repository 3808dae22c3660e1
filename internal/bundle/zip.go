package bundle

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"time"
)

// modified is the time of the file in a zip file: the earliest time of the format.
var modified = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Zip packs a program. The bytes depend on the program and on the version of Go that built
// jobgen, because a release of Go may change compress/flate.
func Zip(program []byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	header := &zip.FileHeader{Name: ProgramFile, Method: zip.Deflate, Modified: modified}
	header.SetMode(0o755)
	entry, err := w.CreateHeader(header)
	if err == nil {
		_, err = entry.Write(program)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("packing %s: %w", ProgramFile, err)
	}
	return out.Bytes(), nil
}

// unzip returns the program in a zip file that contains nothing else.
func unzip(data []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if len(r.File) != 1 || r.File[0].Name != ProgramFile {
		return nil, fmt.Errorf("it has other files than %s", ProgramFile)
	}
	entry, err := r.File[0].Open()
	if err != nil {
		return nil, err
	}
	defer entry.Close()
	return io.ReadAll(io.LimitReader(entry, MaxProgram))
}
