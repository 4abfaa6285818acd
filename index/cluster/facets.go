package cluster

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"kelisim/index"
)

// mostValues bounds the values of a facet that are counted: the cluster gives no more buckets.
const mostValues = 60_000

// tally asks for the counts of all facets. A value's count is the total of the state in which it is the only value chosen in its
// facet: each facet ignores its own filter.
type tally struct {
	f *filters
	// full are the documents that count.
	full object
}

// aggs are the questions.
func (t tally) aggs() object {
	out := object{}
	for _, f := range index.Facets() {
		out["facet."+f.Name] = t.facet(f.Name, f.Scope)
	}
	out["facet."+dateFacet] = t.facet(dateFacet, index.OfEither)
	return out
}

func (t tally) facet(name string, scope index.Scope) object {
	f := t.f
	filter := []any{t.full}
	switch {
	case f.kind == agreements:
		filter = append(filter, f.own.but(name)...)
		if f.least > 0 {
			filter = append(filter, sureFrom("", f.least))
		}
		return object{"filter": allOf(filter...), "aggs": t.values(name, "", nil)}
	case scope == index.OfAgreement, f.joint && scope == index.OfEither:
		filter = append(filter, f.own.but("")...)
		inside := append([]any{sureFrom(dealPrefix, f.least)}, f.deals.but(name)...)
		article := object{"articles": object{"reverse_nested": object{}}}
		return object{"filter": allOf(filter...), "aggs": object{"in": object{"nested": object{"path": "deal"},
			"aggs": object{"in": object{"filter": allOf(inside...), "aggs": t.values(name, dealPrefix, article)}}}}}
	case f.joint:
		filter = append(append(filter, f.own.but(name)...), inDeal(f.least, f.deals.but("")...))
	default:
		filter = append(append(append(filter, f.own.but(name)...), f.mentions.but(name)...), f.excluded...)
	}
	return object{"filter": allOf(filter...), "aggs": t.values(name, "", nil)}
}

// values counts the values of a facet; each is of articles where each asks for them.
func (t tally) values(name, prefix string, each object) object {
	terms := func(field string) object {
		out := object{"terms": object{"field": field, "size": mostValues}}
		if each != nil {
			out["aggs"] = each
		}
		return out
	}
	filter := func(q object) object {
		out := object{"filter": q}
		if each != nil {
			out["aggs"] = each
		}
		return out
	}
	if name != dateFacet {
		return object{"values": terms(prefix + "facet." + name)}
	}
	field := prefix + datesBy(t.f.s)
	out := object{"months": terms(field + ".months"), "years": terms(field + ".years"),
		"undated": filter(noneOf(object{"exists": object{"field": field + ".first"}}))}
	for _, key := range chosenDates(t.f.s) {
		if d, err := index.ParseDate(key); err == nil && d.Day != 0 {
			out["day."+key] = filter(spansOf(field, []string{key})[0].(object))
		}
	}
	return out
}

// chosenDates are the values of the date facet that a selection chooses or excludes.
func chosenDates(s index.Selection) []string {
	out := slices.Concat(s.Include[dateFacet], s.Exclude[dateFacet])
	if !s.From.IsZero() && s.From == s.To {
		out = append(out, s.From.String())
	}
	return out
}

// counted is a bucket, or a filter that counts.
type counted struct {
	Key      any `json:"key"`
	Count    int `json:"doc_count"`
	Articles *struct {
		Count int `json:"doc_count"`
	} `json:"articles"`
}

func (c counted) n() int {
	if c.Articles != nil {
		return c.Articles.Count
	}
	return c.Count
}

type buckets struct {
	Buckets []counted `json:"buckets"`
}

// result reads the answers.
func (t tally) result(answers map[string]json.RawMessage) (map[string][]index.Count, error) {
	out := map[string][]index.Count{}
	for _, name := range append(names(), dateFacet) {
		n, err := countsOf(name, answers["facet."+name])
		if err != nil {
			return nil, fmt.Errorf("read the counts of %s: %w", name, err)
		}
		s := t.f.s
		chosen := slices.Concat(s.Include[name], s.Exclude[name])
		if name == dateFacet {
			chosen = chosenDates(s)
		}
		if f, ok := index.FacetNamed(name); ok && f.Unlisted != "" && !slices.Contains(chosen, f.Unlisted) {
			delete(n, f.Unlisted)
		}
		for _, v := range chosen {
			n[v] += 0
		}
		out[name] = ordered(n, name, s)
	}
	return out, nil
}

func countsOf(name string, answer json.RawMessage) (map[string]int, error) {
	var all map[string]json.RawMessage
	if len(answer) == 0 { // nothing that is searched answers
		return map[string]int{}, nil
	}
	for {
		if err := json.Unmarshal(answer, &all); err != nil {
			return nil, err
		}
		in, deeper := all["in"]
		if !deeper {
			break
		}
		answer, all = in, nil
	}
	out := map[string]int{}
	if name != dateFacet {
		var b buckets
		err := json.Unmarshal(all["values"], &b)
		for _, c := range b.Buckets {
			out[fmt.Sprint(c.Key)] = c.n()
		}
		return out, err
	}
	for key, data := range all {
		switch {
		case key == "months" || key == "years":
			var b buckets
			if err := json.Unmarshal(data, &b); err != nil {
				return nil, err
			}
			for _, c := range b.Buckets {
				n := int(c.Key.(float64))
				d := index.Date{Year: n}
				if key == "months" {
					d = index.Date{Year: n / 12, Month: n%12 + 1}
				}
				out[d.String()] = c.n()
			}
		case key == "undated" || len(key) > len("day.") && key[:len("day.")] == "day.":
			var c counted
			if err := json.Unmarshal(data, &c); err != nil {
				return nil, err
			}
			if key != "undated" {
				out[key[len("day."):]] = c.n()
			} else if c.n() > 0 {
				out[index.UndatedKey] = c.n()
			}
		}
	}
	return out, nil
}

// ordered are counts, the greatest first, equal ones by key.
func ordered(n map[string]int, facet string, s index.Selection) []index.Count {
	out := make([]index.Count, 0, len(n))
	for v, count := range n {
		c := index.Count{Key: v, Count: count, Selected: s.Includes(facet, v), Excluded: s.Excludes(facet, v)}
		if facet == dateFacet && !s.From.IsZero() && s.From == s.To && s.From.String() == v {
			c.Selected = true
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key))
	})
	return out
}
