package eval

import (
	"encoding/json"
	"fmt"
	"io"
)

// Prediction is one line of `kelisim extract`: what was read out of one article.
type Prediction struct {
	ID           string             `json:"id"`
	Countries    []CountryFound     `json:"countries"`
	Institutions []InstitutionFound `json:"institutions"`
	Agreements   []AgreementFound   `json:"agreements"`
	Claims       []ClaimFound       `json:"claims"`
}

// CountryFound is a country that a prediction tells.
type CountryFound struct {
	ISO2 string `json:"iso2"`
}

// InstitutionFound is an institution that a prediction tells. Text is what an agreement's party is written as.
type InstitutionFound struct {
	Key      string   `json:"key"`
	ROR      string   `json:"ror"`
	Name     string   `json:"name"`
	Text     string   `json:"text"`
	Country  string   `json:"country"`
	Kind     string   `json:"kind"`
	Surfaces []string `json:"surfaces"`
	Spans    [][2]int `json:"spans"`
}

// AgreementFound is an agreement that a prediction tells.
type AgreementFound struct {
	Kind   string `json:"kind"`
	Status string `json:"status"`
	Date   string `json:"date"`
	// Reported is true where Date is only the article's; extract gives that date here instead.
	Reported any                `json:"reported"`
	Parties  []InstitutionFound `json:"parties"`
	Quote    string             `json:"quote"`
	// Confidence is 0–1; 0 where none is told.
	Confidence float64 `json:"confidence"`
}

// ClaimFound is a claim that a prediction tells.
type ClaimFound struct {
	Number string `json:"number"`
	Text   string `json:"text"`
}

// ReadPredictions reads the lines of `kelisim extract`. Of two lines with one id the later counts.
func ReadPredictions(r io.Reader) (map[string]Prediction, error) {
	out := map[string]Prediction{}
	d := json.NewDecoder(r)
	for {
		var p Prediction
		err := d.Decode(&p)
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read predictions after %d: %w", len(out), err)
		}
		out[p.ID] = p
	}
}

// The figures in the order of the report: README.md beside the gold says what each counts. Of the three that are
// lessIsBetter: their cell tells what was wrong, not a share.
var tables = [][]string{
	{"countries", "institutions", "mentions", "unknown names", "linking"},
	{"pairs", "with kind", "other pairs", "party sets", "claims"},
	{"status", "status strict", "date", "quote", "told as signed", "none in gold", "claim as record"},
	identityFigures,
}

var lessIsBetter = map[string]bool{"told as signed": true, "none in gold": true, "claim as record": true}

// Figure counts: Right of Told is precision, Found of Wanted recall.
type Figure struct {
	Told   int `json:"told"`
	Right  int `json:"right"`
	Wanted int `json:"wanted"`
	Found  int `json:"found"`
}

// PRF gives precision, recall and their harmonic mean.
func (f Figure) PRF() (p, r, f1 float64) {
	p, r = float64(f.Right)/float64(max(f.Told, 1)), float64(f.Found)/float64(max(f.Wanted, 1))
	if p+r > 0 {
		f1 = 2 * p * r / (p + r)
	}
	return p, r, f1
}

// Score is what one list of gold gives: its figures by name, and what was wrong with them.
type Score struct {
	Name    string
	Docs    int
	Figures map[string]Figure
	Errors  map[string][]string
	Tenths  [10]tenth // pairs of sides by the confidence they were told at
	order   []string  // kinds of errors as they came up
}

func (s *Score) cell(name string) string {
	f := s.Figures[name]
	p, r, f1 := f.PRF()
	switch {
	case f.Wanted > 0:
		return fmt.Sprintf("%.3f %.3f %.3f", p, r, f1)
	case lessIsBetter[name]:
		return fmt.Sprintf("%d of %d", f.Told-f.Right, f.Told)
	}
	return fmt.Sprintf("%.3f of %d", p, f.Told)
}

// Missing are the documents of gold that have no prediction.
func (g *Gold) Missing(predictions map[string]Prediction) (ids []string) {
	for _, l := range g.lists {
		for _, d := range l.docs {
			if _, ok := predictions[d.ID]; !ok {
				ids = append(ids, d.ID)
			}
		}
	}
	return ids
}

// Facts scores predictions against each list of gold and against all of them («total», the last).
func (g *Gold) Facts(predictions map[string]Prediction) []*Score {
	var out []*Score
	var all []*doc
	total := newScore("total")
	for _, l := range g.lists {
		s := tally(l.name, l.docs, predictions)
		total.add(s)
		all = append(all, l.docs...)
		s.oneKey(l.docs, predictions)
		out = append(out, s)
	}
	total.oneKey(all, predictions)
	return append(out, total)
}

func newScore(name string) *Score {
	return &Score{Name: name, Figures: map[string]Figure{}, Errors: map[string][]string{}}
}

func (s *Score) add(o *Score) {
	s.Docs += o.Docs
	for name, f := range o.Figures {
		s.count(name, f)
	}
	for _, kind := range o.order {
		s.faults(kind, o.Errors[kind]...)
	}
	for i, t := range o.Tenths {
		s.Tenths[i].told, s.Tenths[i].right, s.Tenths[i].sum = s.Tenths[i].told+t.told, s.Tenths[i].right+t.right, s.Tenths[i].sum+t.sum
	}
}

func (s *Score) count(figure string, f Figure) {
	t := s.Figures[figure]
	s.Figures[figure] = Figure{t.Told + f.Told, t.Right + f.Right, t.Wanted + f.Wanted, t.Found + f.Found}
}

func (s *Score) faults(kind string, texts ...string) {
	if _, ok := s.Errors[kind]; !ok {
		s.order = append(s.order, kind)
	}
	s.Errors[kind] = append(s.Errors[kind], texts...)
}
