// Package enginetest answers: does an engine keep its promises? Every engine (index/local, index/cluster) runs the same
// test:
//
//	func TestEngine(t *testing.T) {
//		enginetest.Run(t, func(t *testing.T) enginetest.Engine { … })
//	}
//
// A small world of articles and agreements is made by chance (but the same each time), put into the engine, and what
// the engine finds is compared with what a plain reading of the world finds.
package enginetest

import (
	"context"
	"testing"

	"kelisim/index"
)

// Engine is what is tested: an index.Engine that answers requests.
type Engine interface {
	index.Engine
	Search(ctx context.Context, r index.Request) (index.Result, error)
	Frequencies(ctx context.Context, tab index.Tab, least index.Percent, words [][]string) ([]int, error)
	Similar(ctx context.Context, words [][]string) ([][]index.Near, error)
	Words(ctx context.Context, tab index.Tab, begin string, most int) ([]index.Begun, int, error)
}

// Run tests the promises that every engine keeps. open gives an empty engine that is closed with the test.
func Run(t *testing.T, open func(t *testing.T) Engine) {
	for _, promise := range []struct {
		name string
		test func(t *testing.T, open func(t *testing.T) Engine)
	}{
		{"finds what is there", findsWhatIsThere},
		{"a count is the total of its choice", countsAreTotals},
		{"pages show everything once", pagesShowEverythingOnce},
		{"phrases stay in a paragraph", phrasesStayInAParagraph},
		{"kind and institution hold in one agreement", oneAgreement},
		{"dates overlap", datesOverlap},
		{"optional words never exclude", optionalWords},
		{"a later version replaces", replaces},
		{"a number comes with its documents", numberWithDocuments},
		{"stored agreements are given back", givesBackAgreements},
		{"who tells an agreement is known", knowsTellers},
		{"an article finds what its agreement went into", findsMerged},
		{"a wrong agreement is kept and not found", keepsWrong},
		{"an article that is left out is kept and not found", keepsLeft},
		{"hits carry their values", hitsCarryValues},
		{"what is not sure enough is not there", confidence},
		{"words are counted", countsWords},
		{"words that are like one are found", findsSimilar},
		{"words that begin so are found", findsBegun},
		{"a sentence and a title are looked into", looksIntoSentences},
		{"stories are given back and not found", givesBackStories},
		{"stories are found by texts like theirs", findsStoriesAlike},
		{"only those are found that may be", findsOnlyThose},
		{"odd requests are answered", oddRequests},
	} {
		t.Run(promise.name, func(t *testing.T) { promise.test(t, open) })
	}
}

func put(t *testing.T, e Engine, b index.Batch) {
	t.Helper()
	if err := e.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func search(t *testing.T, e Engine, r index.Request) index.Result {
	t.Helper()
	if r.Tab == "" {
		r.Tab = index.Articles
	}
	if r.Sort == "" {
		r.Sort = index.Relevance
	}
	res, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("%v: %v", r, err)
	}
	return res
}

func ids(res index.Result) []string {
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.ID)
	}
	return out
}
