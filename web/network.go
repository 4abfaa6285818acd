package web

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
	"kelisim/web/chart"
)

const (
	mostNodes = 60 // of a network: each is a search
	mostPairs = 40 // lines and rows of a page; the file has all
)

// networking is who stands with whom.
type networking struct {
	Base  request // the search, with what is chosen among institutions as a part of its text
	Nodes []index.Count
	Rest  []index.Count // institutions that have no room
	Pairs []pair        // the most frequent first
	Page  index.Page    // of the search as it was asked for
}

// pair is two nodes that are named together so often.
type pair struct{ A, B, Count int }

// lifted makes what is chosen in a facet a part of the query's text: a facet's own counts leave its own choice out, and here
// they shall keep it.
func (r request) lifted(facet string) request {
	var any []string
	for _, v := range r.Selection.Include[facet] {
		any = append(any, strings.Trim(asField(facet, v), "()"))
	}
	parts := []string{r.Text}
	if len(any) > 0 {
		parts = append(parts, "("+strings.Join(any, " OR ")+")")
	}
	for _, v := range r.Selection.Exclude[facet] {
		parts = append(parts, "(NOT "+asField(facet, v)[1:])
	}
	r.Text = strings.TrimSpace(strings.Join(parts, " "))
	r.Selection = r.Selection.WithoutFacet(facet)
	return r
}

// naming is a search for what names one institution more.
func (r request) naming(key string) request {
	r.Text = strings.TrimSpace(r.Text + " " + asField("institution", key))
	return r
}

// of is the list of what names a node, and together of what names both of a pair.
func (x *networking) of(node int) request {
	r := x.Base
	r.Selection = r.Selection.With("institution", x.Nodes[node].Key)
	return r
}

func (x *networking) together(p pair) request {
	r := x.Base.naming(x.Nodes[p.A].Key)
	r.Selection = r.Selection.With("institution", x.Nodes[p.B].Key)
	return r
}

// networking counts: for each node the institutions beside it.
func (s *server) networking(a *ask) (networking, error) {
	p, err := s.count(a, a.request)
	if err != nil {
		return networking{}, err
	}
	a.notes = p.Notes
	out := networking{Base: a.listed().lifted("institution"), Page: p}
	all, err := s.count(a, out.Base)
	if err != nil {
		return out, err
	}
	values := slices.DeleteFunc(slices.Clone(counts(all, "institution")), func(c index.Count) bool { return c.Count == 0 })
	slices.SortStableFunc(values, func(x, y index.Count) int { return guess(x.Key) - guess(y.Key) })
	room := min(len(values), mostNodes)
	out.Nodes, out.Rest = values[:room], values[room:]
	beside := make([][]index.Count, room)
	err = s.together(max(room-1, 0), func(i int) error {
		p, err := s.count(a, out.Base.naming(out.Nodes[i].Key))
		beside[i] = counts(p, "institution")
		return err
	})
	at := map[string]int{}
	for i, c := range out.Nodes {
		at[c.Key] = i
	}
	for i := range beside {
		for _, c := range beside[i] {
			if j, ok := at[c.Key]; ok && j > i && c.Count > 0 {
				out.Pairs = append(out.Pairs, pair{i, j, c.Count})
			}
		}
	}
	slices.SortStableFunc(out.Pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out, err
}

// networkView is the page of a network.
type networkView struct {
	numbersView
	SVG         template.HTML // "" where there is no pair
	Pairs       []pairRows
	Caption     string
	Alone, Rest []partnerView
	List        link // of all institutions
}

// pairRows are the pairs of an institution in the table, in Rows lines.
type pairRows struct {
	A    nameView
	Rows string
	With []pairRow
}

type pairRow struct {
	B     nameView
	Count link
}

// network answers «tab=network».
func (s *server) network(a *ask) (view, error) {
	x, err := s.networking(a)
	if err != nil {
		return view{}, err
	}
	name := a.w.text("network.heading", a.w.count(unit(a.Tab), x.Page.Total))
	v := networkView{numbersView: s.numbers(a, x.Page, name, "count"), Caption: a.w.text("network.caption")}
	n := chart.Network{Alt: chart.Alt{ID: "network", Title: a.w.text("network.title"), Desc: a.w.text("network.desc")}}
	drawn := x.Pairs[:min(len(x.Pairs), mostPairs)]
	place := map[int]int{} // node → its place in the picture
	names := make([]nameView, len(x.Nodes))
	for i, c := range x.Nodes {
		label := s.named(a.w, "institution", c.Key)
		names[i] = nameView{label, langOf(label, a.w.lang), unconfirmed(c.Key)}
	}
	put := func(i int) int {
		if at, ok := place[i]; ok {
			return at
		}
		c := x.Nodes[i]
		e, _ := s.Labels.Entry("institution", c.Key)
		place[i] = len(n.Nodes)
		n.Nodes = append(n.Nodes, chart.Node{
			Link: chart.Link{Href: x.of(i).href()},
			Name: names[i].Text, Text: a.w.number(c.Count), Lang: names[i].Lang, Right: e.Country != home, Dim: names[i].Guess,
		})
		return place[i]
	}
	for _, p := range drawn {
		to := x.together(p).href()
		n.Edges = append(n.Edges, chart.Edge{
			Link: chart.Link{Href: to, Title: names[p.A].Text + " — " + names[p.B].Text + ": " + a.w.count(unit(a.Tab), p.Count)},
			A:    put(p.A), B: put(p.B), Value: p.Count,
		})
		i := slices.IndexFunc(v.Pairs, func(r pairRows) bool { return r.A == names[p.A] })
		if i < 0 {
			i = len(v.Pairs)
			v.Pairs = append(v.Pairs, pairRows{A: names[p.A]})
		}
		v.Pairs[i].With = append(v.Pairs[i].With, pairRow{names[p.B], link{Href: to, Text: a.w.number(p.Count)}})
		v.Pairs[i].Rows = strconv.Itoa(len(v.Pairs[i].With))
	}
	if len(drawn) > 0 {
		v.SVG = template.HTML(n.SVG())
	}
	for i, c := range x.Nodes {
		if _, ok := place[i]; ok {
			continue
		}
		if slices.ContainsFunc(x.Pairs, func(p pair) bool { return p.A == i || p.B == i }) {
			x.Rest = append(x.Rest, c)
			continue
		}
		v.Alone = append(v.Alone, s.beside(a, c, x.of(i)))
	}
	for _, c := range x.Rest[:min(len(x.Rest), mostNodes)] {
		to := x.Base
		to.Selection = to.Selection.With("institution", c.Key)
		v.Rest = append(v.Rest, s.beside(a, c, to))
	}
	if len(x.Rest) > mostNodes {
		list := x.Base
		list.More = "institution"
		v.List = link{Href: list.href(), Text: a.w.text("network.list")}
	}
	if len(x.Pairs) > len(drawn) {
		v.More = append(v.More, a.w.text("network.pairs", a.w.number(len(drawn)), a.w.number(len(x.Pairs))))
	}
	v.Files = a.shownFiles(a.w.text("network.files", a.w.number(len(x.Pairs))))
	return view{page: "network.html", data: v}, nil
}

// beside is an institution that is not in the picture.
func (s *server) beside(a *ask, c index.Count, to request) partnerView {
	label := s.named(a.w, "institution", c.Key)
	return partnerView{nameView{label, langOf(label, a.w.lang), unconfirmed(c.Key)}, c.Key, a.entryURL("institution", c.Key), link{Href: to.href(), Text: a.w.count(unit(a.Tab), c.Count)}}
}

// networkSheet is a network as a file has it: a line a pair.
func (s *server) networkSheet(a *ask) (sheet, error) {
	x, err := s.networking(a)
	out := sheet{
		names: []string{"institution", "key", "with", "with_key", string(a.Tab)},
		keys:  []string{"institution", "key", "with", "with_key", "count"},
	}
	for _, p := range x.Pairs {
		one, other := x.Nodes[p.A].Key, x.Nodes[p.B].Key
		out.rows = append(out.rows, []any{s.named(a.w, "institution", one), one, s.named(a.w, "institution", other), other, p.Count})
	}
	return out, err
}
