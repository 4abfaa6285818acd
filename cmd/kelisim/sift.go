package main

import (
	"context"
	"slices"
	"strings"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/fetch"
	"kelisim/index/source"
)

// thresholds are the sources of the config file that ask for relevance: what is less likely about education than one of them asks for is
// archived and not indexed. nil where --all is given.
func (a *app) thresholds() (out []fetch.Source) {
	if a.all || a.config == nil {
		return nil
	}
	for _, s := range a.config.Sources {
		if s.Relevance > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(x, y fetch.Source) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// sift gives what marks records to be left out; nil where no source asks for it. An article that several sources led to is held to the
// mildest of them; one that was read from a file by «index», or whose source the config file no longer names, is always indexed.
func (a *app) sift(arch *archive.Archive) func(context.Context, []*index.Record) error {
	asking := a.thresholds()
	if len(asking) == 0 {
		return nil
	}
	roots := map[string]string{}
	for _, s := range asking {
		if root, err := source.Canonical(s.Address); s.Kind == fetch.Folder && err == nil {
			roots[s.Name] = root
		}
	}
	return func(ctx context.Context, records []*index.Record) error {
		ids := make([]string, len(records))
		for i, r := range records {
			ids[i] = r.Article.ID
		}
		sources, err := arch.SourcesOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, r := range records {
			if least := leastRelevance(asking, roots, r.Article.Path, sources[r.Article.ID]); least > 0 {
				p, _ := index.Relevant(r)
				r.Left = p < least
			}
		}
		return nil
	}
}

// leastRelevance is what an article from a path is held to, 0 where it is indexed whatever it is about.
func leastRelevance(asking []fetch.Source, roots map[string]string, path string, sources []string) float64 {
	if !strings.Contains(path, "://") { // a file: of a folder that is followed, or read by «index»
		sources = nil
		for _, s := range asking {
			if root, ok := roots[s.Name]; ok && source.Under(path, []string{root}) {
				sources = append(sources, s.Name)
			}
		}
	}
	least := 0.0
	for i, name := range sources {
		at := slices.IndexFunc(asking, func(s fetch.Source) bool { return s.Name == name })
		if at < 0 {
			return 0
		}
		if s := asking[at]; i == 0 || s.Relevance < least {
			least = s.Relevance
		}
	}
	return least
}
