package query

import (
	"context"
	"slices"
	"strings"
	"unicode"
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
	way   int    // by which of its readings it was mended
}

// retyped is a query as it was meant, chosen by the words of the index: struck on another layout of the keyboard, or without
// the space between two words. Each change is told in a note, and undone by repair=0.
func (s *Searcher) retyped(ctx context.Context, q index.Query) (index.Query, []index.Note, error) {
	typed := strings.Fields(q.Text)
	if len(typed) == 0 || len(typed) > maxWords {
		return q, nil, nil
	}
	chunks := make([]chunk, len(typed))
	for i, f := range typed {
		chunks[i].text = f
	}
	known, err := s.known(ctx, typed)
	if err != nil {
		return q, nil, err
	}
	for i := range chunks {
		c := &chunks[i]
		name, _, isField := strings.Cut(c.text, ":")
		_, operator := operators[c.text]
		c.open = known[i] != yes && !operator && !(isField && fields[strings.ToLower(name)])
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
				words, of = append(words, analysis.QueryTerms(t)), append(of, i)
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

// restruck mends chunks that were struck on another layout. Where it mends half of those that the index does not know, the
// others were struck so too.
func (s *Searcher) restruck(ctx context.Context, chunks []chunk) error {
	var texts []string
	var of [][2]int // chunk, way
	for i, c := range chunks {
		if c.open {
			for way, r := range otherwise(c.text) {
				texts, of = append(texts, r), append(of, [2]int{i, way})
			}
		}
	}
	known, err := s.known(ctx, texts)
	if err != nil {
		return err
	}
	unknown, mended := 0, map[int]int{}
	for k, at := range of {
		c := &chunks[at[0]]
		if at[1] == 0 && len(analysis.Split(c.text)) > 0 {
			unknown++
		}
		if known[k] == yes && c.meant == "" && letters(texts[k]) >= leastMeant {
			c.meant, c.way, c.code = texts[k], at[1], "keyboard"
			mended[at[1]]++
		}
	}
	for way, n := range mended {
		if n*2 < unknown {
			continue
		}
		for i := range chunks {
			c := &chunks[i]
			if r := otherwise(c.text); c.open && c.meant == "" && way < len(r) {
				c.meant, c.code = r[way], "keyboard"
			}
		}
	}
	return nil
}

// letters counts those of a text.
func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// parted parts two words that were run together, where the index knows both and none like the whole.
func (s *Searcher) parted(ctx context.Context, chunks []chunk) error {
	for i := range chunks {
		c := &chunks[i]
		runes := []rune(c.text)
		if !c.open || c.meant != "" || len(runes) < 2*leastPart || letters(c.text) < len(runes) {
			continue
		}
		like, err := s.Engine.Similar(ctx, [][]string{analysis.QueryTerms(analysis.Split(c.text)[0])})
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
	undo := q
	undo.NoRepair, undo.Cursor = true, ""
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
			notes = append(notes, index.Note{Code: c.code, Args: []string{c.text, c.meant}, Undo: &undo})
			continue
		}
		notes[i].Args[0] += " " + c.text
		notes[i].Args[1] += " " + c.meant
	}
	if len(notes) > 0 {
		q.Text = strings.Join(text, " ")
	}
	return q, notes, nil
}
