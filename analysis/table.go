package analysis

import "strings"

// rows gives the fields of a data file's lines; a line that begins with # is a remark.
func rows(text string) [][]string {
	var out [][]string
	for l := range strings.Lines(text) {
		if f := strings.Fields(l); len(f) > 0 && !strings.HasPrefix(f[0], "#") {
			out = append(out, f)
		}
	}
	return out
}
