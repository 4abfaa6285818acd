package web_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index"
)

// A page shows of an article what the index keeps of it, and that is what would be read again.
func TestKeptAsRead(t *testing.T) {
	ctx := context.Background()
	for name, s := range map[string]*site{"seeds": seedSite(t), "doubtful": doubtfulSite(t)} {
		for _, h := range s.search(t, "/api/v1/search").Hits {
			kept, _, err := s.searcher.View(ctx, h.ID)
			if err != nil {
				t.Fatal(err)
			}
			read, _, err := s.searcher.ViewAnew(ctx, h.ID)
			if err != nil {
				t.Fatal(err)
			}
			if len(read.Record.Mentions) == 0 {
				t.Errorf("%s %s: nothing is named", name, h.ID)
			}
			read.Record.Mentions = slices.DeleteFunc(slices.Clone(read.Record.Mentions), func(m index.Mention) bool { return !m.Known && !m.Listed() })
			for _, v := range []*index.View{&kept, &read} {
				v.Record.Text = nil // the same as ever
				for i := range v.Record.Mentions {
					m := &v.Record.Mentions[i]
					m.First, m.Last, m.How, m.Name = 0, 0, "", "" // no page asks
					if m.Known = m.Known || m.Kind == "country"; !m.Known {
						m.Body, m.Country = "", ""
					}
					if m.Kind == "country" {
						m.Known = true
					}
				}
			}
			if d := cmp.Diff(read, kept); d != "" {
				t.Errorf("%s %s: read − kept +\n%s", name, h.ID, d)
			}
		}
	}
}
