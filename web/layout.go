package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

// passage is a paragraph of an article with what was read out of it beside it.
type passage struct {
	Lang    string
	Blocks  []block
	Records []recordView
	Claims  []claimView
	ID      string // of one that the query matches
	Best    string // id of the place of the best of these
	Aside   string // why it is not what the article tells: recall, more, caption; "" where it is
	Hop     *hopView
}

// block is a stretch of a paragraph; Said where it is a quote that proves something.
type block struct {
	Said   bool
	Status string
	Doubt  bool // what it tells is uncertain
	ID     string
	Spans  []textSpan
	Notes  []noteRef
}

// textSpan is a stretch of a block. A mention of something that has a page is linked to it.
type textSpan struct {
	Mention, Country bool
	Unconfirmed      bool
	Href             string
	Runs             []run
}

// noteRef leads from a quote to its record.
type noteRef struct {
	No, ID, Href, Label string
}

type claimView struct {
	ID, Text string
	Lang     string
	Told     string // how many agreements were read out of the text, where the number is of such
}

// laid is an article's text laid out.
type laid struct {
	heading        []block
	headingRecords []recordView
	headingClaims  []claimView
	passages       []passage
}

// layOut cuts an article's text into lines, and each line at the borders of quotes, mentions and matches.
func (s *server) layOut(a *ask, rec *index.Record, marks []index.Mark, sure map[string]index.Percent) laid {
	src := rec.Article.Text()
	c := &cutter{s: s, a: a, src: src, rec: rec, marks: marks, sure: sure}
	c.number()
	var out laid
	asides := index.Asides(src)
	at := 0
	for i, line := range strings.Split(src, "\n") {
		start, end := at, at+len(line)
		at = end + 1
		if strings.TrimSpace(line) == "" {
			continue
		}
		p := c.passage(start, end)
		for _, x := range asides {
			if x.Start == start {
				p.Aside = x.Kind
			}
		}
		if i == 0 {
			out.heading, out.headingRecords, out.headingClaims = p.Blocks, p.Records, p.Claims
			continue
		}
		out.passages = append(out.passages, p)
	}
	return out
}

type cutter struct {
	s      *server
	a      *ask
	src    string
	rec    *index.Record
	marks  []index.Mark
	sure   map[string]index.Percent // of agreements, by their id
	quotes []quote
	seen   map[string]bool // ids given out
}

// quote is where an agreement stands in the text.
type quote struct {
	start, end int
	which      int // in the record's agreements
	no         int // on this page, from 1
	id         string
}

// number puts the agreements in the order of the text.
func (c *cutter) number() {
	c.seen = map[string]bool{}
	for i, g := range c.rec.Agreements {
		for _, e := range g.Evidence {
			if e.Start >= 0 && e.End <= len(c.src) && e.Start < e.End {
				c.quotes = append(c.quotes, quote{e.Start, e.End, i, 0, cmp.Or(e.ID, g.ID)})
			}
		}
	}
	slices.SortStableFunc(c.quotes, func(x, y quote) int { return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.end, y.end)) })
	no := map[int]int{}
	for i, q := range c.quotes {
		if no[q.which] == 0 {
			no[q.which] = len(no) + 1
		}
		c.quotes[i].no = no[q.which]
	}
}

// once is an id that no other element of the page has.
func (c *cutter) once(id, spare string) string {
	if c.seen[id] {
		id = spare
	}
	c.seen[id] = true
	return id
}

func (c *cutter) passage(start, end int) passage {
	p := passage{Lang: other(c.langAt(start), c.a.w.lang)}
	at := start
	plainTo := func(to int) {
		if to > at {
			p.Blocks = append(p.Blocks, block{Spans: c.spans(at, to)})
			at = to
		}
	}
	in := slices.DeleteFunc(slices.Clone(c.quotes), func(q quote) bool { return q.start >= end || q.end <= start })
	claims := slices.DeleteFunc(slices.Clone(c.rec.Claims), func(k index.Claim) bool { return k.Start < start || k.End > end || k.Start >= k.End })
	for len(in) > 0 || len(claims) > 0 {
		if len(claims) > 0 && (len(in) == 0 || claims[0].Start < in[0].start) {
			k := claims[0]
			claims = claims[1:]
			v := claimView{Text: k.Text, Lang: p.Lang}
			if k.Kind == "document" || k.Kind == "agreement" {
				v.Told = c.a.w.text("claim.told", c.a.w.count("n.agreements", len(c.rec.Agreements)))
			}
			if k.Start >= at && (len(in) == 0 || k.End <= in[0].start) {
				plainTo(k.Start)
				v.ID = c.once("c"+strconv.Itoa(k.Start), "")
				p.Blocks = append(p.Blocks, block{Said: true, ID: v.ID, Spans: c.spans(k.Start, k.End)})
				at = k.End
			}
			p.Claims = append(p.Claims, v)
			continue
		}
		// Quotes that overlap are one stretch with several numbers.
		group := 1
		to := min(in[0].end, end)
		for group < len(in) && in[group].start < to {
			to = max(to, min(in[group].end, end))
			group++
		}
		plainTo(max(in[0].start, start))
		p.Blocks = append(p.Blocks, c.said(&p, in[:group], at, to))
		at = max(at, to)
		in = in[group:]
	}
	plainTo(end)
	return p
}

// said makes the stretch of some quotes, and puts their records beside it.
func (c *cutter) said(p *passage, qs []quote, start, end int) block {
	b := block{Said: true, Spans: c.spans(start, end)}
	for i, q := range qs {
		g := c.rec.Agreements[q.which]
		n := strconv.Itoa(q.no)
		doubt := c.sure[g.ID] < index.Sure
		if i == 0 || b.Doubt && !doubt || b.Doubt == doubt && binds(g.Status) {
			b.Status, b.Doubt = g.Status, doubt
		}
		id := c.once(quoteID(q.id), "q"+n+"-"+strconv.Itoa(q.start))
		ref := noteRef{No: n, ID: id, Href: "#r" + n, Label: c.a.w.text("record.no", n)}
		if i == 0 {
			b.ID, ref.ID = id, ""
		}
		b.Notes = append(b.Notes, ref)
		if c.seen["r"+n] {
			continue
		}
		c.seen["r"+n] = true
		v := c.s.record(c.a, g, c.sure[g.ID])
		v.ID, v.No, v.QuoteID, v.NoLabel = "r"+n, n, id, c.a.w.text("record.quote", n)
		p.Records = append(p.Records, v)
	}
	return b
}

// binds reports whether a status is a binding one: it gives a stretch of several quotes its colour.
func binds(status string) bool { return status == "signed" || status == "in-force" }

// spans cuts a stretch of text at the borders of mentions; one inside another is left to the outer.
func (c *cutter) spans(start, end int) []textSpan {
	var out []textSpan
	at := start
	for _, m := range c.rec.Mentions {
		if m.Start < at || m.End > end || m.Start >= m.End || m.Key == home || !m.Known && !m.Listed() {
			continue
		}
		if m.Start > at {
			out = append(out, textSpan{Runs: c.runs(at, m.Start)})
		}
		t := textSpan{Mention: true, Country: string(m.Kind) == "country", Unconfirmed: unconfirmed(m.Key), Runs: c.runs(m.Start, m.End)}
		if m.Known || m.Listed() {
			t.Href = c.a.entryURL(string(m.Kind), m.Key)
		}
		out = append(out, t)
		at = m.End
	}
	if at < end {
		out = append(out, textSpan{Runs: c.runs(at, end)})
	}
	return out
}

// runs cuts a stretch of text at the borders of matches.
func (c *cutter) runs(start, end int) []run {
	var out []run
	at := start
	for _, m := range c.marks {
		from, to := max(m.Start, at), min(m.End, end)
		if from >= to {
			continue
		}
		if from > at {
			out = append(out, run{Text: c.src[at:from]})
		}
		out = append(out, run{c.src[from:to], true})
		at = to
	}
	if at < end {
		out = append(out, run{Text: c.src[at:end]})
	}
	return out
}

// langAt is the language of the paragraph at a place, or of the article where that is unknown.
func (c *cutter) langAt(at int) string {
	if c.rec.Text != nil {
		for _, p := range c.rec.Text.Paragraphs {
			if p.End > at && p.Lang != "" {
				return string(p.Lang)
			}
		}
	}
	return c.rec.Lang
}
