package cluster

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"kelisim/index"
)

// A story is kept among the agreements as one that no search finds. What it is called and looked for by begins with a sign that no
// id and no group of theirs has.
const storySign = "\u241e"

func storyDocument(s index.Story, batch int) document {
	d := document{ID: storySign + s.ID, Batch: batch, Wrong: true, Facet: map[string][]string{}, Stored: stored{Story: &s}}
	var traits []uint32
	for i := range s.Members {
		d.Evidence = append(d.Evidence, storySign+s.Members[i].Article)
		if !s.Full() {
			traits = append(traits, s.Members[i].Sketch.Traits()...)
		}
	}
	d.Groups = traitTerms(traits)
	d.Dates = datesOf(index.Date{}, index.Date{})
	d.Reports = d.Dates
	return d
}

// traitTerms are traits as a document has them, each once.
func traitTerms(traits []uint32) (out []string) {
	traits = slices.Clone(traits)
	slices.Sort(traits)
	for _, t := range slices.Compact(traits) {
		out = append(out, storySign+strconv.FormatUint(uint64(t), 36))
	}
	return out
}

func storyKeys(ids []string) (out []string) {
	for _, id := range ids {
		out = append(out, storySign+id)
	}
	return out
}

// Stories implements index.Engine.
func (e *Engine) Stories(ctx context.Context, l index.StoryLookup) (out []index.Story, err error) {
	err = e.withSome(ctx, func(v *view) error {
		out = nil
		var traits []uint32
		for _, s := range l.Like {
			traits = append(traits, s.Near()...)
		}
		p := putting{e: e, v: v}
		seen := map[string]bool{}
		return p.each(ctx, agreements, []string{"evidence", "group"}, [][]string{storyKeys(l.Articles), traitTerms(traits)}, func(_ string, d document) {
			if d.Stored.Story != nil && !seen[d.ID] {
				seen[d.ID] = true
				out = append(out, *d.Stored.Story)
			}
		})
	})
	if err != nil {
		return nil, fmt.Errorf("look up stories: %w", err)
	}
	return out, nil
}
