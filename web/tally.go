package web

import (
	"context"
	"sync"

	"kelisim/index"
)

// tally collects the totals that a page wants to show beside its links, and counts them together.
type tally struct {
	ctx  context.Context
	each []wanted
}

type wanted struct {
	q    index.Query
	tell func(n int)
}

// maxTotals bounds the work of one page. Links beyond it are shown without a number.
const maxTotals = 16

func (s *server) tally(a *ask) *tally { return &tally{ctx: a.ctx} }

// want asks for the total of a query; tell is not called where it could not be had.
func (t *tally) want(q index.Query, tell func(n int)) {
	if len(t.each) < maxTotals {
		q.Cursor, q.Size, q.TotalOnly = "", 1, true
		t.each = append(t.each, wanted{q, tell})
	}
}

// count finds all totals, then tells them in turn.
func (t *tally) count(s *server) {
	n := make([]int, len(t.each))
	var wg sync.WaitGroup
	for i, w := range t.each {
		wg.Go(func() {
			n[i] = -1
			defer func() {
				if p := recover(); p != nil { // one number less must not take the server down
					s.Log.Error("panic", "panic", p, "query", w.q.Text)
				}
			}()
			p, err := s.Searcher.Search(t.ctx, w.q)
			if err == nil {
				n[i] = p.Total
			}
		})
	}
	wg.Wait()
	for i, w := range t.each {
		if n[i] >= 0 {
			w.tell(n[i])
		}
	}
	t.each = nil
}
