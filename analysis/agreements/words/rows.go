package words

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// Rows reads a file of the folder data: columns between tabs, # begins a comment.
func Rows(files fs.FS, name string) ([][]string, error) {
	raw, err := fs.ReadFile(files, "data/"+name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	n := 0
	for line := range strings.SplitSeq(string(raw), "\n") {
		n++
		line = strings.TrimRight(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 2 || f[0] == "" || f[len(f)-1] == "" || !utf8.ValidString(line) {
			return nil, fmt.Errorf("%s line %d: %q has no value", name, n, line)
		}
		out = append(out, f)
	}
	return out, nil
}

// Must is for a package's own, embedded data.
func Must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}
