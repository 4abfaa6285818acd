package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/index"
)

// world is what an engine was told, for a plain reading of it.
type world struct {
	articles   map[string]*index.Record
	agreements map[string]index.AgreementDoc
}

var (
	countries    = []string{"EE", "CN", "RU", "KZ"}
	institutions = []string{"ror:a", "ror:b", "ror:c", "new:d"}
	kinds        = []string{"memorandum", "branch", "alliance"}
	statuses     = []string{"signed", "planned"}
	langs        = []string{"kk", "ru"}
	sureness     = []float64{.25, .3, .44, .45, .69, .7, .95}
	outlets      = []string{"kazinform", "baq", ""}
	days         = []string{"", "2024", "2025", "2025-11", "2025-11-17", "2025-11-18", "2025-12-01", "2026-01"}
)

// newWorld makes n articles and the agreements that they tell.
func newWorld(r *rand.Rand, n int) *world {
	w := &world{map[string]*index.Record{}, map[string]index.AgreementDoc{}}
	var pool []index.Agreement
	for i := range n / 3 {
		pool = append(pool, randomAgreement(r, i))
	}
	for i := range n {
		w.articles[fmt.Sprintf("n%03d", i)] = randomArticle(r, i, pool)
	}
	w.agree()
	return w
}

// agree makes the documents of agreements from what the articles tell.
func (w *world) agree() {
	clear(w.agreements)
	for i, id := range sortedKeys(w.articles) {
		for j, a := range w.articles[id].Agreements {
			d, ok := w.agreements[a.ID]
			if !ok {
				d.Agreement = a
				d.Agreement.Evidence = nil
			}
			d.Agreement.Evidence = append(d.Agreement.Evidence, index.Evidence{
				Article: id, Quote: "меморандум " + a.Subject, Lang: "kk", Outlet: w.articles[id].Outlet,
				Confidence: sureness[(3*i+5*j)%len(sureness)],
			})
			w.agreements[a.ID] = d
		}
	}
	for id, d := range w.agreements {
		w.agreements[id] = docOf(d.Agreement)
	}
}

func docOf(a index.Agreement) index.AgreementDoc {
	d := index.AgreementDoc{Agreement: a, Values: map[string][]string{}}
	for _, f := range index.Facets() {
		if f.Agreement != nil {
			d.Values[f.Name] = f.Agreement(&a)
		}
	}
	for _, e := range a.Evidence {
		d.Texts = append(d.Texts, index.TextIn{Lang: e.Lang, Text: e.Quote})
	}
	return d
}

func randomAgreement(r *rand.Rand, i int) index.Agreement {
	a := index.Agreement{
		ID: fmt.Sprintf("g%03d", i), Kind: pick(r, kinds), Status: pick(r, statuses), Date: pick(r, days),
		Reported: pick(r, days), Subject: "сөз" + fmt.Sprint(i),
	}
	if r.IntN(6) == 0 {
		a.Date = "2025-11/2026-02"
	}
	for range 1 + r.IntN(2) {
		a.Parties = append(a.Parties, index.Party{Key: pick(r, institutions), Country: pick(r, countries)})
	}
	return a
}

func randomArticle(r *rand.Rand, i int, pool []index.Agreement) *index.Record {
	var body []string
	for range 1 + r.IntN(3) {
		body = append(body, randomWords(r, 2+r.IntN(6)))
	}
	title := ""
	if r.IntN(5) > 0 {
		title = randomWords(r, 1+r.IntN(4))
	}
	rec := NewRecord(fmt.Sprintf("n%03d", i), title, strings.Join(body, "\n"))
	rec.Lang, rec.Outlet = pick(r, langs), pick(r, outlets)
	rec.Article.Published, _ = index.ParseDate(pick(r, days))
	for range r.IntN(4) {
		rec.Mentions = append(rec.Mentions, index.Mention{Kind: "country", Key: pick(r, countries)})
	}
	for range r.IntN(4) {
		rec.Mentions = append(rec.Mentions, index.Mention{Kind: "institution", Key: pick(r, institutions), Body: "university"})
	}
	for range r.IntN(4) {
		a := pick(r, pool)
		if !slices.ContainsFunc(rec.Agreements, func(b index.Agreement) bool { return a.ID == b.ID }) {
			rec.Agreements = append(rec.Agreements, a)
		}
	}
	return rec
}

func randomWords(r *rand.Rand, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("w%d", r.IntN(12))
		if r.IntN(5) == 0 {
			out[i] += "."
		}
	}
	return strings.Join(out, " ")
}

// NewRecord makes a record of an article whose words are what stands between spaces; a word's stem is its form, and a full stop
// behind it ends a sentence.
func NewRecord(id, title, body string) *index.Record {
	rec := &index.Record{Article: index.Article{ID: id, Title: title, Body: body}, Lang: "kk"}
	src := rec.Article.Text()
	x := &analysis.Text{Source: src, Lang: analysis.KK}
	at := 0
	for line := range strings.SplitSeq(src, "\n") {
		p := analysis.Paragraph{Span: analysis.Span{Start: at, End: at + len(line)}, Lang: analysis.KK, First: len(x.Tokens)}
		for word := range strings.SplitSeq(line, " ") {
			end := at + len(word)
			if len(p.Sentences) == 0 || strings.HasSuffix(src[:at], ". ") {
				p.Sentences = append(p.Sentences, analysis.Span{Start: at})
			}
			p.Sentences[len(p.Sentences)-1].End = end
			if word = strings.TrimSuffix(word, "."); word != "" {
				form := strings.ToLower(word)
				// As a number it keeps the terms that it is given; a word is found by what its language makes of it.
				x.Tokens = append(x.Tokens, analysis.Token{
					Kind: analysis.Number, Start: at, End: at + len(word), SuffixEnd: at + len(word), Surface: word, Form: form, Lang: analysis.KK,
					Terms: []string{"kk:" + form},
				})
			}
			at = end + 1
		}
		p.Last = len(x.Tokens)
		if p.Last > p.First {
			x.Paragraphs = append(x.Paragraphs, p)
		}
	}
	rec.Text = x
	return rec
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// batch is the whole world as one step.
func (w *world) batch(seq uint64) index.Batch {
	b := index.Batch{Seq: seq}
	for _, id := range sortedKeys(w.articles) {
		b.Articles = append(b.Articles, w.articles[id])
	}
	for _, id := range sortedKeys(w.agreements) {
		b.Agreements = append(b.Agreements, w.agreements[id])
	}
	return b
}
