package words

import (
	"embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed data
var data embed.FS

var months = sync.OnceValue(func() [][]string { return Must(Rows(data, "months.txt")) })

// monthsBy are the months by the first two letters of what their names begin with.
var monthsBy = sync.OnceValue(func() map[key][][]string {
	out := map[key][][]string{}
	for _, m := range months() {
		out[firstThree(m[0]).two()] = append(out[firstThree(m[0]).two()], m)
	}
	return out
})

// Months are the beginnings of months' names.
func Months() (out []string) {
	for _, m := range months() {
		out = append(out, m[0])
	}
	return out
}

// Month is the number of the month that a word in its folded form names, with a case ending or without; 0 for none.
func Month(w string) int {
	for _, m := range monthsBy()[firstThree(w).two()] {
		if w == m[0] || len(m) == 2 && strings.HasPrefix(w, m[0]) && len(w) <= len(m[0])+12 {
			return Must(strconv.Atoi(m[1]))
		}
	}
	return 0
}
