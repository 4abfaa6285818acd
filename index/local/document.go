package local

import (
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"kelisim/analysis"
	"kelisim/index"
)

// The fields of a document beside one for each facet.
const (
	fieldID         = "_id"        // bleve's own: of its document
	fieldType       = "type"       // article or agreement
	fieldTitleSize  = "titlesize"  // its number of words
	fieldBodySize   = "bodysize"   // its number of words, rounded
	fieldDate       = "date"       // first and last day that the date may mean
	fieldReported   = "reported"   // the same of the report of an agreement, where that is another; «-» for none
	fieldAgreements = "agreements" // ids of an article's agreements as read; of an agreement its own and its evidence's
	fieldEvidence   = "evidence"   // ids of the articles that tell an agreement
	fieldGroup      = "group"      // groups of an agreement's evidence
	fieldConfidence = "confidence" // how sure an agreement is, in hundredths
	fieldMember     = "member"     // ids of the articles of a story
	fieldStored     = "stored"     // see stored
)

// Ids in the index: articles and agreements are named apart.
const (
	articlePrefix   = "a/"
	agreementPrefix = "g/"
	storyPrefix     = "s/"
	typeArticle     = "article"
	typeAgreement   = "agreement"
	typeLeft        = "left" // an article that is kept, but not found
	typeStory       = "story"
	typeWrong       = "wrong" // an agreement that somebody found to be none
)

const (
	valueOptions = bleveindex.IndexField | bleveindex.SkipFreqNorm
)

// stored is what the index gives back with a hit.
type stored struct {
	Values    map[string][]string
	Told      []told
	Agreement *index.Agreement
	Sum       uint32           // of an article's text
	Mentions  map[string][]int // kind:key → their spans, start and end in turn
	Story     *index.Story     // of a document that is one and holds nothing else
}

// told is an agreement of an article: the values that the article has by it in facets of agreements. They are the
// article's only where the agreement is sure enough for the reader.
type told struct {
	ID     string
	Values map[string][]string
}

// builder makes a bleve document by hand: its words were analysed before.
type builder struct {
	doc   *document.Document
	last  *values // the field that was added last: values of one come one after another
	words *words
	sizes [len(fieldsOfWords)]int // words of a field
}

func newBuilder(id, kind string) *builder {
	b := &builder{doc: document.NewDocument(id), words: spareWords.Get().(*words)}
	b.value(fieldType, kind)
	return b
}

// value adds a value to a field, once.
func (b *builder) value(field, v string) {
	if v == "" {
		return
	}
	if b.last == nil || b.last.name != field {
		b.last = &values{field, make(bleveindex.TokenFrequencies, 1)}
		b.doc.AddField(b.last)
	}
	b.last.of[v] = aValue
}

// paragraph adds a paragraph's words to a field, by the number of the paragraph: phrases do not cross paragraphs.
func (b *builder) paragraph(field int, x *analysis.Text, p analysis.Paragraph, n int) {
	b.words.paragraph(field, n, x.Tokens[p.First:p.Last], p.Sentences)
	b.sizes[field] += p.Last - p.First
}

// leadSize is how many words of a body are its lead: news say there what they are about.
const leadSize = 40

// lead adds those of a body's next paragraph that are still among the first ones.
func (b *builder) lead(x *analysis.Text, p analysis.Paragraph) {
	if last := min(p.Last, p.First+leadSize-b.sizes[bodyWords]); last > p.First {
		b.words.lead(x.Tokens[p.First:last])
	}
}

// spare gives back the room of documents that were put.
func spare(of []*document.Document) {
	for _, d := range of {
		for _, f := range d.Fields {
			if w, ok := f.(*words); ok {
				w.spare()
			}
		}
	}
}

func (b *builder) done(first, last index.Date, s stored) (*document.Document, error) {
	b.value(fieldTitleSize, strconv.Itoa(rounded(b.sizes[titleWords])))
	b.value(fieldBodySize, strconv.Itoa(rounded(b.sizes[bodyWords])))
	if !first.IsZero() {
		b.value(fieldDate, days(first, last))
	}
	data, err := s.append(nil)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", b.doc.ID(), err)
	}
	b.doc.AddField(document.NewTextFieldCustom(fieldStored, nil, data, bleveindex.StoreField, nil))
	b.doc.AddField(b.words)
	return b.doc, nil
}

// rounded keeps the six highest bits of a size: lengths weigh in a score, and few different ones cost less.
func rounded(n int) int {
	shift := 0
	for n>>shift >= 64 {
		shift++
	}
	return n >> shift << shift
}

// storedOf is what is stored with an article.
func storedOf(r *index.Record) stored {
	s := stored{Values: map[string][]string{}}
	for _, f := range index.Facets() {
		if f.Article != nil && f.Scope != index.OfAgreement {
			s.Values[f.Name] = f.Article(r)
		}
	}
	for _, m := range r.Mentions {
		if s.Mentions == nil {
			s.Mentions = map[string][]int{}
		}
		key := string(m.Kind) + ":" + m.Key
		s.Mentions[key] = append(s.Mentions[key], m.Start, m.End)
	}
	for i := range r.Agreements {
		s.Told = append(s.Told, toldBy(r, i))
	}
	if r.Text != nil {
		// Places of words are told by the paragraphs of the whole text: see index.Places.
		s.Sum = index.TextSum(r.Article.Text())
	}
	return s
}

// fieldOf is the number of the field of a paragraph's words.
func fieldOf(r *index.Record, p analysis.Paragraph) int {
	if p.Start <= len(r.Article.Title) && r.Article.Title != "" {
		return titleWords
	}
	return bodyWords
}

// articleDocument makes the document of a record.
func articleDocument(r *index.Record) (*document.Document, error) {
	if r.Left {
		return newBuilder(articlePrefix+r.Article.ID, typeLeft).done(index.Date{}, index.Date{}, stored{})
	}
	b := newBuilder(articlePrefix+r.Article.ID, typeArticle)
	s := storedOf(r)
	for _, f := range index.Facets() {
		b.facet(f.Name, s.Values[f.Name])
	}
	for _, a := range r.Agreements {
		b.value(fieldAgreements, a.ID)
	}
	if r.Text != nil {
		for n, p := range r.Text.Paragraphs {
			field := fieldOf(r, p)
			if field == bodyWords {
				b.lead(r.Text, p)
			}
			b.paragraph(field, r.Text, p, n)
		}
	}
	return b.done(r.Article.Published, r.Article.Published, s)
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

func (b *builder) facet(field string, values []string) {
	name := facetField(field)
	for _, v := range values {
		b.value(name, v)
	}
}

// facetField is the field of a facet: apart from our own, whatever a facet is named.
func facetField(name string) string { return "facet." + name }

// agreementDocument makes the document of an agreement.
func agreementDocument(d index.AgreementDoc) (*document.Document, error) {
	a := d.Agreement
	kind := typeAgreement
	if a.Wrong {
		kind = typeWrong
	}
	b := newBuilder(agreementPrefix+a.ID, kind)
	for _, f := range index.Facets() {
		b.facet(f.Name, d.Values[f.Name])
	}
	for _, id := range a.IDs() {
		b.value(fieldAgreements, id)
	}
	for _, g := range a.Groups() {
		b.value(fieldGroup, g)
	}
	if a.Crowd {
		b.value(fieldGroup, crowdGroup)
	}
	b.value(fieldConfidence, strconv.Itoa(int(index.PercentOf(index.Confidence(a)))))
	var paragraphs [len(fieldsOfWords)]int
	for _, e := range a.Evidence {
		b.value(fieldEvidence, e.Article)
	}
	for _, t := range d.Texts {
		field, x := bodyWords, (*analysis.Text)(nil)
		if t.Party {
			field, x = titleWords, partyTexts.read(t)
		} else {
			x = analysis.Read(t.Text, analysis.Lang(t.Lang))
		}
		for _, p := range x.Paragraphs {
			b.paragraph(field, x, p, paragraphs[field])
			if p.Last > p.First {
				paragraphs[field]++
			}
		}
	}
	first, last := index.Span(&a)
	report := index.Agreement{Reported: a.Reported}
	switch day, end := index.Span(&report); {
	case day == first && end == last:
	case day.IsZero():
		b.value(fieldReported, "-")
	default:
		b.value(fieldReported, days(day, end))
	}
	return b.done(first, last, stored{Values: d.Values, Agreement: &a})
}

// days are the days that dates may mean, as a field has them.
func days(first, last index.Date) string { return fmt.Sprintf("%d/%d", first.First(), last.Last()) }
