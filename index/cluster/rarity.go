package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"kelisim/index"
)

// known is what was asked about a view and holds for ever.
type known struct {
	mu     sync.Mutex
	sizes  [2]*sizes        // by tab
	counts map[string]count // by what was asked
	crowd  *bool            // see crowded
}

// sizes are how many documents of a tab there are, and their mean numbers of words over those that have any.
type sizes struct {
	live        int
	title, body float64
}

// count is how many documents have something.
type count struct {
	df  float64 // what stands for a word counts by its weight
	own int     // that have the word, or a translation
}

// mostCounts bounds what is kept of a view.
const mostCounts = 20_000

// question asks how many documents a query finds. weighed ones are those of words with what stands for them: see (word).question.
type question struct {
	key     string
	query   object
	weighed bool
}

// search is one of several searches that are sent at once.
type search struct {
	kind string
	body object
}

// askAll are answers to several searches. Of a view that wants what there is, an answer lacks the shards that are lost.
func (v *view) askAll(ctx context.Context, searches []search) ([]answer, error) {
	if len(searches) == 0 {
		return nil, nil
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	for _, s := range searches {
		if err := enc.Encode(object{"index": v.g.name(s.kind), "allow_partial_search_results": v.some}); err != nil {
			return nil, fmt.Errorf("ask the cluster: %w", err)
		}
		if err := enc.Encode(s.body); err != nil {
			return nil, fmt.Errorf("ask the cluster: %w", err)
		}
	}
	var err error
	for try := range again {
		if try > 0 {
			time.Sleep(time.Duration(try) * 100 * time.Millisecond)
		}
		err = nil
		var res struct {
			Responses []answer `json:"responses"`
		}
		if err := v.e.c.call(ctx, http.MethodPost, "/_msearch", body.Bytes(), &res); err != nil {
			return nil, err
		}
		for i, a := range res.Responses {
			lost := a.Status == http.StatusServiceUnavailable || a.lacks()
			switch {
			case lost && v.some && try > 0: // a node that only just went is passed over by then
				v.lacks.Store(true)
				res.Responses[i].Error = nil
			case len(a.Error) > 0:
				err = statusError("POST", "_msearch", a.Status, []byte(`{"error":`+string(a.Error)+`}`))
			case a.lacks() || a.TimedOut:
				err = ErrPartial
			}
		}
		if err == nil {
			return res.Responses, nil
		}
		if s := statusOf(err); s != 0 && s < 500 && s != http.StatusTooManyRequests {
			return nil, err
		}
	}
	return nil, err
}

// sizes are those of a tab.
func (v *view) sizesOf(ctx context.Context, kind string) (sizes, error) {
	tab := 0
	if kind == agreements {
		tab = 1
	}
	v.mu.Lock()
	have := v.sizes[tab]
	v.mu.Unlock()
	if have != nil {
		return *have, nil
	}
	mean := func(field string) object {
		return object{"filter": object{"range": object{field: object{"gt": 0}}}, "aggs": object{"mean": object{"avg": object{"field": field}}}}
	}
	res, err := v.ask(ctx, kind, object{"size": 0, "track_total_hits": true, "query": object{"bool": object{"filter": v.seen()}},
		"aggs": object{"title": mean("titlesize"), "body": mean("bodysize")}})
	if err != nil {
		return sizes{}, err
	}
	of := func(name string) float64 {
		var x struct{ Mean struct{ Value float64 } }
		_ = json.Unmarshal(res.Aggregations[name], &x) // null where there are none
		return math.Max(1, x.Mean.Value)
	}
	s := sizes{res.Hits.Total.Value, of("title"), of("body")}
	v.mu.Lock()
	v.sizes[tab] = &s
	v.mu.Unlock()
	return s, nil
}

const (
	// Scores of a weighed question: what has the word itself or a translation scores ownScore and its weight.
	ownScore  = 2.0
	dfScript  = "double s = _score.doubleValue(); return s >= params.own ? s - params.own : s;"
	ownScript = "return _score.doubleValue() >= params.own ? 1 : 0;"
)

// ask answers questions about a tab; those that were asked before cost nothing.
func (v *view) count(ctx context.Context, kind string, least index.Percent, questions []question) (map[string]count, error) {
	out := map[string]count{}
	var searches []search
	var asked []string
	where := fmt.Sprintf("%s %d ", kind, least)
	v.mu.Lock()
	for _, q := range questions {
		if c, ok := v.counts[where+q.key]; ok {
			out[q.key] = c
		}
	}
	v.mu.Unlock()
	for _, q := range questions {
		if _, ok := out[q.key]; ok {
			continue
		}
		out[q.key] = count{}
		asked = append(asked, q.key)
		filter := v.seen()
		if kind == agreements && least > 0 {
			filter = append(filter, sureFrom("", least))
		}
		body := object{"size": 0, "track_total_hits": true}
		if q.weighed {
			params := object{"own": ownScore}
			script := func(source string) object {
				return object{"sum": object{"script": object{"source": source, "params": params}}}
			}
			body["query"] = object{"bool": object{"filter": filter, "must": q.query}}
			body["aggs"] = object{"df": script(dfScript), "own": script(ownScript)}
		} else {
			body["query"] = object{"bool": object{"filter": append(filter, q.query)}}
		}
		searches = append(searches, search{kind, body})
	}
	answers, err := v.askAll(ctx, searches)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.counts == nil || len(v.counts) > mostCounts {
		v.counts = map[string]count{}
	}
	for i, a := range answers {
		c := count{float64(a.Hits.Total.Value), a.Hits.Total.Value}
		if a.Aggregations != nil {
			value := func(name string) float64 {
				var x struct{ Value float64 }
				_ = json.Unmarshal(a.Aggregations[name], &x)
				return x.Value
			}
			c = count{value("df"), int(math.Round(value("own")))}
		}
		out[asked[i]] = c
		v.counts[where+asked[i]] = c
	}
	return out, nil
}

// rarity is the idf of what so many documents of n have.
func rarity(n int, df float64) float64 { return math.Log(1 + (float64(n)-df+.5)/(df+.5)) }

func keyOf(parts ...any) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%v\x00", p)
	}
	return b.String()
}

// sureFrom are agreements that are as sure; where says whether they stand in an article.
func sureFrom(where string, least index.Percent) object {
	return object{"range": object{where + "confidence": object{"gte": int(least)}}}
}
