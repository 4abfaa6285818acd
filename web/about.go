package web

import (
	"strconv"
	"strings"

	"kelisim/index"
)

// aboutView is the page that says what the site holds, how it comes about and how far it can be trusted.
type aboutView struct {
	frame
	Parts   []helpPart
	Figures []figureView
	Sources string // where the sites that are followed are listed
}

// figureView is a line of measured.tsv in words.
type figureView struct{ Name, Told, Found string }

// measured are the figures of measured.tsv by name: of a hundred told so many are right, of a hundred stated so many found.
var measured = loadMeasured()

type figure struct{ Name, Told, Found string }

func loadMeasured() []figure {
	var out []figure
	for _, line := range loadLines("measured.tsv") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			panic("measured.tsv: " + line)
		}
		out = append(out, figure{f[0], f[1], f[2]})
	}
	return out
}

// measuredOf is one figure, for messages that name it.
func measuredOf(name string) figure {
	for _, f := range measured {
		if f.Name == name {
			return f
		}
	}
	return figure{Name: name}
}

// figures are what messages about reading may name: {0} what is shown from, {1} what is sure from, {2} and {3} the same as
// addresses have them, {4} of a hundred pairs told so many are right, {5} of a hundred stated so many are found, {6} texts.
func (a *ask) figures() []string {
	pairs := measuredOf("pairs")
	return []string{a.w.percent(index.Shown), a.w.percent(index.Sure), index.Sure.String(), index.Stored.String(), pairs.Told, pairs.Found, measuredOf("texts").Told}
}

// about answers «/about». Its words are messages: «about.read.1», «about.read.2» are the paragraphs of «about.read».
func (s *server) aboutPage(a *ask) (view, error) {
	h := s.holdings(a)
	v := aboutView{frame: s.frameOf(a, a.on("/about"), a.w.text("about"), h), Sources: a.on("/sources").url()}
	args := append(a.figures(), a.w.count("n.articles", h.Articles), a.w.count("n.agreements", h.Agreements), a.w.count("n.outlets", h.Outlets), a.w.date(h.First), a.w.date(h.Last))
	for _, id := range []string{"holds", "read", "dates", "measured", "mend"} {
		v.Parts = append(v.Parts, a.part("about."+id, args))
	}
	for _, f := range measured {
		if key := "about.figure." + strings.ReplaceAll(f.Name, " ", "-"); a.w.has(key) {
			v.Figures = append(v.Figures, figureView{a.w.text(key), a.hundredth(f.Told), a.hundredth(f.Found)})
		}
	}
	return view{page: "about.html", data: v}, nil
}

func (a *ask) hundredth(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil {
		return "–"
	}
	return a.w.percent(index.Percent(n))
}

// part is a heading with its numbered paragraphs.
func (a *ask) part(key string, args []string) helpPart {
	_, id, _ := strings.Cut(key, ".")
	p := helpPart{ID: id, Heading: a.w.text(key)}
	for i := 1; a.w.has(key + "." + strconv.Itoa(i)); i++ {
		p.Lines = append(p.Lines, a.w.text(key+"."+strconv.Itoa(i), args...))
	}
	return p
}
