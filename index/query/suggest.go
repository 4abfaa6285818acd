package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/index"
)

const (
	leastBegun   = 2  // letters of a word that is being typed: fewer begin too much
	mostTyped    = 4  // words of a name that is being typed
	lookedAt     = 60 // words of one beginning that suggestions are chosen among
	mostNames    = 5  // of a list of suggestions
	commonEnough = 20 // a form is shown for its word if it is not so many times rarer than the commonest
)

// Suggest gives at most most ways to go on with what is being typed, in an interface language: institutions and countries of
// the index whose name has a word that begins so, most articles first, then words. What was typed may stand in any script, or
// on another layout of the keyboard.
func (s *Searcher) Suggest(ctx context.Context, typed, lang string, most int) ([]index.Suggestion, error) {
	t := tailOf(typed)
	readings := []string{t.text}
	for _, w := range ways() {
		if r := w.read(t.text); r != "" && !slices.Contains(readings, r) {
			readings = append(readings, r)
		}
	}
	for _, r := range readings {
		out, err := s.begun(ctx, t, r, lang, most)
		if err != nil {
			return nil, fmt.Errorf("suggest: %w", err)
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return nil, nil
}

// begun suggests for one reading of the tail.
func (s *Searcher) begun(ctx context.Context, t tail, read, lang string, most int) ([]index.Suggestion, error) {
	fields := strings.Fields(read)
	if len(fields) == 0 {
		return nil, nil
	}
	out, err := s.namesBegun(ctx, t, fields, lang, min(most, mostNames))
	if err != nil || t.field != "" {
		return out, err
	}
	words, err := s.wordsBegun(ctx, fields[len(fields)-1])
	if err != nil {
		return nil, err
	}
	head := strings.TrimSpace(t.head + " " + strings.Join(fields[:len(fields)-1], " "))
	for _, w := range words {
		if len(out) == most {
			break
		}
		if slices.ContainsFunc(out, func(g index.Suggestion) bool { return strings.EqualFold(g.Text, w.Text) }) {
			continue // «эстония» below «Эстония»
		}
		w.Query.Text = strings.TrimSpace(head + " " + w.Text)
		out = append(out, w)
	}
	return out, nil
}

// tail is what is being typed: the last plain words, behind quotation marks, brackets and operators.
type tail struct {
	head  string // what stands before it and stays, without the name of a field
	field string // the facet that a name and a colon before it choose
	text  string
}

func tailOf(typed string) tail {
	cutAt := strings.LastIndexFunc(typed, func(r rune) bool { return pairs[r] != "" || r == '»' || r == '(' || r == ')' || r == ':' })
	t := tail{text: typed}
	if cutAt >= 0 {
		_, size := utf8.DecodeRuneInString(typed[cutAt:])
		t.head, t.text = typed[:cutAt+size], typed[cutAt+size:]
		if before, ok := strings.CutSuffix(t.head, ":"); ok {
			at := strings.LastIndexFunc(before, unicode.IsSpace) + 1
			if f, ok := fieldNamed(before[at:]); ok && f != titleField {
				t.head, t.field = before[:at], f
			}
		}
	}
	if strings.TrimRightFunc(t.text, unicode.IsSpace) != t.text {
		t.head, t.text = typed, "" // the word is finished
	}
	if words := strings.Fields(t.text); len(words) > mostTyped && t.field == "" {
		n := len(words) - mostTyped
		t.head, t.text = t.head+strings.Join(words[:n], " "), strings.Join(words[n:], " ")
	}
	return t
}

// wordsBegun gives words of the index that begin so, a form of each, with the articles that have any.
func (s *Searcher) wordsBegun(ctx context.Context, begin string) ([]index.Suggestion, error) {
	toks := analysis.Split(begin)
	if len(toks) != 1 || toks[0].Kind != analysis.Word || utf8.RuneCountInString(toks[0].Form) < leastBegun {
		return nil, nil
	}
	var found []index.Begun
	for _, w := range analysis.Spellings(toks[0].Form) {
		some, _, err := s.Engine.Words(ctx, index.Articles, w, lookedAt)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	slices.SortStableFunc(found, func(a, b index.Begun) int { return cmp.Compare(b.Documents, a.Documents) })
	type word struct {
		form  string
		most  int
		terms []string
	}
	var words []word
	of := map[string]int{} // a stem → its word
	for _, b := range found {
		if analysis.IsStop(b.Form) {
			continue
		}
		terms := s.terms(analysis.Split(b.Form)[0])
		stem := terms[min(1, len(terms)-1)]
		i, known := of[stem]
		if !known {
			of[stem] = len(words)
			words = append(words, word{b.Form, b.Documents, terms})
			continue
		}
		if w := &words[i]; len(b.Form) < len(w.form) && b.Documents*commonEnough >= w.most {
			w.form, w.terms = b.Form, terms
		}
	}
	words = words[:min(len(words), lookedAt/4)]
	terms := make([][]string, len(words))
	for i, w := range words {
		terms[i] = w.terms
	}
	n, err := s.Engine.Frequencies(ctx, index.Articles, index.Any, terms)
	if err != nil {
		return nil, err
	}
	var out []index.Suggestion
	for i, w := range words {
		out = append(out, index.Suggestion{Text: w.form, Count: n[i]})
	}
	slices.SortStableFunc(out, func(a, b index.Suggestion) int { return cmp.Compare(b.Count, a.Count) })
	return out, nil
}
