package local

import (
	"math/bits"
	"sync"

	"kelisim/index"
)

// Kinds and statuses are said of agreements, so that an article's are found by way of its agreements, which may lie in other
// segments: 100 ns a hit, a quarter of a page's time where 20,000 articles are found. So a view that is asked for them keeps a set of
// articles for each such value, as columns of few values do (see count.go): 17 sets, 12.5 kB each of 100,000 articles, made when first asked for.

// toldSets are the live articles that have a value by an agreement that is sure enough.
type toldSets struct {
	once  sync.Once
	least index.Percent
	by    [][][]valueSet // by segment and facet, nil where the facet is none of agreements
	many  bool           // there are too many values: articles are looked at one by one
}

// toldSets gives the sets of a view; nil where there are none. Only those of the confidences that pages offer are kept.
func (v *view) toldSets(least index.Percent, scopes []index.Scope) *toldSets {
	if least != index.Shown && least != index.Sure {
		return nil
	}
	v.mu.Lock()
	s := v.told[least]
	if s == nil {
		s = &toldSets{least: least}
		v.told[least] = s
	}
	v.mu.Unlock()
	s.once.Do(func() { s.make(v, scopes) })
	if s.many {
		return nil
	}
	return s
}

func (s *toldSets) make(v *view, scopes []index.Scope) {
	s.by = make([][][]valueSet, len(v.segs))
	for i, seg := range v.segs {
		s.by[i] = make([][]valueSet, len(scopes))
		if seg.agreements.start == nil {
			continue
		}
		at := make([]map[uint32]int, len(scopes))
		for doc := range seg.live[tabArticles].all() {
			for _, ord := range seg.agreements.of(doc) {
				g, deal, ok := v.deal(ord, s.least)
				if !ok {
					continue
				}
				for f, scope := range scopes {
					if scope != index.OfAgreement {
						continue
					}
					for _, o := range g.facets[f].of(deal) {
						k, known := at[f][o]
						if !known {
							if k = len(s.by[i][f]); k == mostSets {
								s.by, s.many = nil, true
								return
							}
							if at[f] == nil {
								at[f] = map[uint32]int{}
							}
							at[f][o] = k
							s.by[i][f] = append(s.by[i][f], valueSet{o, make(docs, wordsFor(seg.n))})
						}
						s.by[i][f][k].docs.add(doc)
					}
				}
			}
		}
	}
}

// count counts the hits of a segment by a facet's values.
func (s *toldSets) count(seg, facet int, hits docs, n []uint32) { countSets(s.by[seg][facet], hits, n) }

// countSets counts what each of some sets shares with hits.
func countSets(of []valueSet, hits docs, n []uint32) {
	for _, v := range of {
		sum := 0
		for i, w := range v.docs[:len(hits)] {
			sum += bits.OnesCount64(w & hits[i])
		}
		n[v.ord] += uint32(sum)
	}
}
