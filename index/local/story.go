package local

import (
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"kelisim/index"
)

// storyDocument makes the document of a story.
func storyDocument(s index.Story) (*document.Document, error) {
	b := newBuilder(storyPrefix+s.ID, typeStory)
	var traits []uint32
	for i := range s.Members {
		b.value(fieldMember, s.Members[i].Article)
		if !s.Full() {
			traits = append(traits, s.Members[i].Sketch.Traits()...)
		}
	}
	slices.Sort(traits)
	b.words.traits(slices.Compact(traits))
	return b.done(index.Date{}, index.Date{}, stored{Story: &s})
}

// Stories implements index.Engine.
func (g *generation) Stories(ctx context.Context, l index.StoryLookup) (out []index.Story, err error) {
	defer guarded(&err)()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := g.core.Reader()
	if err != nil {
		return nil, fmt.Errorf("read stories: %w", err)
	}
	defer r.Close()
	like := seek(l.Like)
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		found, err := holding(s, fieldMember, l.Articles)
		if err != nil {
			return nil, err
		}
		if len(l.Like) > 0 {
			same, err := like.in(s)
			if err != nil {
				return nil, err
			}
			found.AddMany(same)
		}
		for it := found.Iterator(); it.HasNext(); {
			d, err := document1(s, it.Next())
			if err != nil {
				return nil, err
			}
			if d.Story != nil {
				out = append(out, *d.Story)
			}
		}
	}
	return out, nil
}

// Stories implements index.Engine.
func (e *Engine) Stories(ctx context.Context, l index.StoryLookup) ([]index.Story, error) {
	g, err := e.serving()
	if err != nil {
		return nil, err
	}
	found, err := g.Stories(ctx, l)
	if err != nil {
		err = e.suspect(g, err)
	}
	return found, err
}

// only are the documents of some articles or agreements, by segment; nil where all may be hits.
func (v *view) only(ids []string, tab int) ([]docs, error) {
	if ids == nil {
		return nil, nil
	}
	prefix := articlePrefix
	if tab == tabAgreements {
		prefix = agreementPrefix
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = prefix + id
	}
	out := make([]docs, len(v.segs))
	for i, s := range v.segs {
		found, err := holding(s.snap, fieldID, keys)
		if err != nil {
			return nil, err
		}
		out[i] = make(docs, wordsFor(s.n))
		for it := found.Iterator(); it.HasNext(); {
			out[i].add(it.Next())
		}
	}
	return out, nil
}
