package query

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/index"
)

const (
	leastKnown = 3 // letters of a word that tells whether a reading is right
	leastMeant = 4 // letters of all words of a reading: fewer are there by chance
	leastPart  = 3 // letters of each of two words that were run together
)

// chunk is what stands between white space in a query.
type chunk struct {
	text  string
	meant string // what the index knows it as, "" where nothing is to be changed
	code  string // of the note
	open  bool   // the index does not know it as it stands
}

// retyped is a query as it was meant, chosen by the words of the index: struck on another layout of the keyboard, or without
// the space between two words. Each change is told in a note, whose undo takes back what
// it names.
func (s *Searcher) retyped(ctx context.Context, q index.Query) (index.Query, []index.Note, error) {
	typed := strings.Fields(q.Text)
	if len(typed) == 0 || len(typed) > maxWords {
		return q, nil, nil
	}
	chunks := make([]chunk, len(typed))
	var words []string // what is no syntax: only that can be mistyped
	var of []int
	for i, f := range typed {
		chunks[i].text = f
		if !isSyntax(f) {
			words, of = append(words, f), append(of, i)
		}
	}
	if len(words) == 0 {
		return q, nil, nil
	}
	known, err := s.known(ctx, words)
	if err != nil {
		return q, nil, err
	}
	for k, i := range of {
		chunks[i].open = known[k] != yes && !keeps(q, chunks[i].text)
	}
	if !slices.ContainsFunc(chunks, func(c chunk) bool { return c.open }) {
		return q, nil, nil
	}
	for _, mend := range []func(context.Context, []chunk) error{s.restruck, s.parted} {
		if err := mend(ctx, chunks); err != nil {
			return q, nil, err
		}
	}
	return rewritten(q, chunks)
}

// isSyntax reports whether a chunk says how the query is to be read. A minus alone is left to be a letter struck on another
// layout.
func isSyntax(chunk string) bool {
	_, operator := operators[chunk]
	return operator || isField(chunk) || strings.HasSuffix(chunk, "*") || strings.ContainsFunc(chunk, func(r rune) bool { return pairs[r] != "" })
}

// knowledge is whether the index has the words of a text.
type knowledge uint8

const (
	cannotTell knowledge = iota // no word is long enough
	no
	yes
)

// known tells of each text whether the index has all its words.
func (s *Searcher) known(ctx context.Context, texts []string) ([]knowledge, error) {
	var words [][]string
	var of []int
	for i, text := range texts {
		for _, t := range analysis.Split(text) {
			if utf8.RuneCountInString(t.Form) >= leastKnown {
				words, of = append(words, s.terms(t)), append(of, i)
			}
		}
	}
	n, err := s.Engine.Frequencies(ctx, index.Articles, index.Any, words)
	if err != nil {
		return nil, err
	}
	out := make([]knowledge, len(texts))
	for k, i := range of {
		switch {
		case n[k] == 0:
			out[i] = no
		case out[i] == cannotTell:
			out[i] = yes
		}
	}
	return out, nil
}

// restruck mends chunks that were struck on another layout: the one by which the index knows most of them. Where it mends half
// of those that the index does not know, the others were struck so too.
func (s *Searcher) restruck(ctx context.Context, chunks []chunk) error {
	for _, cyrillic := range []bool{false, true} {
		best, most := -1, 0
		readings := make([][]string, len(ways()))
		right := make([][]knowledge, len(ways()))
		for i, w := range ways() {
			if w.cyrillic != cyrillic {
				continue
			}
			for _, c := range chunks {
				r := ""
				if c.open {
					r = w.read(c.text)
				}
				readings[i] = append(readings[i], r)
			}
			var err error
			if right[i], err = s.known(ctx, readings[i]); err != nil {
				return err
			}
			n := 0
			for k, r := range readings[i] {
				if right[i][k] == yes && letters(r) >= leastMeant {
					n++
				}
			}
			if n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			continue
		}
		unknown := 0
		for _, r := range readings[best] {
			if r != "" {
				unknown++
			}
		}
		for k, r := range readings[best] {
			if r != "" && (right[best][k] == yes && letters(r) >= leastMeant || 2*most >= unknown) {
				chunks[k].meant, chunks[k].code = r, "keyboard"
			}
		}
	}
	return nil
}

// parted parts two words that were run together, where the index knows both and none like the whole.
func (s *Searcher) parted(ctx context.Context, chunks []chunk) error {
	for i := range chunks {
		c := &chunks[i]
		runes := []rune(c.text)
		if !c.open || c.meant != "" || len(runes) < 2*leastPart || letters(c.text) < len(runes) {
			continue
		}
		like, err := s.Engine.Similar(ctx, [][]string{s.terms(analysis.Split(c.text)[0])})
		if err != nil {
			return err
		}
		if len(like[0]) > 0 && like[0][0].Likeness >= s.weights().PartMost {
			continue // a slip of the finger
		}
		var halves []string
		for at := leastPart; at <= len(runes)-leastPart; at++ {
			halves = append(halves, string(runes[:at]), string(runes[at:]))
		}
		known, err := s.known(ctx, halves)
		if err != nil {
			return err
		}
		best := 0
		for k := 0; k < len(halves); k += 2 {
			shorter := min(len(halves[k]), len(halves[k+1]))
			if known[k] == yes && known[k+1] == yes && shorter > best {
				best, c.meant, c.code = shorter, halves[k]+" "+halves[k+1], "repair"
			}
		}
	}
	return nil
}

// rewritten is a query with its chunks as they were meant, and a note for each kind of change.
func rewritten(q index.Query, chunks []chunk) (index.Query, []index.Note, error) {
	var text []string
	var notes []index.Note
	for _, c := range chunks {
		if c.meant == "" {
			text = append(text, c.text)
			continue
		}
		text = append(text, c.meant)
		i := slices.IndexFunc(notes, func(n index.Note) bool { return n.Code == c.code })
		if i < 0 {
			notes = append(notes, index.Note{Code: c.code, Args: []string{c.text, c.meant}, Undo: keeping(q, c.text)})
			continue
		}
		notes[i].Args[0] += " " + c.text
		notes[i].Args[1] += " " + c.meant
		notes[i].Undo = keeping(*notes[i].Undo, c.text)
	}
	if len(notes) > 0 {
		q.Text = strings.Join(text, " ")
	}
	return q, notes, nil
}
