package claims

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// counted are the classes of words.txt that numbers count; other and person make no claim.
var counted = map[string]bool{"agreement": true, "document": true, "partner": true, "firm": true, "branch": true, "university": true,
	"programme": true, "double": true, "other": true, "person": true}

// describe collects what speaks for and against a number: what it counts, how it stands, what its sentence speaks of.
func (p *page) describe(s, before sentence, c *candidate) {
	add := func(parts ...string) {
		if f := strings.Join(parts, "|"); !slices.Contains(c.features, f) {
			c.features = append(c.features, f)
		}
	}
	add("always")
	add("value", bucket(c.Value))
	add("place", bucket(s.first)) // words before the sentence
	if c.About != "" {
		add("bound")
	}
	if s.title {
		add("title")
	}
	if t := p.x.Tokens[c.First]; c.Digits && c.Value >= 1900 && c.Value < 2100 && t.End-t.Start == 4 {
		add("year")
	}
	if c.Digits && p.repeated(c.First) {
		add("twice") // the headline and the text tell it
	}
	add("suffix", p.x.Tokens[c.Last-1].Suffix)

	// What touches the number: №, $, %, a hyphen; the words beside it.
	prev, next := ".", p.wordAt(s, c.To)
	if c.From > s.first {
		add("left", sign(p.Gaps[c.From-1]))
		prev = p.wordBefore(s, c.From)
	}
	add("right", sign(p.Gaps[c.To-1]))
	add("prev", prev)
	add("next", next)
	add("prev next", prev, next)

	// What it counts: behind it, else before it, else in the sentence before.
	first, last := c.From, c.To
	where, at := "behind", p.behind(s, c.To)
	if at < 0 {
		if at = p.ahead(s, c.From); at >= 0 {
			where = "ahead" + p.tie(s, c, at)
			first = at
		} else if at, where = p.ahead(before, before.last), "sentence before"; at < 0 {
			where = "nowhere"
		}
	}
	head := "nothing"
	if at >= 0 {
		head = p.items[at].class
		end := p.items[at].last
		form := p.Forms[end-1] + p.x.Tokens[end-1].Suffix
		add("case", head, ending(form))
		add("head prev", head, where, prev)
		if where == "behind" {
			last = end
			add("distance", strconv.Itoa(min(at-c.To, 5)))
			add("head next", head, p.wordAt(s, end))
			for i := c.To; i < at; i = p.items[i].last {
				add("between", p.items[i].word, head)
			}
			if k := p.behind(s, end); k >= 0 {
				add("owned", head, p.items[k].class, ending(form)) // «университеттің филиалы»
			}
		}
	}
	add("head", head)
	add("where", where)
	add("head", head, where)
	add("head value", head, where, bucket(c.Value))
	if n := min(c.Value, 13); n < 13 {
		add("exactly", strconv.Itoa(n))
	}

	// What else the sentence speaks of.
	many := 0
	for i := s.first; i < s.last; i = max(i+1, p.items[i].last) {
		switch it, t := p.items[i], p.x.Tokens[i]; {
		case it.word == "#":
			many++
		case i == at || i >= c.From && i < c.To:
		case it.class != "":
			add("says", it.class)
			add("says", it.class, head, where)
		case t.Kind == analysis.Word && !t.Stop:
			add("word", it.word)
		}
	}
	add("numbers", strconv.Itoa(min(many, 4)))
	c.Span = analysis.Span{Start: p.x.Tokens[first].Start, End: p.x.Tokens[last-1].End}
}

// behind finds the first thing that is counted behind token i in its phrase, -1 for none.
func (p *page) behind(s sentence, i int) int {
	for n := 0; i < s.last && n < 6 && (i == s.first || !p.Breaks(i-1) || p.Forms[i-1] == "тыс") && p.items[i].word != "#"; n++ {
		if counted[p.items[i].class] {
			return i
		}
		i = p.items[i].last
	}
	return -1
}

// ahead finds what is counted before token i, -1 for nothing: beside «саны», «число», else the last thing. Of «филиалов
// зарубежных вузов» these are the branches; a Kazakh owner stands first.
func (p *page) ahead(s sentence, i int) int {
	at, kazakh := -1, s.lang == analysis.KK
	for j := s.first; j < i; j = p.items[j].last {
		switch it := p.items[j]; {
		case it.class == "count" && kazakh && at >= 0 && j-at < 5:
			return at
		case it.class == "count" && !kazakh:
			if k := p.behind(s, it.last); k >= 0 && k < i {
				return k
			}
		case counted[it.class] && it.last <= i && (kazakh || at < 0 || j-p.items[at].last > 1 || p.broken(at, j)):
			at = j
		}
	}
	return at
}

// broken reports a break, but for a dash, between tokens i and j.
func (p *page) broken(i, j int) bool {
	for ; i < j; i++ {
		if p.Breaks(i) && !strings.ContainsAny(p.Gaps[i], "—–") {
			return true
		}
	}
	return false
}

// tie is what stands between a thing and its number behind it: a break, a dash, «саны», «достигло».
func (p *page) tie(s sentence, c *candidate, at int) (out string) {
	if p.broken(at, c.From) {
		out = ", apart"
	}
	if c.From > s.first && strings.ContainsAny(p.Gaps[c.From-1], "—–:") {
		return out + ", dash"
	}
	for i := at; i < min(c.To+2, s.last); i++ {
		if k := p.items[i].class; k == "reach" || k == "count" {
			return out + ", " + k
		}
	}
	return out
}

// wordAt is the class or stem at token i, «.» where a phrase ends before it.
func (p *page) wordAt(s sentence, i int) string {
	if i >= s.last || i > s.first && p.Breaks(i-1) {
		return "."
	}
	return p.items[i].word
}

// wordBefore is the class or stem that ends at token i.
func (p *page) wordBefore(s sentence, i int) string {
	for j := max(s.first, i-3); j < i && !p.Breaks(i-1); j++ {
		if j == i-1 || p.items[j].class != "" && p.items[j].last == i {
			return p.items[j].word
		}
	}
	return "."
}

// sign is the first sign between two words, _ for none and no space.
func sign(gap string) string {
	r, n := utf8.DecodeRuneInString(strings.TrimSpace(gap))
	switch {
	case gap == "":
		return "_"
	case n == 0:
		return ""
	}
	return string(r)
}

// ending is the last two letters of a word.
func ending(w string) string {
	r := []rune(w)
	return string(r[max(0, len(r)-2):])
}

func bucket(n int) string {
	for _, b := range []int{3, 5, 10, 20, 100, 1000} {
		if n < b {
			return "<" + strconv.Itoa(b)
		}
	}
	return "1000"
}
