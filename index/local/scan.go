package local

import (
	"context"
	"math/bits"

	"kelisim/index"
)

// scan goes once over the hits of a tree and finds which the selection leaves, and the counts of all facets: a hit
// that misses one filter only counts in that filter's own facet; one that misses two counts nowhere.
type scan struct {
	v     *view
	f     *filters
	least index.Percent // agreements that are less sure are not there
	tally *tally        // nil where no counts are wanted
	only  []docs        // by segment; nil: all may be hits
	left  []docs
	deals []docs // see passingDeals, nil where nobody asked yet
	mem   *scratch
	total int
	// uncertain are those of total that are less sure than index.Sure.
	uncertain int
}

func (s *scan) run(ctx context.Context, n interface{ match(seg int) docs }, tab int) error {
	one := s.agreement
	if tab == tabArticles {
		one = s.article
	}
	for i, seg := range s.v.segs {
		if err := ctx.Err(); err != nil {
			return err
		}
		left := s.mem.copied(n.match(i))
		left.and(seg.live[tab])
		if s.only != nil {
			left.and(s.only[i])
		}
		if tab == tabArticles && s.f.simple() {
			left, err := s.sift(ctx, i, left)
			if err != nil {
				return err
			}
			s.left, s.total = append(s.left, left), s.total+left.count()
			continue
		}
		for k := 0; k < len(left); k += windowWords {
			if err := ctx.Err(); err != nil {
				return err
			}
			for j := k; j < min(k+windowWords, len(left)); j++ {
				for set := left[j]; set != 0; set &= set - 1 {
					if doc := uint32(j*wordBits + bits.TrailingZeros64(set)); !one(seg, doc) {
						left[j] &^= set & -set
					}
				}
			}
		}
		s.left, s.total = append(s.left, left), s.total+left.count()
	}
	return nil
}

// agreement looks at an agreement: all its values are its own.
func (s *scan) agreement(seg *viewSegment, doc uint32) bool {
	sure := seg.confidence[doc]
	if sure < s.least {
		return false
	}
	n, which := s.f.misses(seg, doc, anyScope, true)
	if n == 0 && sure < index.Sure {
		s.uncertain++
	}
	if n > 1 || s.tally == nil {
		return n == 0
	}
	if n == 1 {
		s.tally.add(which, seg, doc)
		return false
	}
	for i := range s.f.facets {
		s.tally.add(i, seg, doc)
	}
	s.tally.add(len(s.f.facets), seg, doc)
	return true
}

// article looks at an article.
func (s *scan) article(seg *viewSegment, doc uint32) bool {
	own, which := s.f.misses(seg, doc, ofArticle, false)
	if own > 1 {
		return false
	}
	joint := s.f.joint()
	told := false
	if joint || s.tally != nil && own == 0 {
		told = s.told(seg, doc, own == 0, joint)
	}
	if joint {
		if !told {
			return false
		}
		if s.tally != nil {
			s.count(seg, doc, own, which, ofArticle, false)
		}
		return own == 0
	}
	n, w := s.f.misses(seg, doc, ofEither, true)
	if n += own; n == 1 && own == 0 {
		which = w
	}
	if n > 1 || s.excluded(seg, doc) {
		return false
	}
	if s.tally != nil {
		s.count(seg, doc, n, which, func(x index.Scope) bool { return x != index.OfAgreement }, true)
	}
	return n == 0
}

// count counts an article that misses n filters, which names the one.
func (s *scan) count(seg *viewSegment, doc uint32, n, which int, of func(index.Scope) bool, date bool) {
	if n == 1 {
		s.tally.add(which, seg, doc)
		return
	}
	for i := range s.f.facets {
		if of(s.f.scopes[i]) {
			s.tally.add(i, seg, doc)
		}
	}
	if date {
		s.tally.add(len(s.f.facets), seg, doc)
	}
}

// told reports whether an agreement of the article passes all filters of agreements at once. Where count is set, the
// article counts at each value that one of its agreements would bring; where joint is not, only at kinds and statuses,
// because the others mean what the article mentions.
func (s *scan) told(seg *viewSegment, doc uint32, count, joint bool) bool {
	found := false
	if count && s.tally != nil {
		s.tally.next()
	}
	for _, ord := range seg.agreements.of(doc) {
		g, deal, ok := s.v.deal(ord, s.least)
		if !ok {
			continue
		}
		n, which := s.f.misses(g, deal, notOfArticle, true)
		found = found || n == 0
		if n > 1 || !count || s.tally == nil {
			continue
		}
		for i, scope := range s.f.scopes {
			if (n == 0 || which == i) && (scope == index.OfAgreement || joint && scope == index.OfEither) {
				s.tally.once(i, g, deal)
			}
		}
		if date := len(s.f.facets); joint && (n == 0 || which == date) {
			s.tally.once(date, g, deal)
		}
	}
	return found
}

// excluded reports whether one of the article's agreements has an excluded kind or status.
func (s *scan) excluded(seg *viewSegment, doc uint32) bool {
	for i := range s.f.facets {
		if s.f.scopes[i] != index.OfAgreement || !s.f.facets[i].on {
			continue
		}
		for _, ord := range seg.agreements.of(doc) {
			if g, deal, ok := s.v.deal(ord, s.least); ok && s.f.facets[i].excludes(g.facets[i].of(deal)) {
				return true
			}
		}
	}
	return false
}
