package lexicon

import "slices"

// Words of the same stem are one entry, as every form must find it; so a form finds what is said of all of them: «бару» (to
// go) the bar of «бар», and of the Russian word whose dative it is. Where the form that was typed is itself a word of a list,
// what is said of it counts in full, and what only its stem says as much as a second stem.

// formOf is the form of a run of one word as it was typed, "" where that is not known.
func formOf(words [][]string) string {
	if len(words) != 1 || len(words[0]) == 0 || langOf(words[0][0]) >= 0 {
		return ""
	}
	return words[0][0]
}

// lists reports whether lists have the form as a word of an entry: the one that it bears, or another.
func (l *Lexicon) lists(of int32, text string) (own, other bool) {
	e := &l.entries[of]
	if text == "" || e.text == text {
		return text != "", false
	}
	at, ok := l.others[form{text, e.lang}]
	return false, ok && at == of
}

// prefer makes readings less sure that have only the stem of the form, where others have the form.
func (l *Lexicon) prefer(found []reading, text string) {
	has := func(r reading) bool {
		own, other := l.lists(r.entry, text)
		return own || other
	}
	if !slices.ContainsFunc(found, has) {
		return
	}
	for i, r := range found {
		if !has(r) {
			found[i].sure *= l.model.second
		}
	}
}

// of are an entry's pairs, weighed for a form.
func (l *Lexicon) of(entry int32, text string) []pair {
	e := &l.entries[entry]
	pairs := l.pairs[e.first:e.last]
	own, other := l.lists(entry, text)
	if !own && !other {
		return pairs
	}
	pairs = slices.Clone(pairs)
	var sum [len(langs)]float32
	for i := range sum {
		sum[i] = 1
	}
	for i := range pairs {
		p := &pairs[i]
		said := p.own
		if other {
			said = 1 - p.own
		}
		lang := l.entries[p.to].lang
		sum[lang] -= p.weight
		p.weight *= said + l.model.second*(1-said)
		sum[lang] += p.weight
	}
	for i := range pairs {
		pairs[i].weight /= sum[l.entries[pairs[i].to].lang]
	}
	slices.SortFunc(pairs, likelier)
	return pairs
}
