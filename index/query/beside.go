package query

import (
	"slices"
	"strings"

	"kelisim/index"
)

// besides are words that were typed, each with what was looked for beside it.
type besides []struct{ typed, said []string }

func (b *besides) add(typed []string, said string) {
	i := slices.IndexFunc(*b, func(x struct{ typed, said []string }) bool { return slices.Equal(x.typed, typed) })
	if i < 0 {
		i = len(*b)
		*b = append(*b, struct{ typed, said []string }{typed: typed})
	}
	if x := &(*b)[i]; !slices.Contains(x.said, said) {
		x.said = append(x.said, said)
	}
}

// mostApart bounds the notes of one kind that stand for themselves, each with an undo of its own word; of more words one note tells.
const mostApart = 3

// notes tell what was looked for beside what. An undo takes the note's words as typed, and leaves the others alone.
func (b besides) notes(q index.Query, code string) (out []index.Note) {
	var all struct{ typed, said []string }
	for _, x := range b {
		if len(b) <= mostApart {
			out = append(out, index.Note{Code: code, Args: []string{strings.Join(x.said, ", "), strings.Join(x.typed, " ")}, Undo: keeping(q, x.typed...)})
			continue
		}
		all.typed = append(all.typed, x.typed...)
		for _, s := range x.said {
			if !slices.Contains(all.said, s) {
				all.said = append(all.said, s)
			}
		}
	}
	if len(all.typed) > 0 {
		out = []index.Note{{Code: code, Args: []string{strings.Join(all.said, ", "), strings.Join(all.typed, ", ")}, Undo: keeping(q, all.typed...)}}
	}
	return out
}
