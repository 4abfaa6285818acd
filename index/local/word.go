package local

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"kelisim/index"
)

// word matches documents that have any of its terms in either field: one typed word in all its readings. Those that have
// only a near term hold a part of it.
//
// The weight is that of BM25 over two fields: a field longer than others makes its words worth less, and each further
// occurrence adds less than the one before.
type word struct {
	m      *matcher
	terms  []string
	near   []index.Near // the heaviest first
	weight float64
	none   bool        // no document of either tab has it
	title  bool        // it counts in the title only
	own    []docs      // by segment
	hits   []docs      // with those that have a near term that is whole
	all    []docs      // with those that have any near term
	found  [][]located // by segment
	seg    int         // that the readers are of
	of     []termReader
	single bool           // they are of one term
	nearly [][]termReader // by near term
	first  []termReader   // of leads
}

// termReader reads a term in a field.
type termReader struct {
	*reader
	field  int
	weight float32 // of an occurrence
	exact  bool
	like   bool // it adds to what others of its kind count
}

func (m *matcher) word(terms []string, near []index.Near, title bool) (node, error) {
	n := &word{m: m, terms: terms, near: slices.Clone(near), title: title, seg: -1}
	slices.SortStableFunc(n.near, func(a, b index.Near) int { return cmp.Compare(b.Weight, a.Weight) })
	if err := n.locate(); err != nil {
		return nil, err
	}
	for i, s := range m.v.segs {
		hits := m.set(i)
		for k := range n.found[i] {
			switch l := &n.found[i][k]; {
			case l.of >= len(terms):
			case l.set == nil && l.n > block && m.decoded+l.n < mostDecoded:
				m.decoded += l.n
				l.fillKept(hits, m.mem.decoded.take(l.blocks()*block, 1<<15))
			default:
				l.fill(hits, &m.buf)
			}
		}
		hits.and(s.live[m.tab])
		n.own = append(n.own, hits)
	}
	// A word and its translations are one word: it is as rare as they are together, and partly so with those like it.
	df, known := 0.0, make([]int, len(n.near))
	n.hits, n.all = n.own, n.own
	if len(n.near) > 0 {
		n.all = make([]docs, len(n.own))
	}
	if slices.ContainsFunc(n.near, func(x index.Near) bool { return x.Whole }) {
		n.hits = make([]docs, len(n.own))
		for i, own := range n.own {
			n.hits[i] = m.mem.copied(own)
			at := 0
			for k, x := range n.near {
				if x.Whole {
					at = n.fillNear(i, k, at, n.hits[i])
				}
			}
			n.hits[i].and(m.v.segs[i].live[m.tab])
		}
	}
	for i, hits := range n.own {
		df += float64(hits.count())
		if len(n.near) == 0 {
			continue
		}
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		all := m.mem.copied(hits)
		n.all[i] = all
		last := all.count()
		for _, like := range []bool{false, true} {
			at := 0
			for k, x := range n.near {
				if (x.Likeness > 0) != like {
					continue
				}
				at = n.fillNear(i, k, at, all)
				all.and(m.v.segs[i].live[m.tab])
				now := all.count()
				known[k], last = known[k]+now-last, now
			}
		}
	}
	n.none = df == 0
	for k, x := range n.near {
		if x.Likeness > 0 {
			df += m.weights.LikeRarity * x.Weight * float64(known[k])
			continue
		}
		df += x.Weight * float64(known[k])
		n.none = n.none && known[k] == 0
	}
	if n.none {
		n.none = !m.anywhere(terms, title) && !slices.ContainsFunc(n.near, func(x index.Near) bool {
			return x.Likeness == 0 && m.anywhere([]string{x.Term}, title)
		})
	}
	n.weight = m.rarity(df)
	return n, nil
}

// located is a list of a word: of one of its terms, or behind them of one of its near terms.
type located struct {
	list
	field, of int
}

const (
	locatedSize = 168 // bytes
	// mostDecoded bounds the documents of lists that are kept unpacked from matching to scoring.
	mostDecoded = 1 << 20
)

// locate finds the word's lists, once for all that is done with them: to find one takes two misses of the processor's memory.
func (n *word) locate() error {
	m := n.m
	most := (len(n.terms) + len(n.near)) * len(fieldsOf(n.title))
	for _, s := range m.v.segs {
		if err := m.ctx.Err(); err != nil {
			return err
		}
		found := m.mem.located.take(most, 256)[:0]
		find := func(term string, of int) {
			for field := range fieldsOf(n.title) {
				if l, ok := s.lists.find(field, term); ok {
					found = append(found, located{l, field, of})
				}
			}
		}
		for k, t := range n.terms {
			find(t, k)
		}
		for k, x := range n.near {
			find(x.Term, len(n.terms)+k)
		}
		n.found = append(n.found, found)
	}
	return nil
}

// fillNear adds to a set the documents of a segment that have a near term, whatever their tab. It looks for its lists from one of those
// found on, and says where the next term's may begin.
func (n *word) fillNear(seg, near, at int, set docs) (next int) {
	found, of := n.found[seg], len(n.terms)+near
	for at < len(found) && found[at].of < of {
		at++
	}
	for ; at < len(found) && found[at].of == of; at++ {
		found[at].fill(set, &n.m.buf)
	}
	return at
}

// fieldsOf are the fields that words are looked for in, by their number.
func fieldsOf(title bool) []int {
	if title {
		return fieldsOfWords[:1]
	}
	return fieldsOfWords[:]
}

// having are the live documents of the tab, by segment, that have any of terms in either field, or in the title.
func (m *matcher) having(terms []string, title bool) (out []docs, err error) {
	for i, s := range m.v.segs {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		hits := m.set(i)
		for _, t := range terms {
			m.fill(i, t, title, hits)
		}
		hits.and(s.live[m.tab])
		out = append(out, hits)
	}
	return out, nil
}

// anywhere reports whether a document has one of some terms, whatever its tab. Few words are asked for: those that no document
// of the tab has.
func (m *matcher) anywhere(terms []string, title bool) bool {
	for i, s := range m.v.segs {
		mark := m.mem.sets.mark()
		hits := m.set(i)
		for _, t := range terms {
			m.fill(i, t, title, hits)
		}
		if deleted := s.snap.Deleted(); deleted != nil {
			for doc := range hits.all() {
				if deleted.Contains(doc) {
					hits[doc/wordBits] &^= 1 << (doc % wordBits)
				}
			}
		}
		some := !hits.empty()
		m.mem.sets.back(mark)
		if some {
			return true
		}
	}
	return false
}

// fill adds to a set the documents of a segment that have a term, whatever their tab.
func (m *matcher) fill(seg int, term string, title bool, set docs) {
	for field := range fieldsOf(title) {
		if l, ok := m.v.segs[seg].lists.find(field, term); ok {
			l.fill(set, &m.buf)
		}
	}
}

func (n *word) match(seg int) docs { return n.hits[seg] }
func (n *word) whole(seg int) docs { return n.hits[seg] }
func (n *word) reach(seg int) docs { return n.all[seg] }

func (n *word) worth() float64 {
	if n.none {
		return 0
	}
	return n.weight
}

// open makes the readers of a segment.
func (n *word) open(seg int) {
	if n.seg == seg {
		return
	}
	n.seg, n.of, n.first = seg, n.of[:0], n.first[:0]
	if n.nearly == nil {
		n.nearly = make([][]termReader, len(n.near))
	}
	for i := range n.nearly {
		n.nearly[i] = n.nearly[i][:0]
	}
	last, terms := -1, 0
	for _, l := range n.found[seg] {
		r := termReader{reader: &n.m.mem.readers.take(1, 16)[0], field: l.field, weight: 1}
		r.list = l.list
		if l.of < len(n.terms) {
			r.exact = !strings.Contains(n.terms[l.of], ":")
			n.of = append(n.of, r)
			if l.of != last {
				last, terms = l.of, terms+1
			}
			continue
		}
		i := l.of - len(n.terms)
		r.weight, r.like = float32(n.near[i].Weight), n.near[i].Likeness > 0
		n.nearly[i] = append(n.nearly[i], r)
	}
	n.single = terms == 1
	for _, t := range n.terms {
		n.first = n.leading(n.first, seg, t, 1)
	}
	for _, x := range n.near {
		if x.Weight >= n.m.weights.LeadLeast {
			n.first = n.leading(n.first, seg, x.Term, float32(x.Weight))
		}
	}
}

// leading adds the reader of a term in leads, if it counts there.
func (n *word) leading(out []termReader, seg int, term string, weight float32) []termReader {
	if n.title || n.m.weights.LeadWeight == 0 {
		return out
	}
	if l, ok := n.m.v.segs[seg].lists.find(leadList, term); ok {
		r := &n.m.mem.readers.take(1, 16)[0]
		r.list = l
		out = append(out, termReader{reader: r, weight: weight})
	}
	return out
}

func (n *word) hold(w window, out []float64) {
	hits := w.of(n.hits[w.seg])
	add(n.weight, w.docs, hits, out)
	if len(n.near) == 0 {
		return
	}
	mem := &n.m.mem.sets
	defer mem.back(mem.mark())
	rest := n.m.within(w, n.all[w.seg])
	rest.andNot(hits)
	if rest.empty() {
		return
	}
	n.open(w.seg)
	begin, end := w.begin(), w.end()
	for i, of := range n.nearly {
		x := n.weight * n.near[i].Weight
		for _, r := range of {
			r.from = begin
			for found, _, ok := r.part(begin, end, rest); ok; found, _, ok = r.part(begin, end, rest) {
				for _, doc := range found {
					if doc -= begin; rest.has(doc) {
						out[doc] += x
						rest[doc/wordBits] &^= 1 << (doc % wordBits)
					}
				}
			}
		}
	}
}

func (n *word) score(w window, out []float64) error {
	if err := n.m.ctx.Err(); err != nil {
		return err
	}
	mem := n.m.mem
	defer mem.sets.back(mem.sets.mark())
	hits := n.m.within(w, n.all[w.seg])
	if hits.empty() {
		return nil
	}
	n.open(w.seg)
	if n.single && len(n.near) == 0 {
		n.one(w, hits, out)
		n.lead(w, hits, out)
		return nil
	}
	defer mem.small.back(mem.small.mark())
	c := n.m.counts(w, hits)
	for _, r := range n.of {
		n.count(w, r, c)
	}
	for _, of := range n.nearly {
		for _, r := range of {
			n.count(w, r, c)
		}
	}
	c.add(n.weight, out)
	n.lead(w, hits, out)
	return nil
}

// lead adds what the word is worth in the leads of hits, which are used up: the most that one of its terms does, the
// heaviest first.
func (n *word) lead(w window, hits docs, out []float64) {
	begin, end := w.begin(), w.end()
	for _, r := range n.first {
		x := n.m.weights.LeadWeight * n.weight * float64(r.weight)
		if r.set != nil {
			for i, set := range hits {
				set &= r.wordOf(w.first + i)
				for hits[i] &^= set; set != 0; set &= set - 1 {
					out[i*wordBits+bits.TrailingZeros64(set)] += x
				}
			}
			continue
		}
		r.from = begin
		for found, _, ok := r.part(begin, end, hits); ok; found, _, ok = r.part(begin, end, hits) {
			for _, doc := range found {
				if at := doc - begin; hits.has(at) {
					out[at] += x
					hits[at/wordBits] &^= 1 << (at % wordBits)
				}
			}
		}
	}
}

// one scores a word of one term: what its fields count is one number, and nothing has to be kept beside it.
func (n *word) one(w window, hits docs, out []float64) {
	tf, back := n.m.zeros(w)
	defer back()
	s, p := n.m.v.segs[w.seg], n.m.v.norms(n.m)
	begin, end := w.begin(), w.end()
	for _, r := range n.of {
		sizes, norms := s.sizes[r.field], &p.by[n.m.tab][r.field]
		extra := float32(0)
		if r.exact {
			extra = float32(n.m.weights.ExactWeight)
		}
		r.from = begin
		for found, times, ok := r.part(begin, end, hits); ok; found, times, ok = r.part(begin, end, hits) {
			times = times[:len(found)]
			for i, doc := range found {
				if at := doc - begin; r.set != nil || hits.has(at) {
					f := float32(times[i] + 1)
					tf[at] += float64(f+extra*f) * norms[sizes[doc]]
				}
			}
		}
	}
	weight, k := n.weight*(p.saturation+1), p.saturation
	for i, set := range hits {
		for ; set != 0; set &= set - 1 {
			at := i*wordBits + bits.TrailingZeros64(set)
			out[at] += weight * tf[at] / (tf[at] + k)
			tf[at] = 0
		}
	}
}

// count counts a term's occurrences.
func (n *word) count(w window, r termReader, c counts) {
	begin, end := w.begin(), w.end()
	most, more := c.most[r.field], c.extra[r.field]
	extra := float32(0)
	if r.exact {
		extra = float32(n.m.weights.ExactWeight)
	}
	r.from = begin
	for found, times, ok := r.part(begin, end, c.docs); ok; found, times, ok = r.part(begin, end, c.docs) {
		times = times[:len(found)]
		for i, doc := range found {
			at := doc - begin
			f := r.weight * float32(times[i]+1)
			if r.like {
				more[at] += f
				continue
			}
			most[at] = max(most[at], f)
			if r.exact {
				more[at] += extra * f
			}
		}
	}
}

// counts are how often a part occurs in each document of a window, by field: the most that one of its terms does, and what
// exact forms add.
type counts struct {
	m     *matcher
	w     window
	docs  docs
	most  [len(fieldsOfWords)][]float32
	extra [len(fieldsOfWords)][]float32
}

func (m *matcher) counts(w window, hits docs) counts {
	c := counts{m: m, w: w, docs: hits}
	n := len(w.docs) * wordBits
	for f := range fieldsOfWords {
		c.most[f] = m.mem.small.take(n, 4*windowWords*wordBits)
		c.extra[f] = m.mem.small.take(n, 4*windowWords*wordBits)
	}
	return c
}

func (c counts) add(weight float64, out []float64) {
	p, s := c.m.v.norms(c.m), c.m.v.segs[c.w.seg]
	begin, k := c.w.begin(), p.saturation
	weight *= k + 1
	for i, set := range c.docs {
		for ; set != 0; set &= set - 1 {
			at := i*wordBits + bits.TrailingZeros64(set)
			tf := 0.0
			for f := range fieldsOfWords {
				if n := c.most[f][at] + c.extra[f][at]; n > 0 {
					tf += float64(n) * p.by[c.m.tab][f][s.sizes[f][begin+uint32(at)]]
				}
			}
			if tf > 0 {
				out[at] += weight * tf / (tf + k)
			}
		}
	}
}
