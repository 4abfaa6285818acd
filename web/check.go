package web

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"kelisim/index"
)

// check reports values of facets that cannot be: a reader who chose «CHN» shall not hear that nothing was found.
func (s *server) check(a *ask) error {
	for _, f := range index.Facets() {
		for _, v := range a.Selection.Include[f.Name] {
			if err := s.checkValue(a, f, v, v); err != nil {
				return err
			}
		}
		for _, v := range a.Selection.Exclude[f.Name] {
			if err := s.checkValue(a, f, v, "-"+v); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkValue checks one value; typed is how the address has it.
func (s *server) checkValue(a *ask, f index.Facet, v, typed string) error {
	values := a.r.URL.Query()
	switch f.Labels {
	case index.ByMessage:
		if allowed := a.w.values(f.Name); !slices.Contains(allowed, v) {
			return choice(f.Name, v, allowed).mended(values, f.Name, typed)
		}
	case index.ByName:
		if _, ok := s.Labels.Entry(f.Name, v); ok || f.Name == "institution" && unconfirmed(v) {
			return nil // what a text gives a key is in no table
		}
		out := &fault{Status: http.StatusBadRequest, Key: "value", Args: []string{f.Name, shown(v)}}
		if near := s.meant(f.Name, v); near != "" {
			out.Key, out.Near = "value.near", near
			out.Args = append(out.Args, near, s.named(a.w, f.Name, near))
		}
		return out.mended(values, f.Name, typed)
	}
	return nil
}

// values are the values of a facet whose words are messages, in the order of those.
func (w *words) values(facet string) (out []string) {
	for _, key := range w.keys {
		if v, ok := strings.CutPrefix(key, facet+"."); ok {
			out = append(out, v)
		}
	}
	return out
}

// meant is the key that a wrong one may stand for: in the wrong case, a country's code of three letters, or a name.
func (s *server) meant(facet, v string) string {
	for _, form := range []string{strings.ToUpper(v), strings.ToLower(v)} {
		if _, ok := s.Labels.Entry(facet, form); ok {
			return form
		}
	}
	if r, err := language.ParseRegion(v); err == nil && facet == "country" {
		if _, ok := s.Labels.Entry(facet, r.String()); ok {
			return r.String()
		}
	}
	for _, key := range s.Labels.Search(facet, v, 1) {
		return key
	}
	return ""
}
