package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strings"
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
	Kind    string             `json:"kind"`
	Status  string             `json:"status"`
	Date    string             `json:"date"`
	Parties []InstitutionFound `json:"parties"`
	Quote   string             `json:"quote"`
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

// The figures in the order of the report: README.md beside the gold says what each counts. Of the last three the less
// the better: their cell tells what was wrong, not a share.
var tables = [][]string{
	{"countries", "institutions", "mentions", "unknown names", "linking"},
	{"pairs", "with kind", "other pairs", "party sets", "claims"},
	{"status", "status strict", "date", "quote", "told as signed", "none in gold", "claim as record"},
}

var lessIsBetter = map[string]bool{"told as signed": true, "none in gold": true, "claim as record": true}

// Figure counts: Right of Told is precision, Found of Wanted recall.
type Figure struct{ Told, Right, Wanted, Found int }

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
	Figures map[string]Figure
	Errors  map[string][]string
	order   []string // kinds of errors as they came up
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

// Facts scores predictions against each list of gold and against all of them («total», the last).
func (g *Gold) Facts(predictions map[string]Prediction) []*Score {
	var out []*Score
	var all []*doc
	for _, l := range g.lists {
		out = append(out, tally(l.name, l.docs, predictions))
		all = append(all, l.docs...)
	}
	return append(out, tally("total", all, predictions))
}

// Write writes the scores as score_facts.py does, and of each kind of error the first few.
func Write(w io.Writer, scores []*Score, errors int) error {
	var b strings.Builder
	for _, figures := range tables {
		row := func(name string, cells []string) {
			var line strings.Builder
			for _, c := range append([]string{name}, cells...) {
				fmt.Fprintf(&line, "%-20s", c)
			}
			b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		}
		row("", figures)
		for _, s := range scores {
			var cells []string
			for _, f := range figures {
				cells = append(cells, s.cell(f))
			}
			row(s.Name, cells)
		}
	}
	total := scores[len(scores)-1]
	for _, kind := range total.order {
		if errors == 0 {
			break
		}
		list := total.Errors[kind]
		fmt.Fprintf(&b, "\n== %s: %d\n", kind, len(list))
		for _, e := range list[:min(errors, len(list))] {
			b.WriteString("  " + e + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
