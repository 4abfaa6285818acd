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
	keptForms   = 64 << 10 // bytes of stem terms whose forms are remembered
	askedForms  = 12       // words of one beginning that are read
	changedEnd  = 2        // letters at the end of a stem that its forms may write otherwise: кітап, кітабы
	leastBegins = 2        // letters of a beginning: fewer begin anything
)

// formOf is a word of the index that has a stem term: a reader is shown words, never stems. It is the stem itself where that is a
// word (келісім), else the word of most documents that begins like it and is read so (ru:академ: академия).
func (s *Searcher) formOf(ctx context.Context, term string) (form string, err error) {
	return s.forms.of(term, len(term), keptForms, func() string {
		_, stem, _ := strings.Cut(term, ":")
		var n []int
		if s.reads(stem, term) {
			if n, err = s.Engine.Frequencies(ctx, index.Articles, index.Any, [][]string{{stem}}); err != nil || n[0] > 0 {
				return stem
			}
		}
		for begin := range beginnings(stem) {
			found, _, failed := s.Engine.Words(ctx, index.Articles, begin, askedForms)
			if err = failed; err != nil {
				return stem
			}
			for _, w := range found {
				if s.reads(w.Form, term) {
					return w.Form
				}
			}
		}
		return stem
	}), err
}

// reads reports whether a form may be read as a term.
func (s *Searcher) reads(form, term string) bool {
	toks := analysis.Split(form)
	return len(toks) == 1 && slices.Contains(s.terms(toks[0]), term)
}

// beginnings are a stem and what is left of it without its last letters.
func beginnings(stem string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for range changedEnd + 1 {
			if utf8.RuneCountInString(stem) < leastBegins || !yield(stem) {
				return
			}
			_, size := utf8.DecodeLastRuneInString(stem)
			stem = stem[:len(stem)-size]
		}
	}
}
