package local

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/index"
	"kelisim/index/enginetest"
)

// plainly scores by reading records word by word.
type plainly struct {
	of          []*index.Record
	w           index.Weights
	title, body float64 // mean sizes
	times       map[*index.Record][2]map[string]float64
	sizes       map[*index.Record][2]float64
	known       map[string]float64 // idf by word
	leads       map[*index.Record]map[string]bool
}

func newPlainly(of []*index.Record, w index.Weights) *plainly {
	p := &plainly{of: of, w: w, times: map[*index.Record][2]map[string]float64{}, known: map[string]float64{}, sizes: map[*index.Record][2]float64{}, leads: map[*index.Record]map[string]bool{}}
	for _, r := range of {
		times := [2]map[string]float64{{}, {}}
		for f, words := range wordsIn(r) {
			for _, t := range words {
				for _, term := range analysis.IndexTerms(t) {
					times[f][term]++
				}
			}
		}
		p.times[r] = times
		p.leads[r] = map[string]bool{}
		body := wordsIn(r)[1]
		for _, t := range body[:min(leadSize, len(body))] {
			for _, term := range analysis.IndexTerms(t) {
				p.leads[r][term] = true
			}
		}
	}
	var n [2]float64
	for _, r := range of {
		var sizes [2]float64
		for f, words := range wordsIn(r) {
			sizes[f] = float64(rounded(len(words)))
			if size := float64(rounded(len(words))); size > 0 {
				n[f]++
				if f == 0 {
					p.title += size
				} else {
					p.body += size
				}
			}
		}
		p.sizes[r] = sizes
	}
	p.title, p.body = max(1, p.title/max(1, n[0])), max(1, p.body/max(1, n[1]))
	return p
}

// wordsIn are the tokens of a record's title and body, with a nil between paragraphs.
func wordsIn(r *index.Record) (out [2][]analysis.Token) {
	for _, p := range r.Text.Paragraphs {
		f := 1
		if p.Start <= len(r.Article.Title) && r.Article.Title != "" {
			f = 0
		}
		out[f] = append(out[f], r.Text.Tokens[p.First:p.Last]...)
	}
	return out
}

// weigh is BM25F of how often something stands in a title and a body.
func (p *plainly) weigh(r *index.Record, idf float64, times [2]float64) float64 {
	f := p.sizes[r]
	tf := p.w.TitleWeight*times[0]/(1-p.w.TitleLength+p.w.TitleLength*f[0]/p.title) +
		times[1]/(1-p.w.BodyLength+p.w.BodyLength*f[1]/p.body)
	return idf * tf * (p.w.Saturation + 1) / (tf + p.w.Saturation)
}

func (p *plainly) idf(t index.AnyTerm) float64 {
	key := fmt.Sprint(t.Terms, t.Near)
	if idf, ok := p.known[key]; ok {
		return idf
	}
	df := 0.0
	for _, x := range p.of {
		part, like := 0.0, 0.0
		for _, n := range t.Near {
			switch {
			case !p.has(x, n.Term):
			case n.Likeness > 0:
				like = max(like, n.Weight)
			default:
				part = max(part, n.Weight)
			}
		}
		if part == 0 {
			part = p.w.LikeRarity * like
		}
		if p.has(x, t.Terms...) {
			part = 1
		}
		df += part
	}
	p.known[key] = math.Log(1 + (float64(len(p.of))-df+.5)/(df+.5))
	return p.known[key]
}

func (p *plainly) has(r *index.Record, terms ...string) bool {
	return slices.ContainsFunc(terms, func(t string) bool { return p.times[r][0][t]+p.times[r][1][t] > 0 })
}

// score is what a record is worth to a tree; ok is whether it matches. A word that is there by a near term only is worth
// something, though it does not match.
func (p *plainly) score(t index.Tree, r *index.Record) (score float64, ok bool) {
	switch t := t.(type) {
	case index.AnyTerm:
		var times [2]float64
		for f, words := range p.times[r] {
			most, extra := 0.0, 0.0
			for _, term := range t.Terms {
				n := words[term]
				most = max(most, n)
				if !strings.Contains(term, ":") {
					extra += p.w.ExactWeight * n
				}
			}
			for _, n := range t.Near {
				if n.Likeness > 0 {
					extra += n.Weight * words[n.Term]
				} else {
					most = max(most, n.Weight*words[n.Term])
				}
			}
			times[f] = most + extra
		}
		lead := 0.0
		whole := slices.Clone(t.Terms)
		for _, n := range t.Near {
			if n.Weight >= p.w.LeadLeast && p.leads[r][n.Term] {
				lead = max(lead, n.Weight)
			}
			if n.Whole {
				whole = append(whole, n.Term)
			}
		}
		if slices.ContainsFunc(t.Terms, func(t string) bool { return p.leads[r][t] }) {
			lead = 1
		}
		return p.weigh(r, p.idf(t), times) + p.w.LeadWeight*p.idf(t)*lead, p.has(r, whole...)
	case index.And:
		ok = true
		for _, c := range t {
			switch c := c.(type) {
			case index.Not:
				_, held := p.score(c.Of, r)
				ok = ok && !held
			case index.Should:
				s, _ := p.score(c.Of, r)
				score += c.Weight * s
			default:
				s, held := p.score(c, r)
				score, ok = score+s, ok && held
			}
		}
		if !ok {
			score = 0
		}
		return score, ok
	case index.Or:
		if terms, near, words := synonyms(t); words {
			return p.score(index.AnyTerm{Terms: terms, Near: near}, r)
		}
		for _, c := range t {
			s, held := p.score(c, r)
			score, ok = max(score, s), ok || held
		}
		return score, ok
	case index.Enough:
		ok = true
		for _, c := range t.Of {
			s, held := p.score(c, r)
			score, ok = score+s, ok && held
		}
		if ok {
			score += p.w.FullWeight
		}
		return score, ok
	}
	panic("a tree that this test does not make")
}

func randomWordTree(r *rand.Rand, depth int) index.Tree {
	word := func() index.AnyTerm {
		w := fmt.Sprintf("w%d", int(math.Exp(r.Float64()*3.5)))
		t := index.AnyTerm{Terms: [][]string{{w}, {"kk:" + w}, {w, "kk:" + w}, {w, "kk:w1"}}[r.IntN(4)]}
		for range max(0, r.IntN(5)-2) {
			t.Near = append(t.Near, index.Near{Term: fmt.Sprintf("kk:w%d", r.IntN(30)), Weight: r.Float64(), Likeness: float64(r.IntN(2)), Whole: r.IntN(4) == 0})
		}
		return t
	}
	if depth == 0 {
		return word()
	}
	switch r.IntN(4) {
	case 0:
		return word()
	case 1:
		return index.Or{randomWordTree(r, depth-1), randomWordTree(r, depth-1)}
	case 2:
		return index.And{randomWordTree(r, depth-1), index.Not{Of: randomWordTree(r, depth-1)}, index.Should{Of: word(), Weight: r.Float64()}}
	}
	return index.And{randomWordTree(r, depth-1), randomWordTree(r, depth-1)}
}

// Totals, order and scores are those of a plain reading: over several segments, some of one document, one of several windows,
// with documents that were replaced and removed.
func TestScoresAreThoseOfAPlainReading(t *testing.T) {
	e, err := Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}()
	r := rand.New(rand.NewPCG(8, 8))
	there := map[string]*index.Record{}
	for step, n := range []int{300, 1, 50, 7, 120} {
		b := index.Batch{Seq: uint64(step + 1)}
		for range n {
			words := func(n int) string {
				var out []string
				for range n {
					out = append(out, fmt.Sprintf("w%d", int(math.Exp(r.Float64()*3.5)))) // few words often, many seldom
				}
				return strings.Join(out, " ")
			}
			id := fmt.Sprint(r.IntN(500))
			if slices.ContainsFunc(b.Articles, func(x *index.Record) bool { return x.Article.ID == id }) {
				continue
			}
			rec := enginetest.NewRecord(id, words(r.IntN(5)), words(1+r.IntN(150))+"\n"+words(1+r.IntN(20)))
			b.Articles, there[id] = append(b.Articles, rec), rec
		}
		for id := range there {
			if r.IntN(20) == 0 && !slices.ContainsFunc(b.Articles, func(x *index.Record) bool { return x.Article.ID == id }) {
				b.Removed = append(b.Removed, id)
				delete(there, id)
			}
		}
		if err := e.Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	var all []*index.Record
	for _, rec := range there {
		all = append(all, rec)
	}
	p := newPlainly(all, e.Weights)
	for range 150 {
		tree := randomWordTree(r, 2)
		res, err := e.Search(t.Context(), index.Request{Tree: tree, Tab: index.Articles, Sort: index.Relevance, Size: 1000})
		if err != nil {
			t.Fatal(err)
		}
		total := 0
		for _, rec := range all {
			if _, ok := p.score(tree, rec); ok {
				total++
			}
		}
		if res.Total != total || len(res.Hits) != total {
			t.Fatalf("%v: total %d, %d hits, want %d", tree, res.Total, len(res.Hits), total)
		}
		for i, h := range res.Hits {
			if want, _ := p.score(tree, there[h.ID]); math.Abs(h.Score-want) > 1e-6*(1+want) {
				t.Fatalf("%v: %s scores %v, want %v", tree, h.ID, h.Score, want)
			}
			if i > 0 && (h.Score > res.Hits[i-1].Score || h.Score == res.Hits[i-1].Score && h.ID < res.Hits[i-1].ID) {
				t.Fatalf("%v: hit %d stands before its better", tree, i)
			}
		}
		// A page holds the same first hits.
		few, err := e.Search(t.Context(), index.Request{Tree: tree, Tab: index.Articles, Sort: index.Relevance, Size: 10})
		if err != nil || few.Total != total {
			t.Fatalf("%v: total %d, %v", tree, few.Total, err)
		}
		for i, h := range few.Hits {
			if h.ID != res.Hits[i].ID || h.Score != res.Hits[i].Score {
				t.Fatalf("%v: hit %d of a page is %s, want %s", tree, i, h.ID, res.Hits[i].ID)
			}
		}
	}
	// What holds all parts scores more; it stands among the others where they are mixed.
	e.Weights.FullWeight, p.w.FullWeight = .3, .3 // these words are common
	among := 0
	for range 50 {
		tree := index.Enough{Mixed: true}
		for range 4 {
			tree.Of = append(tree.Of, index.AnyTerm{Terms: []string{fmt.Sprintf("w%d", 1+r.IntN(20))}})
		}
		res, err := e.Search(t.Context(), index.Request{Tree: tree, Tab: index.Articles, Sort: index.Relevance, Size: 1000})
		if err != nil {
			t.Fatal(err)
		}
		total := 0
		for i, h := range res.Hits {
			want, full := p.score(tree, there[h.ID])
			if math.Abs(h.Score-want) > 1e-6*(1+want) || h.Rest == full {
				t.Fatalf("%v: %s scores %v, lacks a part %v; want %v, %v", tree, h.ID, h.Score, h.Rest, want, !full)
			}
			if full {
				total++
			}
			if i > 0 && h.Score > res.Hits[i-1].Score {
				t.Fatalf("%v: hit %d stands before its better", tree, i)
			}
			if i > 0 && res.Hits[i-1].Rest && full {
				among++
			}
		}
		if res.Total != total || res.More != len(res.Hits)-total {
			t.Fatalf("%v: total %d and %d more, want %d of %d", tree, res.Total, res.More, total, len(res.Hits))
		}
	}
	if among == 0 {
		t.Error("what holds all parts never stands behind what does not")
	}
}
