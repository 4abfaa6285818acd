package web

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest is the word of a list that somebody may have meant by another one: one that begins so, or differs in at most a
// third of its letters; "" where none does.
func Nearest(typed string, list []string) string {
	typed = fold(strings.TrimSpace(typed))
	best, least := "", utf8.RuneCountInString(typed)/3+1
	for _, w := range list {
		d := distance(typed, fold(w))
		if n := min(len(w), len(typed)); n >= 3 && (strings.HasPrefix(w, typed) || strings.HasPrefix(typed, w)) {
			d = min(d, 1)
		}
		if d < least || d == least && best == "" && d <= utf8.RuneCountInString(typed)/3 {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to be added, dropped, changed or swapped with the next to make one word of another (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row, before, older := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		older, before, row = before, row, older
		row[0] = i + 1
		for j := range y {
			row[j+1] = before[j]
			if x[i] != y[j] {
				row[j+1] = 1 + min(before[j], row[j], before[j+1])
			}
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], 1+older[j-1])
			}
		}
	}
	return row[len(y)]
}

// foreignParameters are those of foreign.txt: other sites put them at the end of links to us.
var foreignParameters = loadLines("foreign.txt")

// loadLines reads a list of ours: a word a line, empty lines and those that begin with # are for people.
func loadLines(name string) []string {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func isForeign(name string) bool {
	return slices.ContainsFunc(foreignParameters, func(f string) bool {
		begin, any := strings.CutSuffix(f, "*")
		return name == begin || any && strings.HasPrefix(name, begin)
	})
}
