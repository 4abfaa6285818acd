package cluster

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kelisim/analysis"
	"kelisim/index"
)

// document is a version of an article or an agreement as the cluster has it.
type document struct {
	ID        string              `json:"id"`
	Batch     int                 `json:"batch"`
	Title     []string            `json:"title,omitempty"` // a string a paragraph: see joined
	Body      []string            `json:"body,omitempty"`
	Lead      string              `json:"lead,omitempty"`
	TitleSize int                 `json:"titlesize"` // words
	BodySize  int                 `json:"bodysize"`
	Facet     map[string][]string `json:"facet"`
	Dates     dates               `json:"dates"`
	Reports   dates               `json:"reports"` // by the day of the report
	Told      []string            `json:"told,omitempty"`
	Deals     []deal              `json:"deal,omitempty"`

	IDs        []string `json:"ids,omitempty"` // of an agreement and its evidence
	Evidence   []string `json:"evidence,omitempty"`
	Groups     []string `json:"group,omitempty"`
	Confidence int      `json:"confidence"`
	Wrong      bool     `json:"wrong,omitempty"` // it is kept and not found: an agreement that is none, an article that was left out

	Stored stored `json:"stored"`
}

// stored is what comes back with a hit.
type stored struct {
	Values    map[string][]string `json:"values,omitempty"`
	Tells     []told              `json:"tells,omitempty"`
	Agreement *index.Agreement    `json:"agreement,omitempty"`
	Article   *index.Article      `json:"article,omitempty"`
	Story     *index.Story        `json:"story,omitempty"`
	Version   *index.Version      `json:"version,omitempty"` // of the article, as the archive has it
}

// told is an agreement of an article: the values that the article has by it in facets of agreements. They are the
// article's only where the agreement is sure enough for the reader.
type told struct {
	ID     string              `json:"id"`
	Values map[string][]string `json:"values"`
}

// deal is an agreement in an article that tells it: kind, country and date are asked of one and the same.
type deal struct {
	ID         string              `json:"id"`
	Told       []string            `json:"told"` // ids that the article has it by
	Confidence int                 `json:"confidence"`
	Facet      map[string][]string `json:"facet"`
	Dates      dates               `json:"dates"`
	Reports    dates               `json:"reports"`
}

// dates are the days that a date may mean.
type dates struct {
	First  *int  `json:"first,omitempty"` // nil where there is none
	Last   *int  `json:"last,omitempty"`
	Months []int `json:"months,omitempty"` // year*12 + month from 0
	Years  []int `json:"years,omitempty"`
	Newest int   `json:"newest"` // what is sorted by, the smallest first
	Oldest int   `json:"oldest"`
}

// mostMonths bounds the months that one date counts in: four centuries.
const mostMonths = 4800

func datesOf(first, last index.Date) dates {
	if first.IsZero() {
		return dates{Newest: index.Undated, Oldest: index.Undated}
	}
	a, b := first.First(), last.Last()
	d := dates{First: &a, Last: &b, Newest: -a, Oldest: a}
	from, to := index.Day(a), index.Day(b)
	m, end := from.Year*12+from.Month-1, to.Year*12+to.Month-1
	for end = min(end, m+mostMonths); m <= end; m++ {
		d.Months = append(d.Months, m)
		if y := m / 12; !slices.Contains(d.Years, y) {
			d.Years = append(d.Years, y)
		}
	}
	return d
}

const (
	// maxTerm is the longest term that an index keeps; longer ones are data that slipped into a text.
	maxTerm = 255 // bytes
	// beside joins the terms of one word.
	beside = "␟"
	// leadSize is how many words of a body are its lead: news say there what they are about.
	leadSize = 40
)

// Marks of sentences stand among the terms of a word. They are no words: nothing typed can be them.
const (
	sentenceBegins = "¶"
	sentenceEnds   = "‖"
	sentenceOfOne  = "¶‖" // a word that is a sentence
)

// clean reports whether a term can be told apart in a text of terms. White space is not the same in Go and in Java.
func clean(term string) bool {
	return term != "" && len(term) <= maxTerm && !strings.ContainsFunc(term, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Z, r) || r == '␟'
	})
}

func termsOf(t analysis.Token) (out []string) {
	for _, term := range analysis.IndexTerms(t) {
		if clean(term) {
			out = append(out, term)
		}
	}
	return out
}

// joined are the words of a paragraph: between spaces the terms of one word. A word without terms leaves its place.
func joined(tokens []analysis.Token, sentences []analysis.Span) string {
	var b strings.Builder
	for i := range tokens {
		t := &tokens[i]
		if i > 0 {
			b.WriteByte(' ')
		}
		terms := termsOf(*t)
		for len(sentences) > 0 && sentences[0].End <= t.Start {
			sentences = sentences[1:]
		}
		if len(sentences) > 0 {
			s := sentences[0]
			first := i == 0 || tokens[i-1].Start < s.Start
			last := i == len(tokens)-1 || tokens[i+1].Start >= s.End
			switch {
			case first && last:
				terms = append(terms, sentenceOfOne)
			case first:
				terms = append(terms, sentenceBegins)
			case last:
				terms = append(terms, sentenceEnds)
			}
		}
		if len(terms) == 0 {
			terms = []string{"␀"}
		}
		b.WriteString(strings.Join(terms, beside))
	}
	return b.String()
}

// rounded keeps the six highest bits of a size: so the other engine weighs it.
func rounded(n int) int {
	shift := 0
	for n>>shift >= 64 {
		shift++
	}
	return n >> shift << shift
}

// paragraphs adds the words of a text's paragraphs; titled says which are of the title.
func (d *document) paragraphs(x *analysis.Text, lead bool, titled func(analysis.Paragraph) bool) {
	var first []string
	title, body := d.TitleSize, d.BodySize
	for _, p := range x.Paragraphs {
		tokens := x.Tokens[p.First:p.Last]
		if len(tokens) == 0 {
			continue
		}
		if titled(p) {
			d.Title = append(d.Title, joined(tokens, p.Sentences))
			title += len(tokens)
			continue
		}
		for _, t := range tokens[:max(0, min(len(tokens), leadSize-body))] {
			for _, term := range termsOf(t) {
				if lead && !slices.Contains(first, term) {
					first = append(first, term)
				}
			}
		}
		d.Body = append(d.Body, joined(tokens, p.Sentences))
		body += len(tokens)
	}
	d.Lead = strings.Join(first, " ")
	d.TitleSize, d.BodySize = title, body
}

func articleDocument(r *index.Record, batch int) document {
	d := document{ID: r.Article.ID, Batch: batch, Facet: map[string][]string{}, Stored: stored{Values: map[string][]string{}, Article: &r.Article}}
	if r.Left {
		d.Wrong = true
		return d
	}
	for _, f := range index.Facets() {
		if f.Article != nil && f.Scope != index.OfAgreement {
			d.Stored.Values[f.Name] = f.Article(r)
			d.Facet[f.Name] = once(d.Stored.Values[f.Name])
		}
	}
	for i, a := range r.Agreements {
		d.Told = append(d.Told, a.ID)
		d.Stored.Tells = append(d.Stored.Tells, toldBy(r, i))
	}
	d.Told = once(d.Told)
	if r.Text != nil {
		d.paragraphs(r.Text, true, func(p analysis.Paragraph) bool { return p.Start <= len(r.Article.Title) && r.Article.Title != "" })
	}
	d.Dates = datesOf(r.Article.Published, r.Article.Published)
	d.Reports = d.Dates
	d.TitleSize, d.BodySize = rounded(d.TitleSize), rounded(d.BodySize)
	return d
}

// toldBy reads a record as if it had one of its agreements only.
func toldBy(r *index.Record, i int) told {
	one := *r
	one.Agreements = r.Agreements[i : i+1]
	out := told{ID: one.Agreements[0].ID, Values: map[string][]string{}}
	for _, f := range index.Facets() {
		if f.Scope == index.OfAgreement && f.Article != nil {
			out.Values[f.Name] = f.Article(&one)
		}
	}
	return out
}

// once are values, each once, none of them empty.
func once(values []string) (out []string) {
	for _, v := range values {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func agreementDocument(a index.AgreementDoc, batch int) document {
	g := a.Agreement
	d := document{ID: g.ID, Batch: batch, IDs: g.IDs(), Groups: once(g.Groups()), Wrong: g.Wrong, Facet: map[string][]string{},
		Confidence: int(index.PercentOf(index.Confidence(g))), Stored: stored{Values: a.Values, Agreement: &g}}
	if g.Crowd {
		d.Groups = append(d.Groups, crowdGroup)
	}
	for _, f := range index.Facets() {
		d.Facet[f.Name] = once(a.Values[f.Name])
	}
	for _, e := range g.Evidence {
		d.Evidence = append(d.Evidence, e.Article)
	}
	d.Evidence = once(d.Evidence)
	for _, t := range a.Texts {
		d.paragraphs(analysis.Read(t.Text, analysis.Lang(t.Lang)), false, func(analysis.Paragraph) bool { return t.Party })
	}
	d.Dates = datesOf(index.Span(&g))
	d.Reports = datesOf(index.Span(&index.Agreement{Reported: g.Reported}))
	d.TitleSize, d.BodySize = rounded(d.TitleSize), rounded(d.BodySize)
	return d
}

// dealOf is an agreement as an article has it that tells it by some of its ids; ok is false for another article.
func dealOf(d document, toldIDs []string) (x deal, ok bool) {
	x = deal{ID: d.ID, Confidence: d.Confidence, Dates: d.Dates, Reports: d.Reports, Facet: map[string][]string{}}
	for _, id := range toldIDs {
		if slices.Contains(d.IDs, id) {
			x.Told = append(x.Told, id)
		}
	}
	for _, f := range index.Facets() {
		if f.Scope != index.OfArticle {
			x.Facet[f.Name] = d.Facet[f.Name]
		}
	}
	return x, len(x.Told) > 0 && !d.Wrong
}

// key is the name of a version of a document in the cluster, which takes no long ones. It begins with its kind.
func key(kind, id string, batch int) string {
	if len(id) > 400 {
		sum := sha256.Sum256([]byte(id))
		id = hex.EncodeToString(sum[:])
	}
	return kind + "/" + id + "@" + strconv.Itoa(batch)
}
