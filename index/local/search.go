package local

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"kelisim/index"
)

const (
	tabArticles   = 0
	tabAgreements = 1
	// maxPage bounds what one request may hold in memory, whatever it asks for.
	maxPage = 10_000 // hits
)

func tabOf(t index.Tab) int {
	if t == index.Agreements {
		return tabAgreements
	}
	return tabArticles
}

// frequencies are how many documents of a tab have any of a word's terms.
func (v *view) frequencies(ctx context.Context, tab int, least index.Percent, words [][]string) (out []int, err error) {
	defer guarded(&err)()
	m := &matcher{ctx: ctx, v: v, tab: tab, mem: scratches.Get().(*scratch)}
	if tab == tabArticles {
		least = 0 // it says nothing of them
	}
	for _, terms := range words {
		key := asked{tab, least, strings.Join(terms, "\x00")}
		if n, ok := v.counts.get(&v.mu, key); ok {
			out = append(out, n)
			continue
		}
		mark := m.mem.sets.mark()
		hits, err := m.having(terms, false)
		if err != nil {
			return nil, err
		}
		n := 0
		for i, s := range v.segs {
			if tab == tabArticles {
				n += hits[i].count()
				continue
			}
			for doc := range hits[i].all() {
				if s.confidence[doc] >= least {
					n++
				}
			}
		}
		m.mem.sets.back(mark)
		v.counts.put(&v.mu, key, n, mostAsked)
		out = append(out, n)
	}
	m.mem.give()
	return out, ctx.Err()
}

// asked is a word that was counted. To make one page of a query each of its words is asked for five times: to repair it, to widen it, to
// tell what is missing, and once more for the number beside the other tab.
type asked struct {
	tab   int
	least index.Percent
	terms string
}

// mostAsked bounds the words whose numbers a view remembers, some 100 bytes each.
const mostAsked = 8192

// remembered gives what the newest view remembers of all of some words; ok is false where it does not. No file is read, so that none
// has to be looked at: that took as long as to count.
func (e *Engine) remembered(tab int, least index.Percent, words [][]string) (out []int, ok bool) {
	v, err := e.view()
	if err != nil {
		return nil, false
	}
	if tab == tabArticles {
		least = 0
	}
	ok = true
	for _, terms := range words {
		n, known := v.counts.get(&v.mu, asked{tab, least, strings.Join(terms, "\x00")})
		out, ok = append(out, n), ok && known
		if !ok {
			break
		}
	}
	return out, e.release(v) == nil && ok
}

// memory is what a view remembers by keys. The zero value is empty and ready.
type memory[K comparable, V any] map[K]V

func (m *memory[K, V]) get(mu *sync.Mutex, key K) (value V, ok bool) {
	mu.Lock()
	defer mu.Unlock()
	value, ok = (*m)[key]
	return value, ok
}

// put remembers a value; where there are more than most, all others are forgotten.
func (m *memory[K, V]) put(mu *sync.Mutex, key K, value V, most int) {
	mu.Lock()
	defer mu.Unlock()
	if *m == nil || len(*m) >= most {
		*m = memory[K, V]{}
	}
	(*m)[key] = value
}

// search answers a request from one view.
func (v *view) search(ctx context.Context, r index.Request, weights *index.Weights) (res index.Result, err error) {
	defer guarded(&err)()
	tab := tabOf(r.Tab)
	if key := totalKey(r); key != "" {
		if was, ok := v.totals.get(&v.mu, key); ok {
			return was, nil
		}
		defer func() {
			if err == nil {
				v.totals.put(&v.mu, key, res, mostTotals)
			}
		}()
	}
	empty := plain{tab, max(r.MinConfidence, 0)}
	// Pages link to these two only; the others are rare, and each takes memory.
	keeps := r.Counts && r.Tree == nil && r.Only == nil && r.Selection.Empty() && !r.Selection.Reported && (empty.least == index.Shown || empty.least == index.Sure)
	m := &matcher{ctx: ctx, v: v, tab: tab, least: empty.least, weights: weights, mem: scratches.Get().(*scratch)}
	n, err := m.node(r.Tree, 0)
	if err != nil {
		return res, err
	}
	s := &scan{v: v, f: newFilters(r.Selection, &v.g.columns), least: empty.least, mem: m.mem}
	if s.only, err = v.only(r.Only, tab); err != nil {
		return res, err
	}
	var known map[string][]index.Count
	if keeps {
		known = v.counted(empty)
	}
	if r.Counts && known == nil {
		s.tally = newTally(v, r.Selection)
	}
	if err := s.run(ctx, full(n), tab); err != nil {
		return res, err
	}
	res = index.Result{Total: s.total, Uncertain: s.uncertain, Seq: v.seq}
	var rest *scan
	if e, ok := n.(*enough); ok && !e.loose && !r.Full && (r.Counts || r.Size > 0) {
		rest = &scan{v: v, f: s.f, least: s.least, mem: m.mem, only: s.only}
		if err := rest.run(ctx, lacking(e), tab); err != nil {
			return res, err
		}
		res.More = rest.total
	}
	if r.Counts {
		if known == nil {
			known = s.tally.result(&v.g.columns, r.Selection)
			if keeps {
				v.keep(empty, known)
			}
		}
		res.Counts = known
	}
	if size := min(r.Size, maxPage); size > 0 {
		var top []found
		if top, err = v.hits(m, n, s, rest, r, size); err == nil {
			err = v.page(m, top, r, size, &res)
		}
	}
	if err == nil && r.Beside != nil {
		res.Beside, err = v.beside(m, n, s, rest, r, res.Hits)
	}
	m.mem.give() // not where it panicked: who knows what still holds it
	return res, err
}

// beside finds what a request wants to know of beside its hits: what two scans left is matched already.
func (v *view) beside(m *matcher, n node, all, rest *scan, r index.Request, hits []index.Scored) (out []index.Scored, err error) {
	ids, err := r.Beside(hits)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	only, err := v.only(ids, m.tab)
	if err != nil {
		return nil, err
	}
	of := func(s *scan) *scan {
		if s == nil {
			return nil
		}
		out := *s
		out.left = make([]docs, len(s.left))
		for i := range out.left {
			out.left[i] = m.mem.copied(s.left[i])
			out.left[i].and(only[i])
		}
		return &out
	}
	r.After = nil
	top, err := v.hits(m, n, of(all), of(rest), r, len(ids))
	for _, h := range top {
		out = append(out, index.Scored{ID: string(h.id), Score: h.score, Rest: h.rest})
	}
	return out, err
}

// counted gives the counts of an empty query if they are kept; the caller may change them.
func (v *view) counted(q plain) map[string][]index.Count {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.empty[q] == nil {
		return nil
	}
	return cloned(v.empty[q])
}

func (v *view) keep(q plain, counts map[string][]index.Count) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.empty[q] = cloned(counts)
}

func cloned(counts map[string][]index.Count) map[string][]index.Count {
	out := make(map[string][]index.Count, len(counts))
	for k, c := range counts {
		out[k] = slices.Clone(c)
	}
	return out
}

// found is a hit with what it is sorted by.
type found struct {
	seg   *viewSegment
	doc   uint32
	rest  bool // it lacks a part
	score float64
	day   int32 // index.Undated where there is none
	id    []byte
}

// order compares two hits: those that lack a part stand behind unless they are mixed, equal ones by id.
func order(sort index.Sort, mixed bool) func(a, b found) int {
	var by func(a, b found) int
	switch sort {
	case index.Newest:
		by = func(a, b found) int {
			if (a.day == index.Undated) != (b.day == index.Undated) {
				return cmp.Compare(a.day, b.day) // the undated last
			}
			return cmp.Compare(b.day, a.day)
		}
	case index.Oldest:
		by = func(a, b found) int { return cmp.Compare(a.day, b.day) }
	default:
		by = func(a, b found) int { return cmp.Compare(b.score, a.score) }
	}
	return func(a, b found) int {
		if a.rest != b.rest && !mixed {
			if b.rest {
				return -1
			}
			return 1
		}
		if c := by(a, b); c != 0 {
			return c
		}
		return bytes.Compare(a.id, b.id)
	}
}

// hits are the first of what two scans left, one more than wanted where there is one: rest, which may be nil, holds what stands behind.
func (v *view) hits(m *matcher, n node, all, rest *scan, r index.Request, size int) ([]found, error) {
	scored := r.Sort != index.Newest && r.Sort != index.Oldest
	e, ok := n.(*enough)
	mixed := ok && e.mixed && scored
	top := best{compare: order(r.Sort, mixed), size: size + 1, mixed: mixed, newest: r.Sort == index.Newest}
	if r.After != nil {
		top.after = &found{rest: r.After.Rest, score: r.After.Score, day: int32(r.After.Date), id: []byte(r.After.ID)}
	}
	for _, s := range []*scan{all, rest} {
		if s == nil || top.full() && !mixed {
			continue // the page is full before those that lack a part
		}
		look := func(w window) error {
			if err := m.ctx.Err(); err != nil {
				return err
			}
			seg := v.segs[w.seg]
			dates := &seg.dates[datesBy(r.Selection)]
			var scores []float64
			if scored {
				var back func()
				scores, back = m.zeros(w)
				defer back()
				if err := n.score(w, scores); err != nil {
					return err
				}
			}
			begin, newest := w.begin(), 1+max(0, m.weights.FreshnessWeight)
			for at := range w.docs.all() {
				h := found{seg: seg, doc: begin + at, rest: s == rest, day: dates.first[begin+at]}
				if !scored && top.behind(h.day, h.rest) {
					continue
				}
				if scored {
					s := scores[at]
					if scores[at] = 0; top.beyond(max(s, s*newest), h.rest) {
						continue // however fresh it is
					}
					if h.score = s * v.fresh(seg, h.doc, m.weights); top.beyond(h.score, h.rest) {
						continue
					}
				}
				h.id = seg.docID(h.doc)
				top.take(h)
			}
			return nil
		}
		if !ok || !scored {
			for i := range v.segs {
				if err := windows(i, s.left[i], look); err != nil {
					return nil, err
				}
			}
			continue
		}
		for i := range v.segs { // those with all parts first: see climber
			most := m.mem.copied(s.left[i])
			most.and(e.full(i))
			if err := windows(i, most, look); err != nil {
				return nil, err
			}
		}
		climbs := newClimber(e)
		for i := range v.segs {
			others := m.mem.copied(s.left[i])
			others.andNot(e.full(i))
			err := windows(i, others, func(w window) error {
				if climbs.leave(w, top.floor(s == rest)/(1+m.weights.FreshnessWeight)); w.docs.empty() {
					return nil
				}
				return look(w)
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return top.hits(), nil
}

// fresh is what a document's age multiplies its score by. Age is counted from the newest month of the index, not from today: the
// same index gives the same order on any day.
func (v *view) fresh(seg *viewSegment, doc uint32, w *index.Weights) float64 {
	months := seg.dates[0].months
	if w.FreshnessWeight == 0 || months[doc].first == noMonth {
		return 1
	}
	age := float64(v.months[0].last - months[doc].first)
	return 1 + w.FreshnessWeight*math.Exp2(-age/max(1, w.FreshnessMonths))
}

// best keeps the first of many hits: a heap, the last of them on top.
type best struct {
	compare func(a, b found) int
	size    int
	mixed   bool
	newest  bool   // the newest days come first
	after   *found // only what stands behind it is taken
	heap    []found
}

func (t *best) full() bool { return len(t.heap) == t.size }

// beyond reports whether no hit with such a score can be among the best.
func (t *best) beyond(score float64, rest bool) bool {
	return t.full() && (t.mixed || t.heap[0].rest == rest) && score < t.heap[0].score
}

// behind reports whether a hit of such a day cannot be among the best, where they are sorted by days.
func (t *best) behind(day int32, rest bool) bool {
	if !t.full() || t.heap[0].rest != rest {
		return false
	}
	last := t.heap[0].day
	if t.newest && day != index.Undated && last != index.Undated {
		return day < last
	}
	return day > last // the undated are the last of both orders
}

// floor is the least score that a hit must have to be among the best.
func (t *best) floor(rest bool) float64 {
	if !t.full() || !t.mixed && t.heap[0].rest != rest {
		return math.Inf(-1)
	}
	return t.heap[0].score
}

func (t *best) take(h found) {
	if t.after != nil && t.compare(h, *t.after) <= 0 {
		return
	}
	if !t.full() {
		t.heap = append(t.heap, h)
		for i := len(t.heap) - 1; i > 0; {
			up := (i - 1) / 2
			if t.compare(t.heap[i], t.heap[up]) <= 0 {
				return
			}
			t.heap[i], t.heap[up] = t.heap[up], t.heap[i]
			i = up
		}
		return
	}
	if t.compare(h, t.heap[0]) >= 0 {
		return
	}
	t.heap[0] = h
	for i := 0; ; {
		last := i
		for down := 2*i + 1; down <= 2*i+2 && down < len(t.heap); down++ {
			if t.compare(t.heap[down], t.heap[last]) > 0 {
				last = down
			}
		}
		if last == i {
			return
		}
		t.heap[i], t.heap[last] = t.heap[last], t.heap[i]
		i = last
	}
}

// hits are those that were kept, in order.
func (t *best) hits() []found {
	slices.SortFunc(t.heap, t.compare)
	return t.heap
}

// page reads the first of top into res.
func (v *view) page(m *matcher, top []found, r index.Request, size int, res *index.Result) error {
	if len(top) > size {
		top = top[:size]
		last := top[size-1]
		res.Next = &index.Cursor{Rest: last.rest, Score: last.score, Date: int(last.day), ID: string(last.id), Seq: v.seq}
	}
	var words [][]string
	places := r.Places && r.Tab != index.Agreements
	if places {
		words = index.Words(r.Tree)
	}
	for i, h := range top {
		if i%looks == 0 && m.ctx.Err() != nil {
			return m.ctx.Err()
		}
		d, err := documentBut(h.seg.snap, h.doc, places && index.HasValue(r.Tree))
		if err != nil {
			return fmt.Errorf("read hit %s: %w", h.id, err)
		}
		v.tell(&d, r.MinConfidence)
		hit := index.Scored{ID: strings.Clone(string(h.id)), Score: h.score, Rest: h.rest, Values: d.Values, Agreement: d.Agreement}
		if places {
			hit.Places = m.places(h, &d, words)
		}
		res.Hits = append(res.Hits, hit)
	}
	return nil
}

// tell adds to an article's values what its agreements bring that are sure enough.
func (v *view) tell(d *stored, least index.Percent) {
	for _, t := range d.Told {
		ord, ok := v.g.columns.agreements.find(t.ID)
		if !ok {
			continue
		}
		if _, _, ok := v.deal(ord, least); !ok {
			continue
		}
		if d.Values == nil {
			d.Values = map[string][]string{}
		}
		for facet, values := range t.Values {
			d.Values[facet] = append(d.Values[facet], values...)
		}
	}
}
