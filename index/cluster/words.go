package cluster

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

// wordDoc is a term of the index. It stays where no document has it any more.
type wordDoc struct {
	Term  string   `json:"term"`
	Form  string   `json:"form,omitempty"` // of a term that is no stem
	Runs  []string `json:"runs,omitempty"` // of a stem's sound: see index.Runs
	Count int      `json:"count,omitempty"`
	Start string   `json:"start,omitempty"`
}

// putWords writes the terms of documents that were not written yet.
func (e *Engine) putWords(ctx context.Context, g generation, documents []document) error {
	var writes []write
	var fresh []uint64
	for _, d := range documents {
		for _, text := range slices.Concat(d.Title, d.Body) {
			for w := range strings.FieldsSeq(text) {
				for term := range strings.SplitSeq(w, beside) {
					h := fnv.New64a()
					h.Write([]byte(g.name(words) + term))
					sum := h.Sum64()
					if _, known := e.terms[sum]; known {
						continue
					}
					e.terms[sum] = struct{}{}
					fresh = append(fresh, sum)
					doc := wordDoc{Term: term}
					if sound := index.SoundOf(term); sound != "" {
						runs := index.Runs(sound)
						for _, r := range runs {
							doc.Runs = append(doc.Runs, runKey(r))
						}
						doc.Count, doc.Start = len(runs), index.SoundStart(sound)
					} else if strings.Contains(term, ":") || !clean(term) || strings.Trim(term, "␀¶‖") == "" {
						continue
					} else {
						doc.Form = term
					}
					writes = append(writes, write{g.name(words), term, doc, true})
				}
			}
		}
	}
	if len(writes) == 0 {
		return nil
	}
	err := e.c.bulk(ctx, writes)
	if err == nil {
		err = e.refresh(ctx, g.name(words))
	}
	if err != nil {
		for _, sum := range fresh {
			delete(e.terms, sum)
		}
	}
	return err
}

func runKey(r index.Run) string { return strconv.FormatUint(uint64(r), 36) }

const (
	mostNear = 30 // words that stand for one
	readings = 4  // of a typed word that are looked for
	// likeScript weighs a word whose score is the number of runs that it shares. doc['count'] is that of its own.
	likeScript = `double dice = 2.0 * _score / (params.n + doc['count'].value);
double weight = dice >= params.least ? params.weight * Math.pow(dice, params.power) : 0;
if (params.first != '' && doc['start'].size() > 0 && doc['start'].value == params.first) { weight = Math.max(weight, params.start); }
return weight;`
)

// Similar gives for each word, whose readings are terms, terms of the index that are like it, at most a few dozen, the most
// like first.
func (e *Engine) Similar(ctx context.Context, typed [][]string) (out [][]index.Near, err error) {
	err = e.withSome(ctx, func(v *view) (err error) {
		out, err = v.similar(ctx, typed)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	return out, nil
}

func (v *view) similar(ctx context.Context, typed [][]string) ([][]index.Near, error) {
	var searches []search
	var of []int // the word that a search is of
	var looked [][]index.Run
	w := v.e.Weights
	for i, terms := range typed {
		var sounds []string
		for _, t := range terms {
			if s := index.SoundOf(t); s != "" && !slices.Contains(sounds, s) && len(sounds) < readings {
				sounds = append(sounds, s)
			}
		}
		for _, sound := range sounds {
			own := index.Runs(sound)
			var some []any
			for _, r := range own {
				some = append(some, worth(1, object{"term": object{"runs": runKey(r)}}))
			}
			query := object{"script_score": object{"query": object{"bool": object{"should": some}}, "min_score": 1e-6,
				"script": object{"source": likeScript, "params": object{"n": len(own), "least": w.LikeLeast, "weight": w.LikeWeight,
					"power": w.LikePower, "first": index.SoundStart(sound), "start": w.StartWeight}}}}
			searches = append(searches, search{words, object{"size": 2 * mostNear, "query": query, "_source": []string{"term", "runs"},
				"sort": []any{object{"_score": "desc"}, object{"term": "asc"}}}})
			of, looked = append(of, i), append(looked, own)
		}
	}
	answers, err := v.askAll(ctx, searches)
	if err != nil {
		return nil, err
	}
	found := make([]map[string]index.Near, len(typed))
	for k, a := range answers {
		i := of[k]
		if found[i] == nil {
			found[i] = map[string]index.Near{}
		}
		for _, h := range a.Hits.Hits {
			var d wordDoc
			if err := json.Unmarshal(h.Source, &d); err != nil {
				return nil, fmt.Errorf("read word %s: %w", h.ID, err)
			}
			if h.Score > found[i][d.Term].Weight && !slices.Contains(typed[i], d.Term) {
				common := 0
				for _, r := range looked[k] {
					if slices.Contains(d.Runs, runKey(r)) {
						common++
					}
				}
				dice := 2 * float64(common) / float64(len(looked[k])+len(d.Runs))
				found[i][d.Term] = index.Near{Term: d.Term, Weight: h.Score, Likeness: dice}
			}
		}
	}
	out := make([][]index.Near, len(typed))
	for i, near := range found {
		for _, n := range near {
			out[i] = append(out[i], n)
		}
		slices.SortFunc(out[i], func(a, b index.Near) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Term, b.Term))
		})
		out[i] = out[i][:min(len(out[i]), mostNear)]
	}
	return out, nil
}

// Frequencies counts the documents of a tab that have any of a word's terms, for each word; of agreements those that are as
// sure as least.
func (e *Engine) Frequencies(ctx context.Context, tab index.Tab, least index.Percent, typed [][]string) (out []int, err error) {
	err = e.withSome(ctx, func(v *view) (err error) {
		out, err = v.frequencies(ctx, kindOf(tab), least, typed)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	return out, nil
}

func (v *view) frequencies(ctx context.Context, kind string, least index.Percent, typed [][]string) ([]int, error) {
	var questions []question
	for _, terms := range typed {
		w := newWord(terms, nil, false)
		questions = append(questions, w.question(0))
	}
	counts, err := v.count(ctx, kind, max(least, 0), questions)
	if err != nil {
		return nil, err
	}
	out := make([]int, len(typed))
	for i, q := range questions {
		out[i] = counts[q.key].own
	}
	return out, nil
}

const (
	// mostForms bounds how many words of one beginning are looked at.
	mostForms = 10_000
	// mostCounted of them are counted, the shortest: what begins so and goes on longest is rare.
	mostCounted = 300
)

// Words gives at most most of the words of a tab's documents that begin so, those of most documents first, and how many there
// are in all.
func (e *Engine) Words(ctx context.Context, tab index.Tab, begin string, most int) (found []index.Begun, total int, err error) {
	if begin == "" || strings.Contains(begin, ":") {
		return nil, 0, nil
	}
	err = e.withSome(ctx, func(v *view) (err error) {
		found, total, err = v.begun(ctx, kindOf(tab), begin, most)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("look up words: %w", err)
	}
	return found, total, nil
}

func (v *view) begun(ctx context.Context, kind, begin string, most int) (found []index.Begun, total int, err error) {
	res, err := v.ask(ctx, words, object{"size": mostForms, "query": object{"prefix": object{"form": begin}}, "_source": []string{"form"}})
	if err != nil {
		return nil, 0, err
	}
	var forms []string
	for _, h := range res.Hits.Hits {
		var d wordDoc
		if err := json.Unmarshal(h.Source, &d); err != nil {
			return nil, 0, fmt.Errorf("read word %s: %w", h.ID, err)
		}
		forms = append(forms, d.Form)
	}
	total = len(forms)
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	forms = forms[:min(len(forms), mostCounted)]
	typed := make([][]string, len(forms))
	for i, f := range forms {
		typed[i] = []string{f}
	}
	// Both tabs are counted to choose by, as the other engine does; then the tab's own.
	rough := make([]int, len(forms))
	var own []int
	for _, k := range kinds[:2] {
		n, err := v.frequencies(ctx, k, 0, typed)
		if err != nil {
			return nil, 0, err
		}
		for i := range rough {
			rough[i] += n[i]
		}
		if k == kind {
			own = n
		}
	}
	order := make([]int, len(forms))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(rough[b], rough[a]), cmp.Compare(forms[a], forms[b])) })
	for _, i := range order[:min(len(order), max(most, 0))] {
		if own[i] > 0 {
			found = append(found, index.Begun{Form: forms[i], Documents: own[i]})
		} else {
			total-- // of old versions, or of the other tab
		}
	}
	slices.SortStableFunc(found, func(a, b index.Begun) int { return cmp.Compare(b.Documents, a.Documents) })
	return found, total, nil
}
