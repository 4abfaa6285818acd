package eval

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed compose.txt
var composeText string

var compositions = sync.OnceValue(func() map[[2]rune]rune {
	m := map[[2]rune]rune{}
	for line := range strings.SplitSeq(composeText, "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		mark, err := strconv.ParseUint(f[1], 16, 32)
		if err != nil {
			panic("compose.txt: " + line)
		}
		base, _ := utf8.DecodeRuneInString(f[0])
		m[[2]rune{base, rune(mark)}], _ = utf8.DecodeRuneInString(f[2])
	}
	return m
})

// nfc composes Latin and Cyrillic letters with their marks. Gold keeps one article decomposed (dk12) on purpose; what
// we extract is composed. The full tables of x/text are not worth an import for that.
func nfc(s string) string {
	if !strings.ContainsFunc(s, isMark) {
		return s
	}
	var out []rune
	for _, r := range s {
		if n := len(out); n > 0 && isMark(r) {
			if c, ok := compositions()[[2]rune{out[n-1], r}]; ok {
				out[n-1] = c
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}

func isMark(r rune) bool { return r >= 0x300 && r < 0x370 }
