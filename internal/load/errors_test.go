package load

import (
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/model"
)

func TestErrorPos(t *testing.T) {
	for pos, want := range map[string]model.Pos{
		`/home/me/a.go:3:4`:               {File: `/home/me/a.go`, Line: 3, Column: 4},
		`C:\Users\me\a.go:3:4`:            {File: `C:\Users\me\a.go`, Line: 3, Column: 4},
		`C:\Users\me\a.go:3`:              {File: `C:\Users\me\a.go`, Line: 3, Column: 1},
		`\\server\share\a.go:12:1`:        {File: `\\server\share\a.go`, Line: 12, Column: 1},
		`a.go:0:0`:                        {File: `a.go`, Line: 1, Column: 1},
		`a:1:b.go:2:99999999999999999999`: {File: `a:1:b.go`, Line: 2, Column: 9223372036854775807},
		`-`:                               {File: `/home/me`},
		``:                                {File: `/home/me`},
	} {
		if got := errorPos(packages.Error{Pos: pos}, &packages.Package{Dir: "/home/me"}); got != want {
			t.Errorf("%q: %+v, want %+v", pos, got, want)
		}
	}
}
