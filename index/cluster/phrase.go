package cluster

import (
	"fmt"
	"slices"
	"strings"

	"kelisim/index"
)

// paragraphGap is how far paragraphs stand from each other, in words: see mapping.json.
const paragraphGap = 1000

// phrase matches documents in which its slots stand one after another in one paragraph.
func (m *matcher) phrase(t index.Phrase) (node, error) {
	if len(t.Slots) > index.MaxSlots {
		return node{}, fmt.Errorf("query has a phrase of more than %d words", index.MaxSlots)
	}
	slots := make([]string, len(t.Slots))
	for i, s := range t.Slots {
		if slots[i] = slot(s); slots[i] == "" {
			return node{match: none}, nil
		}
	}
	of := func(field string) object {
		if t.Slop <= 0 {
			return object{"match_phrase": object{field: object{"query": strings.Join(slots, " ")}}}
		}
		return object{"intervals": object{field: following(t)}}
	}
	return m.counted(keyOf("phrase", t.Title, t.Slop, strings.Join(slots, " ")), fieldsOf(t.Title), of, t.Slop <= 0), nil
}

// following are the places where a phrase's slots stand one after another.
func following(t index.Phrase) object {
	var all []any
	for _, s := range t.Slots {
		var of []any
		for _, term := range newWord(s, nil, false).terms {
			of = append(of, standing(term))
		}
		all = append(all, object{"any_of": object{"intervals": of}})
	}
	if len(all) == 1 {
		return all[0].(object)
	}
	return object{"all_of": object{"ordered": true, "max_gaps": min(max(t.Slop, 0), paragraphGap-1), "intervals": all}}
}

func standing(term string) object {
	return object{"match": object{"query": term, "analyzer": "keyword"}}
}

// sentence matches documents in which several words or phrases stand in one sentence.
func (m *matcher) sentence(t index.Sentence) (node, error) {
	empty := func(p index.Phrase) bool {
		return len(p.Slots) == 0 || slices.ContainsFunc(p.Slots, func(s []string) bool { return slot(s) == "" })
	}
	if len(t.Of) == 0 || slices.ContainsFunc(t.Of, empty) {
		return node{match: none}, nil
	}
	n := 0
	var all []any
	key := []any{"sentence"}
	for _, p := range t.Of {
		n += len(p.Slots)
		all = append(all, following(p))
		p.Title = false
		key = append(key, p)
	}
	if n > index.MaxSlots {
		return node{}, fmt.Errorf("query has a sentence of %d words, more than %d", n, index.MaxSlots)
	}
	sentence := object{"any_of": object{"intervals": []any{
		object{"all_of": object{"ordered": true, "intervals": []any{standing(sentenceBegins), standing(sentenceEnds)}}},
		standing(sentenceOfOne),
	}}}
	of := func(field string) object {
		return object{"intervals": object{field: object{"all_of": object{"intervals": all, "filter": object{"contained_by": sentence}}}}}
	}
	return m.counted(keyOf(key...), fieldsOf(false), of, false), nil
}

// counted is a node of places in fields; scored says that the query gives the number of places, else each document has one.
func (m *matcher) counted(key string, fields []string, of func(field string) object, scored bool) node {
	var match, score []any
	for _, f := range fields {
		q := of(f)
		match = append(match, q)
		if !scored {
			q = worth(1, q)
		}
		score = append(score, m.normed(f, q))
	}
	n := node{match: anyOf(match...)}
	weight := m.rarity(m.df(question{key, n.match, false}).df)
	n.score = m.saturated(weight, sum(score))
	return n
}
