package cluster

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"kelisim/index"
)

// maxPage bounds what one request may hold in memory, whatever it asks for.
const maxPage = 10_000 // hits

// Search answers a request. A negative size is 0; an error means that the request is broken, or the cluster does not answer as a whole.
func (e *Engine) Search(ctx context.Context, r index.Request) (res index.Result, err error) {
	if err := ctx.Err(); err != nil {
		return res, err
	}
	err = e.withSome(ctx, func(v *view) (err error) {
		if res, err = v.search(ctx, r); err == nil && r.Beside != nil {
			res.Beside, err = v.beside(ctx, r, res.Hits)
		}
		res.Partial = v.lacks.Load()
		return err
	})
	if err != nil {
		return index.Result{}, fmt.Errorf("search index: %w", err)
	}
	return res, nil
}

// beside finds what a request wants to know of beside its hits.
func (v *view) beside(ctx context.Context, r index.Request, hits []index.Scored) (out []index.Scored, err error) {
	ids, err := r.Beside(hits)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	r.After, r.Counts, r.Places, r.Beside, r.Only, r.Size = nil, false, false, nil, ids, len(ids)
	res, err := v.search(ctx, r)
	for _, h := range res.Hits {
		out = append(out, index.Scored{ID: h.ID, Score: h.Score, Rest: h.Rest})
	}
	return out, err
}

// searching is a request while it is answered.
type searching struct {
	v    *view
	r    index.Request
	kind string
	f    *filters
	n    node
	e    *enough
	size int

	days   []int // of the hits taken, by the order of dates
	scored bool
	split  bool // those that lack a part stand behind
	mixed  bool // they stand among the others
}

func (v *view) search(ctx context.Context, r index.Request) (res index.Result, err error) {
	s := &searching{v: v, r: r, kind: kindOf(r.Tab), size: max(0, min(r.Size, maxPage)), scored: r.Sort != index.Newest && r.Sort != index.Oldest}
	least := max(r.MinConfidence, 0)
	s.f = newFilters(r.Selection, s.kind, least)
	if s.n, s.e, err = v.tree(ctx, r.Tree, s.kind, least); err != nil {
		return res, err
	}
	if s.e != nil && s.e.loose {
		s.e = nil
	}
	rest := s.e != nil && !r.Full && (r.Counts || r.Size > 0) // those that lack a part are wanted
	s.mixed = rest && s.e.mixed && s.scored
	s.split = s.e != nil && !s.mixed
	full := everything
	if s.e != nil {
		full = s.e.full
	}
	aggs := object{}
	if rest {
		aggs["more"] = object{"filter": allOf(append(s.f.all(), noneOf(full))...)}
	}
	if s.mixed {
		aggs["total"] = object{"filter": allOf(append(s.f.all(), full)...)}
	}
	if s.kind == agreements {
		unsure := object{"range": object{"confidence": object{"lt": int(index.Sure)}}}
		aggs["uncertain"] = object{"filter": allOf(append(s.f.all(), full, unsure)...)}
	}
	t := tally{s.f, full}
	if r.Counts {
		for name, agg := range t.aggs() {
			aggs[name] = agg
		}
	}
	behind := r.After != nil && r.After.Rest && s.split // the page is of those that lack a part
	filter := s.f.all()
	if s.split {
		filter = append(filter, full)
	}
	size := s.size + 1
	if behind || s.size == 0 {
		size = 0
	}
	a, err := s.ask(ctx, filter, size, aggs)
	if err != nil {
		return res, err
	}
	res = index.Result{Total: a.Hits.Total.Value, Seq: v.s.Seq}
	n := func(name string) (c counted) {
		_ = json.Unmarshal(a.Aggregations[name], &c)
		return c
	}
	res.Uncertain = n("uncertain").Count
	if rest {
		res.More = n("more").Count
	}
	if s.mixed {
		res.Total = n("total").Count
	}
	if r.Counts {
		if res.Counts, err = t.result(a.Aggregations); err != nil {
			return res, err
		}
	}
	if s.size == 0 {
		return res, nil
	}
	if err := s.take(&res, a, false); err != nil {
		return res, err
	}
	if left := s.size + 1 - len(res.Hits); s.split && rest && left > 0 && res.More > 0 {
		if !behind {
			s.r.After = nil
		}
		a, err := s.ask(ctx, append(s.f.all(), noneOf(full)), left, nil)
		if err == nil {
			err = s.take(&res, a, true)
		}
		if err != nil {
			return res, err
		}
	}
	if len(res.Hits) > s.size {
		res.Hits = res.Hits[:s.size]
		last := res.Hits[s.size-1]
		res.Next = &index.Cursor{Rest: last.Rest, Score: last.Score, Date: s.days[s.size-1], ID: last.ID, Seq: v.s.Seq}
	}
	return res, nil
}

// ask asks for hits that pass a filter, and for counts of all that match.
func (s *searching) ask(ctx context.Context, filter []any, size int, aggs object) (answer, error) {
	query := object{"filter": append(s.v.seen(), s.n.match)}
	if s.r.Only != nil {
		query["filter"] = append(s.v.seen(), s.n.match, object{"terms": object{"id": s.r.Only}})
	}
	by := datesBy(s.r.Selection)
	sort := []any{object{"_score": "desc"}, object{"id": "asc"}}
	switch s.r.Sort {
	case index.Newest:
		sort[0] = object{by + ".newest": "asc"}
	case index.Oldest:
		sort[0] = object{by + ".oldest": "asc"}
	default:
		if size > 0 && s.n.score != nil {
			query["should"] = []any{s.n.score}
			if s.mixed {
				query["should"] = []any{s.n.score, object{"constant_score": object{"filter": s.e.full, "boost": 0, "_name": fullName}}}
			}
		}
	}
	body := object{"query": object{"bool": query}, "size": size, "track_total_hits": true}
	if w := s.v.e.Weights; s.scored && size > 0 && w.FreshnessWeight != 0 {
		last, err := s.v.lastMonth(ctx, s.kind)
		if err != nil {
			return answer{}, err
		}
		body["query"] = scripted(object{"bool": query}, freshScript, object{"w": w.FreshnessWeight, "m": math.Max(1, w.FreshnessMonths), "last": last})
	}
	if len(filter) > 0 {
		body["post_filter"] = allOf(filter...)
	}
	if len(aggs) > 0 {
		body["aggs"] = aggs
	}
	if size > 0 {
		body["sort"] = sort
		body["track_scores"] = s.scored
		body["_source"] = []string{"stored.values", "stored.tells", "deal.told", "deal.confidence", by + ".newest", by + ".oldest", "id"}
		if s.kind == agreements {
			body["_source"] = []string{"stored", by + ".newest", by + ".oldest", "id"}
		}
		if s.r.After != nil {
			body["search_after"] = []any{s.after(*s.r.After), strings.ToValidUTF8(s.r.After.ID, "\uFFFD")}
		}
	}
	return s.v.ask(ctx, s.kind, body)
}

const fullName = "full"

// after is the first key of a cursor in the cluster's order.
func (s *searching) after(c index.Cursor) any {
	day := int32(c.Date)
	switch s.r.Sort {
	case index.Newest:
		if day != index.Undated {
			day = -day
		}
		return day
	case index.Oldest:
		return day
	}
	if math.IsNaN(c.Score) || math.IsInf(c.Score, 0) {
		return 0
	}
	return c.Score
}

// hit is what is read of a document.
type hit struct {
	ID      string `json:"id"`
	Stored  stored `json:"stored"`
	Deals   []deal `json:"deal"`
	Dates   dates  `json:"dates"`
	Reports dates  `json:"reports"`
}

func (s *searching) take(res *index.Result, a answer, rest bool) error {
	for _, h := range a.Hits.Hits {
		var d hit
		if err := json.Unmarshal(h.Source, &d); err != nil {
			return fmt.Errorf("read hit %s: %w", h.ID, err)
		}
		out := index.Scored{ID: d.ID, Rest: rest, Values: d.Stored.Values, Agreement: d.Stored.Agreement}
		if s.scored {
			out.Score = h.Score
		}
		if s.mixed {
			out.Rest = !slices.Contains(h.Matched, fullName)
		}
		if out.Values == nil {
			out.Values = map[string][]string{}
		}
		tell(&d, max(s.r.MinConfidence, 0), out.Values)
		res.Hits = append(res.Hits, out)
		day := d.Dates.Oldest
		if s.r.Selection.Reported {
			day = d.Reports.Oldest
		}
		s.days = append(s.days, day)
	}
	return nil
}

// tell adds to an article's values what its agreements bring that are sure enough.
func tell(d *hit, least index.Percent, values map[string][]string) {
	for _, t := range d.Stored.Tells {
		if slices.ContainsFunc(d.Deals, func(x deal) bool { return index.Percent(x.Confidence) >= least && slices.Contains(x.Told, t.ID) }) {
			for facet, v := range t.Values {
				values[facet] = append(values[facet], v...)
			}
		}
	}
}

// lastMonth is the newest month of a tab's documents.
func (v *view) lastMonth(ctx context.Context, kind string) (int, error) {
	res, err := v.ask(ctx, kind, object{"size": 0, "query": object{"bool": object{"filter": v.seen()}},
		"aggs": object{"last": object{"max": object{"field": "dates.months"}}}})
	if err != nil {
		return 0, err
	}
	var x struct{ Value float64 }
	_ = json.Unmarshal(res.Aggregations["last"], &x)
	return int(x.Value), nil
}
