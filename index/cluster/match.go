package cluster

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kelisim/index"
)

// node is a part of a tree as queries.
type node struct {
	match object // the documents that have it
	score object // what the match is worth; nil: nothing

	// Of what an Enough weighs:
	part   bool
	worth  float64 // 0 where no document holds it
	whole  object  // the documents that hold all of it
	hold   object  // what of its worth they hold
	simple bool    // each document holds all or nothing
}

// matcher turns trees into queries over one view and tab: first it asks how rare everything is, then it builds.
type matcher struct {
	v       *view
	kind    string
	least   index.Percent // agreements that are less sure are not there
	weights *index.Weights
	sizes   sizes
	counts  map[string]count
	nears   int  // that may stand for a word
	asking  bool // questions are gathered, and what is built means nothing
	asked   []question
	lacking []*word // words that no document of the tab has
	other   map[string]count
}

// tree builds the queries of a tree; nil finds everything.
func (v *view) tree(ctx context.Context, t index.Tree, kind string, least index.Percent) (n node, e *enough, err error) {
	if t == nil {
		return node{match: everything}, nil, nil
	}
	m := &matcher{v: v, kind: kind, least: least, weights: &v.e.Weights, nears: v.e.mostNears(t), asking: true}
	if _, err := m.node(t, 0); err != nil {
		return n, nil, err
	}
	if m.sizes, err = v.sizesOf(ctx, kind); err != nil {
		return n, nil, err
	}
	if m.counts, err = v.count(ctx, kind, 0, m.asked); err != nil {
		return n, nil, err
	}
	// A word that is in no document of the tab counts for nothing only if it is in none at all.
	var elsewhere []question
	for _, w := range m.lacking {
		if m.counts[w.key()].own == 0 {
			elsewhere = append(elsewhere, question{"own" + w.key(), w.own(), false})
		}
	}
	if len(elsewhere) > 0 {
		other := articles
		if kind == articles {
			other = agreements
		}
		if m.other, err = v.count(ctx, other, 0, elsewhere); err != nil {
			return n, nil, err
		}
	}
	m.asking = false
	if x, ok := t.(index.Enough); ok {
		e, err = m.enough(x, 0)
		if err != nil {
			return n, nil, err
		}
		return e.node, e, nil
	}
	n, err = m.node(t, 0)
	return n, nil, err
}

// df is how many documents have something; 0 while questions are gathered.
func (m *matcher) df(q question) count {
	if m.asking {
		m.asked = append(m.asked, q)
		return count{}
	}
	return m.counts[q.key]
}

func (m *matcher) rarity(df float64) float64 { return rarity(m.sizes.live, df) }

// maxDepth bounds a tree; query never makes one so deep.
const maxDepth = 200

func (m *matcher) node(t index.Tree, depth int) (node, error) {
	if depth > maxDepth {
		return node{}, fmt.Errorf("query is nested deeper than %d", maxDepth)
	}
	switch t := t.(type) {
	case index.AnyTerm:
		return m.word(t.Terms, t.Near, t.Title), nil
	case index.Phrase:
		switch len(t.Slots) {
		case 0:
			return node{match: none}, nil
		case 1:
			return m.word(t.Slots[0], nil, t.Title), nil
		}
		return m.phrase(t)
	case index.Sentence:
		return m.sentence(t)
	case index.Value:
		return m.value(t), nil
	case index.And:
		return m.and(t, depth)
	case index.Or:
		if terms, near, ok := synonyms(t); ok {
			return m.word(terms, near, false), nil
		}
		return m.or(t, depth)
	case index.Name:
		return m.name(t, depth)
	case index.Enough:
		e, err := m.enough(t, depth)
		if err != nil {
			return node{}, err
		}
		return e.node, nil
	case index.Not, index.Should:
		return m.and(index.And{t}, depth)
	}
	return node{}, fmt.Errorf("query has an unknown part %T", t)
}

// synonyms are the terms of alternatives that are words all. They count as one word.
func synonyms(of index.Or) (terms []string, near []index.Near, ok bool) {
	for _, t := range of {
		w, ok := t.(index.AnyTerm)
		if !ok || w.Title {
			return nil, nil, false
		}
		near = append(near, w.Near...)
		for _, term := range w.Terms {
			if !slices.Contains(terms, term) {
				terms = append(terms, term)
			}
		}
	}
	return terms, near, len(of) > 0
}

func (m *matcher) word(terms []string, near []index.Near, title bool) node {
	w := newWord(terms, near, title)
	w.near = w.near[:min(len(w.near), m.nears)]
	c := m.df(w.question(m.weights.LikeRarity))
	if m.asking {
		m.lacking = append(m.lacking, w)
	}
	w.weight = m.rarity(c.df)
	w.none = c.own == 0 && m.other["own"+w.key()].own == 0
	n := node{match: w.whole(), score: m.scoreWord(w), part: true, worth: w.weight, whole: w.whole(), hold: w.hold(), simple: w.simple()}
	if w.none {
		n.worth = 0
	}
	return n
}

func (m *matcher) and(t index.And, depth int) (node, error) {
	var must, not, scores []any
	for _, c := range t {
		switch x := c.(type) {
		case index.Not:
			n, err := m.node(x.Of, depth+1)
			if err != nil {
				return n, err
			}
			not = append(not, n.match)
		case index.Should:
			lift, err := m.lift(x, depth)
			if err != nil {
				return node{}, err
			}
			scores = append(scores, lift...)
		default:
			n, err := m.node(c, depth+1)
			if err != nil {
				return n, err
			}
			must = append(must, n.match)
			if n.score != nil {
				scores = append(scores, n.score)
			}
		}
	}
	n := node{match: object{"bool": object{"filter": must, "must_not": not}}}
	if len(must)+len(not) == 0 {
		n.match = everything
	}
	if len(scores) > 0 {
		n.score = object{"bool": object{"filter": n.match, "should": scores}}
	}
	return n, nil
}

// lift is what only lifts a score.
func (m *matcher) lift(t index.Should, depth int) ([]any, error) {
	n, err := m.node(t.Of, depth+1)
	if err != nil || n.score == nil {
		return nil, err
	}
	return []any{object{"bool": object{"should": []any{n.score}, "boost": t.Weight}}}, nil
}

// or matches where any part does. Its score is that of its best part.
func (m *matcher) or(t index.Or, depth int) (node, error) {
	var match, scores []any
	for _, c := range t {
		n, err := m.node(c, depth+1)
		if err != nil {
			return n, err
		}
		match = append(match, n.match)
		if n.score != nil {
			scores = append(scores, n.score)
		}
	}
	n := node{match: anyOf(match...)}
	if len(scores) > 0 {
		n.score = best(scores)
	}
	return n, nil
}

// value matches documents with a facet's value.
func (m *matcher) value(t index.Value) node {
	match := object{"term": object{"facet." + t.Facet: t.Key}}
	f, ok := index.FacetNamed(t.Facet)
	switch {
	case !ok:
		match = none
	case f.Scope == index.OfAgreement && m.kind == articles:
		match = inDeal(m.least, object{"term": object{dealPrefix + "facet." + t.Facet: t.Key}})
	}
	weight := m.rarity(m.df(question{keyOf("value", t.Facet, t.Key, m.least), match, false}).df)
	return node{match: match, score: worth(weight, match)}
}

// name matches the words of a name, or mentions of what it names.
func (m *matcher) name(t index.Name, depth int) (node, error) {
	var words, counting, holds, scores, keys []any
	total := 0.0
	for _, w := range t.Words {
		n, err := m.node(w, depth+1)
		if err != nil {
			return n, err
		}
		if !n.part {
			return n, fmt.Errorf("query has a name of %T", w)
		}
		words = append(words, n.match)
		if n.worth > 0 {
			counting = append(counting, n.match)
		}
		total += n.worth
		holds = append(holds, n.hold)
		if n.score != nil {
			scores = append(scores, n.score)
		}
	}
	all := []any{"keys"}
	for _, k := range t.Keys {
		keys = append(keys, m.value(k).match)
		all = append(all, k.Facet, k.Key)
	}
	mention := anyOf(keys...)
	df, rare := 0.0, 0.0
	if len(keys) > 0 {
		if df = m.df(question{keyOf(append(all, m.least)...), mention, false}).df; df > 0 {
			rare = m.rarity(df)
		}
	}
	keyed := t.Keyed && df > 0
	named := func(of []any) object {
		if len(of) == 0 || keyed {
			return mention
		}
		return anyOf(allOf(of...), mention)
	}
	n := node{part: true, match: named(words), whole: named(counting), worth: total}
	if total == 0 {
		n.worth = rare
	}
	n.hold = worth(n.worth, mention)
	if !keyed && len(holds) > 0 {
		n.hold = best([]any{n.hold, sum(holds)})
	}
	if df > 0 {
		scores = append(scores, worth(t.Weight*max(total, rare), mention))
	}
	if len(scores) > 0 {
		n.score = sum(scores)
	}
	return n, nil
}

// enough matches where parts are held that are worth a share of all; see [index.Enough].
type enough struct {
	node
	full         object // documents that hold all parts
	loose, mixed bool
}

// rounding keeps a document that holds exactly the share: the cluster counts with 24 bits.
const rounding = 1e-6

func (m *matcher) enough(t index.Enough, depth int) (*enough, error) {
	e := &enough{node: node{match: none}, full: none, loose: t.Loose, mixed: t.Mixed}
	var parts []node
	var scores, lifts, wholes, holds []any
	least := 0.0
	for _, c := range t.Of {
		if s, ok := c.(index.Should); ok {
			lift, err := m.lift(s, depth)
			if err != nil {
				return nil, err
			}
			lifts = append(lifts, lift...)
			continue
		}
		n, err := m.node(c, depth+1)
		if err != nil {
			return nil, err
		}
		if !n.part {
			return nil, fmt.Errorf("query weighs a part %T", c)
		}
		if n.worth > 0 {
			parts = append(parts, n)
			least += t.Share * n.worth
			wholes = append(wholes, n.whole)
			holds = append(holds, n.hold)
			if n.score != nil {
				scores = append(scores, n.score)
			}
		}
	}
	if len(parts) == 0 {
		return e, nil
	}
	e.full = allOf(wholes...)
	// Whoever has all of a part that is enough by itself matches; of others what they hold is counted.
	var match []any
	rest := false
	for _, n := range parts {
		if n.worth >= least-rounding {
			match = append(match, n.whole)
			rest = rest || !n.simple
		} else {
			rest = true
		}
	}
	if rest {
		const most = 1e30 // the cluster's numbers end at 3e38
		match = append(match, object{"function_score": object{"query": object{"bool": object{"should": holds}},
			"min_score": min(max(least*(1-rounding), 0), most)}})
	}
	e.match = anyOf(match...)
	scores = append([]any{worth(m.weights.FullWeight, e.full)}, scores...)
	e.score = sum(append(scores, lifts...))
	return e, nil
}

// slot is a word of a phrase as text: its terms stand at one place.
func slot(terms []string) string {
	return strings.Join(newWord(terms, nil, false).terms, beside)
}
