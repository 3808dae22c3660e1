package gen

import "github.com/jobgen/jobgen/internal/model"

func Dispatcher(p *model.Package) ([]byte, error) { return []byte("// " + Header + "\n"), nil }
