package query

import (
	"container/list"
	"slices"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
)

// Reading a text takes longer than all else that its page shows (some ten ms an article), and gives the same each time. So
// what was read last is remembered, up to so many bytes of text.
const (
	keptArticles = 512 << 10 // bytes; what was read of an article is some fifteen times its text: 8 MB
	keptNamed    = 2 << 20   // bytes of texts whose names are remembered
	keptTerms    = 64 << 10  // bytes of typed words whose terms are remembered
)

// kept remembers what was made of the last keys, up to a sum of sizes. The zero value is empty and ready.
type kept[K comparable, V any] struct {
	mu    sync.Mutex
	size  int
	order list.List // of keptItem, the last used first
	at    map[K]*list.Element
}

type keptItem[K comparable, V any] struct {
	key   K
	value V
	size  int
}

// of gives what make makes of a key. One of a tenth of most or more is not remembered: it would drive out all others.
func (k *kept[K, V]) of(key K, size, most int, make func() V) V {
	k.mu.Lock()
	if e, ok := k.at[key]; ok {
		k.order.MoveToFront(e)
		k.mu.Unlock()
		return e.Value.(keptItem[K, V]).value
	}
	k.mu.Unlock()
	v := make()
	if size >= most/10 {
		return v
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if e, ok := k.at[key]; ok { // somebody else made it meanwhile
		return e.Value.(keptItem[K, V]).value
	}
	if k.at == nil {
		k.at = map[K]*list.Element{}
	}
	k.at[key] = k.order.PushFront(keptItem[K, V]{key, v, size})
	for k.size += size; k.size > most; {
		last := k.order.Back()
		x := k.order.Remove(last).(keptItem[K, V])
		delete(k.at, x.key)
		k.size -= x.size
	}
	return v
}

// reading is how an article is read for its own page. It is shared: nobody changes what it points to.
func (s *Searcher) reading(a index.Article) index.Record {
	return *s.articles.of(a, len(a.Title)+len(a.Body), keptArticles, func() *index.Record { return s.Read(a) })
}

// terms are those that a typed word may have. A page asks for them four times a word, a tenth of a millisecond each. They are shared.
func (s *Searcher) terms(t analysis.Token) []string {
	key := typedWord{t.Surface, t.Form, t.Kind}
	return slices.Clip(s.words.of(key, len(t.Surface)+1, keptTerms, func() []string { return analysis.QueryTerms(t) }))
}

// namesIn are the names in a typed text, whose words are toks. They are shared, as translations are: both tabs of a page ask for them, and so
// does the next page.
func (s *Searcher) namesIn(text string, toks []analysis.Token) []names.Match {
	return s.typed.of(text, len(text)+1, keptTerms, func() []names.Match { return s.Names.Lookup(toks) })
}

// translations are those of words, by their terms.
func (s *Searcher) translations(words [][]string) []lexicon.Group {
	key := make([]byte, 0, 256)
	for _, terms := range words {
		for _, t := range terms {
			key = append(append(key, t...), 0)
		}
		key = append(key, 1)
	}
	return s.expanded.of(string(key), len(key)+1, keptTerms, func() []lexicon.Group { return s.Lexicon.Expand(words) })
}

// typedWord is all that its terms hang on.
type typedWord struct {
	surface, form string
	kind          analysis.Kind
}
