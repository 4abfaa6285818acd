package enginetest

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"kelisim/index"
)

func pagesShowEverythingOnce(t *testing.T, open func(t *testing.T) Engine) {
	r := rand.New(rand.NewPCG(3, 3))
	e, w := filled(t, open, r)
	for range 80 {
		req := randomRequest(r)
		for _, req.Sort = range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
			got := walk(t, e, req, 1+r.IntN(9))
			want, rest := w.found(req)
			tree, _ := req.Tree.(index.Enough)
			if tree.Loose {
				want, rest = append(want, rest...), nil
				slices.Sort(want)
			}
			if req.Sort == index.Relevance {
				for i := 1; i < len(got); i++ {
					a, b := got[i-1], got[i]
					behind := a.Score < b.Score || a.Score == b.Score && a.ID >= b.ID
					if a.Rest != b.Rest && !tree.Mixed {
						behind = a.Rest
					}
					if behind {
						t.Fatalf("%v: %v stands before %v", req, a, b)
					}
				}
				want = append(want, rest...)
				slices.Sort(want)
			} else {
				w.sort(want, req)
				w.sort(rest, req)
				want = append(want, rest...)
			}
			var found []string
			for _, h := range got {
				found = append(found, h.ID)
			}
			if req.Sort == index.Relevance {
				slices.Sort(found)
			}
			if !slices.Equal(found, want) {
				t.Fatalf("%s %v %+v by %s:\npages show %v\nwant       %v", req.Tab, req.Tree, req.Selection, req.Sort, found, want)
			}
		}
	}
}

// walk reads all pages of a request.
func walk(t *testing.T, e Engine, req index.Request, size int) []index.Scored {
	t.Helper()
	var out []index.Scored
	req.Size = size
	for {
		res := search(t, e, req)
		if len(res.Hits) > size {
			t.Fatalf("a page of %d hits, not %d", len(res.Hits), size)
		}
		out = append(out, res.Hits...)
		if res.Next == nil {
			return out
		}
		if len(out) > 10_000 {
			t.Fatalf("%v: pages do not end", req)
		}
		req.After = res.Next
	}
}

// sort puts ids by date, the undated last, equal ones by id.
func (w *world) sort(ids []string, req index.Request) {
	day := func(id string) (int, bool) {
		var d index.Date
		if req.Tab == index.Articles {
			d = w.articles[id].Article.Published
		} else if a := w.agreements[id].Agreement; a.Date == "" || req.Selection.Reported {
			d = date(a.Reported)
		} else {
			d = date(a.Date[:min(len(a.Date), len("2025-11-17"))][:lengthOfDate(a.Date)])
		}
		return d.First(), !d.IsZero()
	}
	slices.SortFunc(ids, func(a, b string) int {
		x, hasX := day(a)
		y, hasY := day(b)
		if hasX != hasY {
			if hasX {
				return -1
			}
			return 1
		}
		if !hasX {
			x, y = 0, 0
		}
		if req.Sort == index.Newest {
			x, y = y, x
		}
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	})
}

// lengthOfDate is how much of a stated date is its first day.
func lengthOfDate(s string) int {
	if i := slices.Index([]byte(s), '/'); i >= 0 {
		return i
	}
	return len(s)
}
