package forms

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// ReadTSV reads a table of the folder; see readRows.
func ReadTSV(fsys fs.FS, name string, row func(line int, f map[string]string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return ReadRows(f, name, row)
}

// ReadList reads a file of one word a line.
func ReadList(fsys fs.FS, name string) (map[string]bool, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	set := map[string]bool{}
	for _, line := range strings.Split(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			set[line] = true
		}
	}
	return set, nil
}

// ReadRows reads tab-separated lines without quoting; the first names the columns, lines that begin with # are
// comments.
func ReadRows(r io.Reader, name string, row func(line int, f map[string]string) error) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	var head []string
	for i, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if head == nil {
			head = cells
			continue
		}
		if len(cells) > len(head) {
			return fmt.Errorf("%s line %d: %d fields, want %d", name, i+1, len(cells), len(head))
		}
		f := make(map[string]string, len(head))
		for j, c := range cells {
			f[head[j]] = strings.TrimSpace(c)
		}
		if err := row(i+1, f); err != nil {
			return fmt.Errorf("%s line %d: %w", name, i+1, err)
		}
	}
	return nil
}

// Split gives the values of a field, nil for an empty one.
func Split(field string) []string {
	var out []string
	for _, s := range strings.Split(field, "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
