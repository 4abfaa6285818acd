// Package relevance answers: is a text about education, science or universities' agreements, or about something else? [Model.Score] gives
// how likely it is and what weighed most; [Learn] fits the weights to labelled texts.
//
// What speaks for and against is what the program reads anyway: stems of the headline and the lead, concepts of data/concepts.txt (one
// word for kk, ru and en, so that what one language taught helps the others), bodies by their kind, agreements, claims. The model is that
// of analysis/agreements/weights: a weight a feature, in a file that people can read.
package relevance

import (
	"cmp"
	"embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/agreements/weights"
	"kelisim/analysis/agreements/words"
	"kelisim/analysis/names"
)

//go:embed data
var data embed.FS

// lead is how much of a text is read beside its headline: news say at their beginning what they are about, and a long text would have
// so many features that its words outweigh what they say.
const lead = 90 // words

// Reading is what was read of a text.
type Reading struct {
	Text       *analysis.Text
	Title      int // bytes of the headline
	Mentions   []names.Mention
	Agreements []Agreement
	Claims     []string // kinds
}

// Agreement is what counts of an agreement.
type Agreement struct {
	Kind   string
	School bool // a university or its like is a party
}

// Reason is a feature with its weight: above 0 it speaks for education.
type Reason struct {
	Feature string // «concept|exam», «title|ru:вуз», «body|university»
	Weight  float64
}

func (r Reason) String() string { return fmt.Sprintf("%s %+.2f", r.Feature, r.Weight) }

// Model knows what a feature is worth.
type Model struct{ *weights.Model }

// Default is the program's own model: data/weights.tsv.
var Default = sync.OnceValue(func() *Model {
	return &Model{words.Must(weights.Read(string(words.Must(data.ReadFile("data/weights.tsv")))))}
})

// Score is how likely a text is about education, science or universities' agreements, 0–1, and what weighed most for or against, at most
// three reasons, the weightiest first.
func (m *Model) Score(r Reading) (float64, []Reason) {
	var why []Reason
	z := 0.0
	for _, f := range features(r) {
		w := m.Sum([]weights.Feature{m.Of(decision + f)})
		if z += w; w != 0 && f != always {
			why = append(why, Reason{f, w})
		}
	}
	slices.SortFunc(why, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Feature, b.Feature))
	})
	return weights.Logistic(z), why[:min(len(why), 3)]
}

// most is how far the words of education outweigh others, or others them, before more makes no difference.
const most = 4 // words

// decision is what the lines of weights.tsv begin with.
const decision = "relevant|"

const always = "always"

var concepts = sync.OnceValues(func() (words.List, *words.Latin) {
	l := words.Must(words.Read(data, "concepts.txt"))
	return l, words.NewLatin(nil, l)
})

// Concepts are those of data/concepts.txt that the first words of a text name, in their order; one may be there several times.
func Concepts(x *analysis.Text) (out []string) {
	list, latin := concepts()
	n := min(len(x.Tokens), lead)
	line := words.NewLine(beginning(x, n), latin)
	for i := range n {
		if h, ok := list.Find(line, i, n); ok {
			out = append(out, h.Value[0])
		}
	}
	return out
}

// beginning is a text up to its nth token: of a long one the rest need not be laid out.
func beginning(x *analysis.Text, n int) *analysis.Text {
	y := *x
	y.Tokens, y.Paragraphs = x.Tokens[:n], nil
	for _, p := range x.Paragraphs {
		if p.First < n {
			p.Last = min(p.Last, n)
			y.Paragraphs = append(y.Paragraphs, p)
		}
	}
	return &y
}

// features are what may speak for a text or against it, each once.
func features(r Reading) []string {
	out := []string{always}
	seen := map[string]bool{}
	add := func(parts ...string) {
		if f := strings.Join(parts, "|"); !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	list, latin := concepts()
	line := words.NewLine(r.Text, latin)
	read, balance := 0, 0
	met := map[string]int{}
	for i, t := range r.Text.Tokens {
		title := t.Start < r.Title
		if !title && t.Kind == analysis.Word {
			read++
		}
		if read > lead {
			break
		}
		if h, ok := list.Find(line, i, len(r.Text.Tokens)); ok {
			add("concept", h.Value[0])
			if met[h.Value[0]]++; met[h.Value[0]] > 1 {
				add("again", h.Value[0])
			}
			if title {
				add("headline", h.Value[0])
			}
			switch h.Value[1] {
			case "education":
				balance++
			case "other":
				balance--
			}
		}
		if t.Kind != analysis.Word || t.Stop || len(t.Terms) == 0 {
			continue
		}
		add("word", t.Terms[0])
		if title {
			add("title", t.Terms[0])
		}
	}
	add("balance", strconv.Itoa(min(max(balance, -most), most)))
	for _, m := range r.Mentions {
		switch {
		case m.Kind == names.Institution && m.Known:
			add("body", m.Body)
		case m.Kind == names.Institution:
			add("body", m.Body, "unknown")
		case m.Listed():
			add("country", "abroad")
		}
	}
	for _, a := range r.Agreements {
		if a.School {
			add("agreement")
			add("agreement", a.Kind)
		} else {
			add("agreement of others")
		}
	}
	for _, c := range r.Claims {
		add("claim", c)
	}
	return out
}
