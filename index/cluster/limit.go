package cluster

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"kelisim/index"
)

const (
	// A long headline with all that is like its words takes some two thousand clauses; a cluster allows 1,024 of its own accord.
	wantedClauses  = 16_384
	defaultClauses = 1_024
	clausesOfNear  = 7 // what a word that stands for another one takes
)

const clauseSetting = "indices.query.bool.max_clause_count"

// allow lets the cluster take long queries. Where the user may not change its settings, the lightest of what stands for words is left out
// of long queries.
func (e *Engine) allow(ctx context.Context) {
	e.clauses = defaultClauses
	body := object{"persistent": object{clauseSetting: wantedClauses}}
	if have := e.allowed(ctx); have >= wantedClauses {
		e.clauses = have
	} else if err := e.c.call(ctx, http.MethodPut, "/_cluster/settings", body, nil); err == nil {
		e.clauses = wantedClauses
	} else if have > 0 {
		e.clauses = have
	}
}

// allowed is how many clauses the cluster takes, 0 where it does not say so.
func (e *Engine) allowed(ctx context.Context) int {
	var settings map[string]map[string]json.RawMessage
	if err := e.c.call(ctx, http.MethodGet, "/_cluster/settings?flat_settings=true&include_defaults=true", nil, &settings); err != nil {
		return 0
	}
	for _, level := range []string{"transient", "persistent", "defaults"} {
		var s string
		if json.Unmarshal(settings[level][clauseSetting], &s) == nil {
			n, _ := strconv.Atoi(s)
			return n
		}
	}
	return 0
}

// mostNears is how many words may stand for one word of a tree.
func (e *Engine) mostNears(t index.Tree) int {
	return max(1, e.clauses/clausesOfNear/max(1, wordsOf(t)))
}

func wordsOf(t index.Tree) int {
	if _, ok := t.(index.AnyTerm); ok {
		return 1
	}
	n := 0
	for _, part := range index.Parts(t) {
		n += wordsOf(part)
	}
	return n
}
