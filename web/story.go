package web

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/index"
)

// foldView is the rest of a story below its first hit.
type foldView struct {
	Text    string // «+2 more»
	Others  []neighbourView
	More    string // how many are not named
	Differs string // what they tell otherwise, a sentence
}

// fold shows who else tells a hit's story; nil where nobody does.
func (s *server) fold(a *ask, h index.Hit) *foldView {
	n := len(h.Others) + h.More
	if n == 0 {
		return nil
	}
	v := &foldView{Text: a.w.count("story.more", n), Others: s.neighbours(a, h.Others), Differs: s.differs(a, h)}
	if h.More > 0 {
		v.More = a.w.count("hit.more", h.More)
	}
	return v
}

// differs tells in a sentence what the articles of a story tell otherwise, "" where nothing is.
func (s *server) differs(a *ask, h index.Hit) string {
	who := map[string]string{h.ID: s.teller(a, h.Outlet, h.StatedOutlet, h.ID)}
	for _, n := range h.Others {
		who[n.ID] = s.teller(a, n.Outlet, n.StatedOutlet, n.ID)
	}
	var parts []string
	for _, d := range h.Differences {
		var values, says []string
		tellers := map[string][]string{} // by what they say, as the reader sees it: two keys may be one name
		for _, x := range d.Says {
			said := s.said(a, d.What, x)
			if !slices.Contains(values, said) {
				values = append(values, said)
			}
			for _, id := range x.Articles {
				if !slices.Contains(tellers[said], who[id]) {
					tellers[said] = append(tellers[said], who[id])
				}
			}
		}
		if len(values) < 2 {
			continue
		}
		for _, said := range values {
			says = append(says, a.w.text("story.says", said, strings.Join(tellers[said], ", ")))
		}
		parts = append(parts, a.w.text("story.differ."+d.What, strings.Join(says, ", ")))
	}
	if len(parts) == 0 {
		return ""
	}
	return a.w.text("story.differs", strings.Join(parts, "; "))
}

// teller names who tells: an outlet, or an article of none.
func (s *server) teller(a *ask, outlet, stated, id string) string {
	return cmp.Or(s.outlet(a.w, outlet, stated), id)
}

// said is one way to tell it in words.
func (s *server) said(a *ask, what string, x index.Saying) string {
	switch what {
	case "date":
		return a.w.stated(x.Value).Text
	case "status":
		return a.w.status(x.Value, 0).Text
	case "kind":
		return a.w.kind(x.Value)
	case "parties":
		var names []string
		for _, p := range x.Parties {
			names = append(names, s.side(a, p).Name)
		}
		return strings.Join(names, " × ")
	}
	return x.Value
}

// The values of «group»: whether articles that tell one story are one hit. On pages they are unless it is 0, for programs if it is 1.
const (
	apart     = "0"
	inStories = "1"
)

// grouping leads from a list with one hit a story, where it has some, to each article by itself, and back.
func (a *ask) grouping(p index.Page) link {
	r := a.request
	r.Cursor = ""
	switch {
	case a.Tab != index.Articles:
	case a.Group == apart:
		r.Group = ""
		return link{Href: r.href(), Text: a.w.text("group.1")}
	case p.Folded > 0:
		r.Group = apart
		return link{Href: r.href(), Text: a.w.text("group.0")}
	}
	return link{}
}
