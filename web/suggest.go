package web

import (
	"maps"
	"slices"
	"strings"

	"kelisim/index"
)

const (
	suggested     = 8   // ways to go on, where an address does not say
	mostSuggested = 20  // that it may ask for
	maxTyped      = 200 // characters; more is no beginning
)

// suggestParameters are fewer than those of a search: what is chosen in the facets changes no suggestion.
var suggestParameters = []string{"q", "hl", "size"}

type suggestJSON struct {
	Kind  string `json:"kind"` // institution, country or word
	Key   string `json:"key,omitempty"`
	Label string `json:"label"`
	Lang  string `json:"lang,omitempty"` // of the label, where it is not the reader's
	Count int    `json:"count"`          // articles
	Said  string `json:"said"`           // the kind and the count in the reader's words
	Q     string `json:"q"`              // what is typed with it
	URL   string `json:"url"`            // where it leads
}

// apiSuggest answers what is being typed: institutions, countries and words of the index.
func (s *server) apiSuggest(a *ask) (any, error) {
	for _, name := range slices.Sorted(maps.Keys(a.r.URL.Query())) {
		if !slices.Contains(suggestParameters, name) && !isForeign(name) {
			return nil, unknown(name, suggestParameters)
		}
	}
	if a.Size > mostSuggested {
		return nil, bad("number", "size", a.r.URL.Query().Get("size"), "1", a.w.number(mostSuggested))
	}
	size := a.Size
	if size == 0 {
		size = suggested
	}
	typed := strings.TrimLeft(a.r.URL.Query().Get("q"), " ") // white space at the end finishes a word
	if finished := strings.TrimRight(typed, " \u00a0") != typed; a.Text != "" && finished {
		a.Text += " "
	}
	out := struct {
		Said        string        `json:"said"`
		Suggestions []suggestJSON `json:"suggestions"`
	}{Suggestions: []suggestJSON{}}
	if len([]rune(a.Text)) <= maxTyped {
		found, err := s.Searcher.Suggest(a.ctx, a.Text, a.w.lang, size)
		if err != nil {
			return nil, err
		}
		for _, g := range found {
			out.Suggestions = append(out.Suggestions, s.suggestion(a, g))
		}
	}
	out.Said = a.w.count("suggest.found", len(out.Suggestions))
	return out, nil
}

func (s *server) suggestion(a *ask, g index.Suggestion) suggestJSON {
	to := a.on("/").asking(g.Query)
	j := suggestJSON{Kind: "word", Key: g.Key, Label: g.Text, Lang: langOf(g.Text, a.w.lang), Count: g.Count, Q: g.Query.Text, URL: to.url()}
	if g.Facet != "" {
		j.Kind = g.Facet
	}
	j.Said = a.w.text("suggest."+j.Kind, a.w.count("n.articles", g.Count))
	return j
}
