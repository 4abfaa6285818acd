// Package query answers: what did the reader mean, and what does the index say to it? It parses what was typed into
// a tree, repairs and expands it with a note for each change, asks the engine, and makes a page of the answer.
package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
)

// Engine is what a searcher needs of an engine.
type Engine interface {
	// Search answers a request. Negative sizes are 0; an error means that the request or the index is broken.
	Search(ctx context.Context, r index.Request) (index.Result, error)
	// Stored gives the agreements with these ids, and those that have evidence from these articles.
	Stored(context.Context, index.Lookup) ([]index.Agreement, error)
	// Stories gives the stories that a lookup names, each once.
	Stories(context.Context, index.StoryLookup) ([]index.Story, error)
	// Frequencies counts the documents of a tab that have any of a word's terms, for each word; of agreements those that are
	// as sure as least.
	Frequencies(ctx context.Context, tab index.Tab, least index.Percent, words [][]string) ([]int, error)
	// Similar gives for each word terms of the index that are like one of its own, the most like first.
	Similar(ctx context.Context, words [][]string) ([][]index.Near, error)
	// Words gives at most most of the words of a tab's documents that begin so, those of most documents first, and how many
	// there are in all. Stems are no words.
	Words(ctx context.Context, tab index.Tab, begin string, most int) (found []index.Begun, total int, err error)
	// Holds gives those of some articles that can be found, and the number of the archive's change that this is so at.
	Holds(ctx context.Context, ids []string) (held []string, seq uint64, err error)
}

// Texts is what a searcher needs of the archive.
type Texts interface {
	// Articles gives the current state of those ids that exist.
	Articles(ctx context.Context, ids []string) (map[string]index.Article, error)
	// Versions gives an article's states, oldest first; none for an unknown id.
	Versions(ctx context.Context, id string) ([]index.Version, error)
	// Version gives an article in one of its states; ok is false where there is none.
	Version(ctx context.Context, id string, number int) (a index.Article, ok bool, err error)
	// Latest gives the state that each of these articles is in now; what is not there is left out.
	Latest(ctx context.Context, ids []string) (map[string]index.Version, error)
	// Changed counts those of these ids that a change after a number is of.
	Changed(ctx context.Context, ids []string, after uint64) (int, error)
	// Updated is when the newest article up to a sequence number was read; the zero time where there is none.
	Updated(ctx context.Context, seq uint64) (time.Time, error)
}

// Searcher answers queries. It is safe for concurrent use.
type Searcher struct {
	Engine  Engine
	Texts   Texts
	Names   *names.Table                        // nil: names are not looked up
	Lexicon *lexicon.Lexicon                    // nil: words are not translated
	Read    func(a index.Article) *index.Record // how an article is read for its own page
	// Told gives the agreements that an article is evidence of, wrong ones too. nil: they are shown as read.
	Told func(ctx context.Context, article string) ([]index.Agreement, error)
	// Mentioned gives what the engine keeps of the names in those of some articles that it has. nil: they are read again.
	Mentioned func(ctx context.Context, ids []string) (map[string]index.Mentioned, error)
	Weights   *index.Weights // nil: the program's own

	mu       sync.Mutex
	holdings index.Holdings
	held     bool

	articles kept[index.Article, *index.Record]
	begins   kept[index.Article, *index.Record] // without names and agreements
	mentions kept[string, []index.Mention]      // of texts
	words    kept[typedWord, []string]          // their terms
	forms    kept[string, string]               // of stem terms
	typed    kept[string, []names.Match]        // names in what was typed
	expanded kept[string, []lexicon.Group]      // by the terms of words

	suggesting sync.Mutex
	names      namebook
}

const snippetsPerHit = 2

// Search answers a query. It returns index.ErrCursor, wrapped, where the cursor is not one of ours.
func (s *Searcher) Search(ctx context.Context, q index.Query) (index.Page, error) {
	q = complete(q)
	cursor, err := decode(q.Cursor)
	if err != nil {
		return index.Page{}, fmt.Errorf("search: %w", err)
	}
	u, err := s.Understand(ctx, q)
	if err != nil {
		return index.Page{}, fmt.Errorf("search: %w", err)
	}
	if q.Sort == "" || q.Sort == index.Relevance && u.Tree == nil {
		q.Sort = index.Newest
		if u.Tree != nil {
			q.Sort = index.Relevance
		}
	}
	req := index.Request{Tree: u.Tree, Selection: u.Selection, Tab: q.Tab, Sort: q.Sort, After: cursor, Size: q.Size, Counts: true, Places: q.Tab == index.Articles, MinConfidence: q.Least()}
	if q.Bare {
		req.Counts, req.Full = false, true
	}
	if q.CountsOnly {
		req.After, req.Size, req.Places = nil, 0, false
	}
	if q.TotalOnly {
		req.After, req.Size, req.Counts = nil, 0, false
	}
	stories := tales{of: map[string]index.Story{}}
	if q.Tab == index.Articles && q.Fold && !q.Bare && req.Size > 0 {
		req.Beside = func(hits []index.Scored) (told []string, err error) {
			stories, told, err = s.folding(ctx, hits)
			return told, err
		}
	}
	res, err := s.search(ctx, q, &req, &u)
	if err == nil && res.Partial && q.Bare {
		err = index.ErrPartial // a file has no place for a note
	}
	if err != nil {
		return index.Page{}, fmt.Errorf("search: %w", err)
	}
	if res.Partial {
		u.Notes = append(u.Notes, index.Note{Code: "partial"})
	}
	if q.TotalOnly {
		return index.Page{Query: q, Total: res.Total, Uncertain: res.Uncertain}, nil
	}
	if q.Bare {
		p := index.Page{Query: q, Total: res.Total, Next: encode(res.Next)}
		if p.Hits, err = s.rows(ctx, res.Hits); err != nil || q.Tab != index.Articles {
			return p, err
		}
		t, err := s.stories(ctx, res.Hits)
		if err != nil {
			return p, err
		}
		return p, s.others(ctx, p.Hits, t, nil)
	}
	if res.More > 0 && !q.NoRepair {
		like, err := s.similar(ctx, q, u.Tree)
		if err != nil {
			return index.Page{}, fmt.Errorf("search: %w", err)
		}
		u.Notes = append(u.Notes, like...)
	}
	if cursor != nil && q.Sort == index.Relevance && cursor.Seq != res.Seq {
		// Scores have moved with the articles that came: the old place means nothing now.
		req.After, q.Cursor, cursor = nil, "", nil
		if res, err = s.Engine.Search(ctx, req); err != nil {
			return index.Page{}, fmt.Errorf("search: %w", err)
		}
		u.Notes = append(u.Notes, index.Note{Code: "renewed"})
	}
	if u.Tree != nil {
		missing, err := s.missing(ctx, u.Query, req, u, res.Total > 0)
		if err != nil {
			return index.Page{}, err
		}
		u.Notes = append(helpful(u.Notes, missing), missing...)
	}
	folded := 0
	if req.Beside != nil {
		folded, err = s.fold(ctx, req, cursor, &res, &stories)
	} else if q.Tab == index.Articles {
		stories, err = s.stories(ctx, res.Hits)
	}
	if err != nil {
		return index.Page{}, err
	}
	p := index.Page{Query: q, Total: res.Total, More: res.More, Uncertain: res.Uncertain, Folded: folded, Notes: u.Notes, Next: encode(res.Next)}
	p.Query.Match = u.Match
	p.Query.Selection = u.Selection
	if u.Tree != nil {
		p.Tree = u.Tree.String()
	}
	var told map[string][]index.Agreement
	if q.Tab == index.Articles && len(res.Hits) > 0 {
		if told, err = s.toldBy(ctx, stories.shown(res.Hits), q.Least()); err != nil {
			return index.Page{}, fmt.Errorf("read agreements: %w", err)
		}
	}
	if p.Hits, err = s.hits(ctx, u, q, res.Hits, told); err != nil {
		return index.Page{}, err
	}
	if err := s.others(ctx, p.Hits, stories, told); err != nil {
		return index.Page{}, err
	}
	p.Facets = facets(res.Counts)
	if p.Holdings, err = s.hold(ctx, res.Seq); err != nil {
		return index.Page{}, err
	}
	return p, nil
}

// helpful are notes without the repairs of words that are missing all the same: what a word was changed to may stand only in documents of
// the other tab, and a page cannot say that it searched for something else and that it did not.
func helpful(notes, missing []index.Note) []index.Note {
	return slices.DeleteFunc(slices.Clone(notes), func(n index.Note) bool {
		return n.Code == "repair" && slices.ContainsFunc(missing, func(m index.Note) bool { return m.Args[0] == n.Args[0] })
	})
}

// search asks the engine. Where no document at all has what was typed word for word, it asks for less, and a note says so:
// whether there is one does not hang on what is chosen, so that a count stays the total of its choice.
func (s *Searcher) search(ctx context.Context, q index.Query, req *index.Request, u *Understood) (index.Result, error) {
	res, err := s.Engine.Search(ctx, *req)
	if err != nil || res.Total > 0 {
		return res, err
	}
	none := func(t index.Tree) bool {
		if err != nil {
			return false
		}
		var all index.Result
		all, err = s.Engine.Search(ctx, index.Request{Tree: t, Tab: req.Tab, Sort: req.Sort, MinConfidence: req.MinConfidence})
		return err == nil && all.Total == 0
	}
	code := ""
	if words, ok, failed := s.unquoted(ctx, u.Query); failed != nil {
		return res, failed
	} else if ok && none(u.Tree) {
		words.Notes = append(u.Notes, words.Notes...)
		code, *u = "unquoted", words
	}
	if t, ok := u.Tree.(index.Enough); ok && !t.Loose && none(t) {
		code, t.Loose = cmp.Or(code, "few"), true
		if none(t) {
			t.Share = 0 // the nearest, however little they hold
		}
		u.Tree = t
	}
	if err != nil || code == "" {
		return res, err
	}
	req.Tree = u.Tree
	res, err = s.Engine.Search(ctx, *req)
	if res.Total > 0 {
		n := index.Note{Code: code}
		undo := q
		undo.Match, undo.Cursor = "all", ""
		n.Undo = &undo
		u.Notes = append(u.Notes, n)
	}
	return res, err
}

func (s *Searcher) weights() index.Weights {
	if s.Weights == nil {
		return index.DefaultWeights()
	}
	return *s.Weights
}

func complete(q index.Query) index.Query {
	if q.Tab == "" {
		q.Tab = index.Articles
	}
	if q.Size == 0 {
		q.Size = index.DefaultSize
	}
	q.Size = min(max(q.Size, 1), index.MaxSize)
	return q
}

// facets puts counts in the order of the page, the date first.
func facets(counts map[string][]index.Count) []index.FacetCounts {
	out := []index.FacetCounts{{Name: "date", Values: counts["date"]}}
	for _, f := range index.Facets() {
		out = append(out, index.FacetCounts{Name: f.Name, Values: counts[f.Name]})
	}
	return out
}

// missing says which parts of a query are in no document at all, each with the query without it. found is whether a document has what is
// asked for: then it has all parts, unless fewer are enough.
func (s *Searcher) missing(ctx context.Context, q index.Query, req index.Request, u Understood, found bool) ([]index.Note, error) {
	if t, ok := u.Tree.(index.Enough); ok && t.Loose {
		found = false
	}
	var parts []Part
	var words [][]string
	for _, part := range u.Words {
		switch t := part.Tree.(type) {
		case index.Not, index.Should:
		case index.AnyTerm:
			terms := slices.Clone(t.Terms)
			for _, n := range t.Near {
				if n.Likeness == 0 {
					terms = append(terms, n.Term) // a translation that we have is no word that we lack
				}
			}
			parts, words = append(parts, part), append(words, terms)
		default:
			if !found {
				parts, words = append(parts, part), append(words, nil)
			}
		}
	}
	// Where only surer agreements are asked for, a word of the others is still one that we have.
	least := min(req.MinConfidence, index.Shown)
	n, err := s.Engine.Frequencies(ctx, req.Tab, least, words)
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	var out []index.Note
	for i, part := range parts {
		if words[i] == nil {
			res, err := s.Engine.Search(ctx, index.Request{Tree: part.Tree, Tab: req.Tab, Sort: index.Newest, MinConfidence: least})
			if err != nil {
				return nil, fmt.Errorf("search for %q: %w", part.Text, err)
			}
			n[i] = res.Total
		}
		if n[i] > 0 {
			continue
		}
		note := index.Note{Code: "absent", Args: []string{part.Text}}
		if len(u.Words) > 1 {
			p := parser{q: q}
			note.Undo = p.without(part.Start, part.End)
		}
		out = append(out, note)
	}
	return out, nil
}

// hold counts what the whole index holds, once a sequence number.
func (s *Searcher) hold(ctx context.Context, seq uint64) (index.Holdings, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held && s.holdings.Seq == seq {
		return s.holdings, nil
	}
	h := index.Holdings{Seq: seq}
	all, err := s.Engine.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest, Size: 1, Counts: true})
	if err != nil {
		return h, fmt.Errorf("count holdings: %w", err)
	}
	oldest, err := s.Engine.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Oldest, Size: 1})
	if err != nil {
		return h, fmt.Errorf("count holdings: %w", err)
	}
	deals, err := s.Engine.Search(ctx, index.Request{Tab: index.Agreements, Sort: index.Newest, MinConfidence: index.Shown})
	if err != nil {
		return h, fmt.Errorf("count holdings: %w", err)
	}
	h.Articles, h.Agreements, h.Outlets = all.Total, deals.Total, len(all.Counts["outlet"])
	for _, end := range []struct {
		of *index.Date
		in index.Result
	}{{&h.Last, all}, {&h.First, oldest}} {
		for _, hit := range end.in.Hits {
			texts, err := s.texts(ctx, []string{hit.ID})
			if err != nil {
				return h, fmt.Errorf("count holdings: %w", err)
			}
			*end.of = texts[hit.ID].Published
		}
	}
	if h.Updated, err = s.Texts.Updated(ctx, seq); err != nil {
		return h, fmt.Errorf("count holdings: %w", err)
	}
	s.holdings, s.held = h, !all.Partial && !oldest.Partial && !deals.Partial
	return h, nil
}

// hits makes hits of what the engine found: texts from the archive, snippets for the query, and what articles tell.
func (s *Searcher) hits(ctx context.Context, u Understood, q index.Query, found []index.Scored, told map[string][]index.Agreement) ([]index.Hit, error) {
	tree, tab := u.Tree, q.Tab
	found = led(found)
	ids := make([]string, 0, len(found))
	for _, f := range found {
		ids = append(ids, articleOf(f))
	}
	all := slices.Clone(ids)
	for _, f := range found {
		if f.Agreement != nil {
			for _, e := range toQuote(f.Agreement) {
				all = append(all, e.Article)
			}
		}
	}
	texts, err := s.texts(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	var mentioned map[string]index.Mentioned
	if tab == index.Agreements && s.Mentioned != nil && index.HasValue(tree) {
		if mentioned, err = s.Mentioned(ctx, slices.Compact(slices.Sorted(slices.Values(all[len(ids):])))); err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
	}
	sketcher := index.NewSketcher(tree)
	out := make([]index.Hit, 0, len(found))
	for i, f := range found {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		a, ok := texts[ids[i]]
		if !ok && tab == index.Articles {
			continue // removed since the engine's snapshot
		}
		for j := range told[f.ID] {
			for k := range told[f.ID][j].Evidence {
				if e := &told[f.ID][j].Evidence[k]; e.Article == f.ID && e.Start < 0 {
					e.Place(a.Text())
				}
			}
		}
		h, marks := s.hit(tree, sketcher, f, a, quotedIn(told[f.ID], f.ID), func(article string, start int, part *analysis.Text) []index.Mention {
			end := start + len(part.Source)
			if m, ok := mentioned[article]; ok && index.HasValue(tree) {
				if text := texts[article].Text(); m.Of(text) && end <= len(text) && text[start:end] == part.Source {
					return m.In(start, end)
				}
			}
			return s.named(tree, part)
		})
		h.tell(told[f.ID], u.Selection, tree, marks)
		for _, e := range h.evidence() {
			h.Sources = append(h.Sources, sourceOf(texts[e.Article]))
		}
		out = append(out, h.Hit)
	}
	return out, nil
}

// rows makes hits for a file: what the engine keeps of each, its texts' titles and where they come from.
func (s *Searcher) rows(ctx context.Context, found []index.Scored) ([]index.Hit, error) {
	var ids []string
	found = led(found)
	for _, f := range found {
		ids = append(ids, f.ID)
		if f.Agreement != nil {
			ids = ids[:len(ids)-1]
			for _, e := range f.Agreement.Evidence {
				ids = append(ids, e.Article)
			}
		}
	}
	texts, err := s.texts(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	latest, err := s.Texts.Latest(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	source := func(id string) index.Source {
		out := sourceOf(texts[id])
		out.Version = latest[id]
		return out
	}
	out := make([]index.Hit, 0, len(found))
	for _, f := range found {
		h := index.Hit{
			ID: f.ID, Agreement: f.Agreement, Countries: without(f.Values["country"], names.Home), Institutions: f.Values["institution"],
			Outlet: first(f.Values["outlet"]), Lang: first(f.Values["lang"]),
		}
		if f.Agreement == nil {
			a := texts[f.ID]
			h.Published, h.StatedOutlet, h.URL, h.Sources = a.Published, a.Outlet, a.URL, []index.Source{source(f.ID)}
			for _, v := range f.Values["status"] {
				if i := slices.IndexFunc(h.Statuses, func(c index.Count) bool { return c.Key == v }); i >= 0 {
					h.Statuses[i].Count++
				} else {
					h.Statuses = append(h.Statuses, index.Count{Key: v, Count: 1})
				}
			}
		} else {
			for _, e := range f.Agreement.Evidence {
				h.Sources = append(h.Sources, source(e.Article))
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// shownHit is a hit on its way.
type shownHit struct{ index.Hit }

func (h *shownHit) evidence() []index.Evidence {
	if h.Agreement == nil {
		return nil
	}
	return toQuote(h.Agreement)
}

// led are documents with agreements as they are shown: see [index.Led].
func led(found []index.Scored) []index.Scored {
	found = slices.Clone(found)
	for i := range found {
		if a := found[i].Agreement; a != nil {
			found[i].Agreement = index.Led(a)
		}
	}
	return found
}

// toQuote is the evidence that a page quotes.
func toQuote(a *index.Agreement) []index.Evidence {
	return a.Evidence[:min(len(a.Evidence), index.MostQuoted)]
}

// tell puts into a hit what its article tells that fits the selection and, where words were typed, has one of them in its
// quote or a body among its parties that they mean; what has most of the meant bodies comes first.
func (h *shownHit) tell(told []index.Agreement, sel index.Selection, tree index.Tree, marks []index.Mark) {
	meant := map[string]int{} // agreement → how many names of the query its parties bear
	for _, a := range told {
		meant[a.ID] = bears(tree, a.Parties)
		e := a.Evidence[slices.IndexFunc(a.Evidence, func(e index.Evidence) bool { return e.Article == h.ID })]
		in := func(m index.Mark) bool { return e.Start < 0 || m.Start >= e.Start && m.End <= e.End } // where it says it in other words, anywhere
		if !sel.Fits(&a) || tree != nil && meant[a.ID] == 0 && !slices.ContainsFunc(marks, in) {
			h.Silent++
			continue
		}
		h.Told = append(h.Told, a)
		if i := slices.IndexFunc(h.Statuses, func(c index.Count) bool { return c.Key == a.Status }); i >= 0 {
			h.Statuses[i].Count++
		} else {
			h.Statuses = append(h.Statuses, index.Count{Key: a.Status, Count: 1})
		}
	}
	start := func(a index.Agreement) int {
		for _, e := range a.Evidence {
			if e.Article == h.ID {
				return e.Start
			}
		}
		return 0
	}
	slices.SortStableFunc(h.Told, func(a, b index.Agreement) int {
		return cmp.Or(cmp.Compare(meant[b.ID], meant[a.ID]), cmp.Compare(start(a), start(b)), cmp.Compare(a.ID, b.ID))
	})
}

// bears counts the names of a query that the parties of an agreement bear: of an institution, or their country.
func bears(t index.Tree, parties []index.Party) int {
	if t == nil {
		return 0
	}
	one := func(k index.Value) bool {
		return slices.ContainsFunc(parties, func(p index.Party) bool {
			return k.Facet == "institution" && (p.Key == k.Key || p.Parent == k.Key) || k.Facet == "country" && p.Country == k.Key
		})
	}
	switch t := t.(type) {
	case index.Not:
		return 0
	case index.Name:
		if slices.ContainsFunc(t.Keys, one) {
			return 1
		}
		return 0
	case index.Value:
		if one(t) {
			return 1
		}
	}
	n := 0
	for _, p := range index.Parts(t) {
		n += bears(p, parties)
	}
	return n
}

// toldBy gives the agreements of articles that are sure enough, by the article.
func (s *Searcher) toldBy(ctx context.Context, ids []string, least index.Percent) (map[string][]index.Agreement, error) {
	stored, err := s.Engine.Stored(ctx, index.Lookup{Articles: ids})
	if err != nil {
		return nil, err
	}
	out := make(map[string][]index.Agreement, len(ids))
	for _, id := range ids {
		out[id] = nil
	}
	for _, a := range stored {
		if a.Wrong || index.PercentOf(index.Confidence(a)) < least {
			continue
		}
		for _, e := range a.Evidence {
			of, asked := out[e.Article] // an agreement may be told by hundreds of others
			if n := len(of); asked && (n == 0 || of[n-1].ID != a.ID) {
				out[e.Article] = append(of, a)
			}
		}
	}
	return out, nil
}

// sourceOf names an article.
func sourceOf(a index.Article) index.Source {
	title, untitled := index.TitleOf(a)
	return index.Source{Title: title, Untitled: untitled, Published: a.Published, URL: a.URL}
}

// articleOf is the article whose text a hit shows: of an agreement its first piece of evidence.
func articleOf(f index.Scored) string {
	if f.Agreement != nil && len(f.Agreement.Evidence) > 0 {
		return f.Agreement.Evidence[0].Article
	}
	return f.ID
}

// quotedIn is where in an article the quotes of what it tells begin.
func quotedIn(told []index.Agreement, article string) (out []int) {
	for _, a := range told {
		for _, e := range a.Evidence {
			if e.Article == article && e.Start >= 0 {
				out = append(out, e.Start)
			}
		}
	}
	return out
}

// hit makes a hit with the marks of its text, all of those at least that are in its title, its snippets and the paragraphs that
// quotes begin in.
func (s *Searcher) hit(tree index.Tree, sketcher *index.Sketcher, f index.Scored, a index.Article, quotes []int, named func(article string, start int, part *analysis.Text) []index.Mention) (shownHit, []index.Mark) {
	h := shownHit{index.Hit{
		ID: f.ID, Score: f.Score, Rest: f.Rest, Published: a.Published, StatedOutlet: a.Outlet, URL: a.URL, Agreement: f.Agreement,
		Countries: without(f.Values["country"], names.Home), Institutions: f.Values["institution"],
	}}
	h.Outlet, h.Lang = first(f.Values["outlet"]), first(f.Values["lang"])
	if h.Damaged = a.Damaged; a.Damaged && f.Agreement == nil {
		return h, nil
	}
	text := a.Text()
	if f.Agreement != nil && strings.TrimSpace(a.Title) != "" {
		text = a.Title // nothing else of it is shown
	}
	x, marks, ok := sketcher.Sketch(text, index.Lang(a.Lang), f.Places, quotes...)
	if ok {
		defer index.Done(x)
	} else {
		x = analysis.Read(beginning(text), analysis.Lang(a.Lang))
		marks = index.Marks(tree, x, named(a.ID, 0, x))
	}
	h.Title, h.Untitled = index.Headline(x, marks)
	if f.Agreement == nil {
		h.Snippets = index.Snippets(x, marks, snippetsPerHit)
		return h, marks
	}
	for _, e := range toQuote(f.Agreement) {
		if tree == nil {
			h.Snippets = append(h.Snippets, index.Marked(e.Quote, nil))
			continue
		}
		q := analysis.Read(e.Quote, analysis.Lang(e.Lang))
		h.Snippets = append(h.Snippets, index.Marked(e.Quote, index.Marks(tree, q, named(e.Article, e.Start, q))))
	}
	return h, marks
}

// named are the names in a text, where a tree looks for some.
func (s *Searcher) named(tree index.Tree, x *analysis.Text) []index.Mention {
	if s.Names == nil || !index.HasValue(tree) {
		return nil
	}
	return s.mentions.of(x.Source, len(x.Source), keptNamed, func() []index.Mention { return s.Names.Recognize(x) })
}

// maxShown is how much of a text is read for a hit: twenty hits of the longest articles would hold up everybody.
const maxShown = 128 << 10 // bytes

// beginning is what a hit shows of a text: all of it, but for the longest ones, which end with a whole word.
func beginning(s string) string {
	if len(s) <= maxShown {
		return s
	}
	s = strings.ToValidUTF8(s[:maxShown], "")
	return s[:max(strings.LastIndexFunc(s, unicode.IsSpace), 0)]
}

func first(v []string) string {
	if len(v) == 0 {
		return ""
	}
	return v[0]
}

func without(v []string, key string) []string {
	return slices.DeleteFunc(slices.Clone(v), func(x string) bool { return x == key })
}

// View gives one article with all that its page shows; ok is false for an unknown id. Its names and agreements are those that the
// index keeps, as far as it has read this state of the article.
func (s *Searcher) View(ctx context.Context, id string) (v index.View, ok bool, err error) {
	return s.view(ctx, id, s.asKept)
}

// ViewAnew is View of an article that is read again: it tells of names that no page shows, too.
func (s *Searcher) ViewAnew(ctx context.Context, id string) (v index.View, ok bool, err error) {
	return s.view(ctx, id, func(context.Context, index.Article, []index.Agreement) (index.Record, bool, error) {
		return index.Record{}, false, nil
	})
}

// asKept is a record of what the index keeps; ok is false where that is of another state of the article.
func (s *Searcher) asKept(ctx context.Context, a index.Article, stored []index.Agreement) (r index.Record, ok bool, err error) {
	if s.Mentioned == nil || s.Names == nil || s.Told == nil {
		return r, false, nil
	}
	found, err := s.Mentioned(ctx, []string{a.ID})
	if err != nil {
		return r, false, err
	}
	text := a.Text()
	m, ok := found[a.ID]
	if !ok || !m.Of(text) {
		return r, false, nil
	}
	r = *s.begins.of(a, len(text), keptArticles, func() *index.Record { return index.Begin(a, s.Names) })
	r.Mentions = m.Whole(text, s.Names)
	r.Agreements, ok = m.Settled(stored, a.ID)
	return r, ok, nil
}

func (s *Searcher) view(ctx context.Context, id string, kept func(context.Context, index.Article, []index.Agreement) (index.Record, bool, error)) (v index.View, ok bool, err error) {
	found, err := s.texts(ctx, []string{id})
	if err != nil {
		return v, false, fmt.Errorf("read article %s: %w", id, err)
	}
	a, ok := found[id]
	if !ok {
		return v, false, nil
	}
	if a.Damaged {
		return v, false, fmt.Errorf("read article %s: %w", id, index.ErrUnreadable)
	}
	var stored []index.Agreement
	if s.Told != nil {
		if stored, err = s.Told(ctx, id); err != nil {
			return v, false, fmt.Errorf("read agreements of article %s: %w", id, err)
		}
	}
	if v.Record, ok, err = kept(ctx, a, stored); err != nil {
		return v, false, fmt.Errorf("read names of article %s: %w", id, err)
	}
	if !ok {
		if v.Record = s.reading(a); s.Told != nil {
			index.Settle(&v.Record, stored)
		}
	}
	t, err := s.stories(ctx, []index.Scored{{ID: id}})
	if err != nil {
		return v, false, fmt.Errorf("read article %s: %w", id, err)
	}
	v.Story = t.of[id].ID
	if v.Versions, err = s.Texts.Versions(ctx, id); err != nil {
		return v, false, fmt.Errorf("read versions of article %s: %w", id, err)
	}
	if v.Confidence, err = s.confidence(ctx, id, v.Record.Agreements); err != nil {
		return v, false, fmt.Errorf("read agreements of article %s: %w", id, err)
	}
	return v, true, nil
}

// confidence is how sure the agreements of an article are: another article may tell one more clearly. Where the index has
// not read this state of the article yet, each is as sure as it is here.
func (s *Searcher) confidence(ctx context.Context, id string, told []index.Agreement) (map[string]index.Percent, error) {
	out := map[string]index.Percent{}
	var ids []string
	for _, a := range told {
		ids = append(ids, a.ID)
		out[a.ID] = max(out[a.ID], index.PercentOf(index.Confidence(a)))
	}
	if len(ids) == 0 {
		return out, nil
	}
	stored, err := s.Engine.Stored(ctx, index.Lookup{IDs: ids, Articles: []string{id}})
	if err != nil {
		return nil, err
	}
	for _, a := range stored {
		for _, own := range a.IDs() {
			if here, ok := out[own]; ok {
				out[own] = max(here, index.PercentOf(index.Confidence(a)))
			}
		}
	}
	return out, nil
}
