package web

import (
	"regexp"
	"strings"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// changeView is a stretch of a text as it was changed: Kind is "ins", "del" or "" for what stayed.
type changeView struct{ Kind, Text string }

// changedLine is a paragraph with its changes, or, where Same is above 0, so many paragraphs that stayed.
type changedLine struct {
	Changes []changeView
	Same    int
}

// diffTime bounds the search for the shortest changes; what was not looked at by then is told as replaced whole.
const diffTime = 100 * time.Millisecond

// aWord is what changes as a whole: a word, a number, a line break or another character.
var aWord = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+|(?s:.)`)

// diff tells how one text became another, word by word.
func diff(old, new string) []changedLine {
	of := map[string]rune{} // a word → the character that stands for it: the library compares characters
	var words []string
	runes := func(text string) (out []rune) {
		for _, w := range aWord.FindAllString(text, -1) {
			r, ok := of[w]
			if !ok {
				r = charOf(len(words))
				of[w] = r
				words = append(words, w)
			}
			out = append(out, r)
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = diffTime
	var out []changedLine
	var line changedLine
	end := func() {
		switch n := len(out); {
		case len(line.Changes) > 0 && line.changed():
			out = append(out, line)
		case len(line.Changes) == 0: // an empty line
		case n > 0 && out[n-1].Same > 0:
			out[n-1].Same++
		default:
			out = append(out, changedLine{Same: 1})
		}
		line = changedLine{}
	}
	for _, x := range d.DiffCleanupSemantic(d.DiffMainRunes(runes(old), runes(new), false)) {
		kind := map[diffmatchpatch.Operation]string{diffmatchpatch.DiffInsert: "ins", diffmatchpatch.DiffDelete: "del"}[x.Type]
		var text strings.Builder
		for _, r := range x.Text {
			text.WriteString(words[placeOf(r)])
		}
		for i, part := range strings.Split(text.String(), "\n") {
			if i > 0 {
				end()
			}
			if part != "" {
				line.Changes = append(line.Changes, changeView{kind, part})
			}
		}
	}
	end()
	return out
}

func (l changedLine) changed() bool {
	for _, c := range l.Changes {
		if c.Kind != "" {
			return true
		}
	}
	return false
}

// Words are numbered by characters of no class that the library treats by itself, past those that UTF-8 has not.
const (
	firstChar = 0x4e00
	surrogate = 0xd800
	behind    = 0xe000
)

func charOf(place int) rune {
	if r := rune(firstChar + place); r < surrogate {
		return r
	}
	return rune(firstChar + place - surrogate + behind)
}

func placeOf(r rune) int {
	if r < surrogate {
		return int(r - firstChar)
	}
	return int(r - behind + surrogate - firstChar)
}
