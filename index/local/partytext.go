package local

import (
	"sync"

	"kelisim/analysis"
	"kelisim/index"
)

// An agreement is found by its parties' names in three languages, and written anew with each article that tells it: the same few names were
// analysed again and again; without that its document costs half (.53 s of 10,000 generated articles, .22). Those read last are kept: 2,048
// of 256 bytes at most.

type textsRead struct {
	mu sync.Mutex
	by map[index.TextIn]*analysis.Text
}

var partyTexts textsRead

const (
	mostPartyTexts   = 2048
	longestPartyText = 256 // bytes
)

// read gives a text as analysis reads it. It is shared: nobody changes it.
func (r *textsRead) read(t index.TextIn) *analysis.Text {
	r.mu.Lock()
	x := r.by[t]
	r.mu.Unlock()
	if x != nil {
		return x
	}
	x = analysis.Read(t.Text, analysis.Lang(t.Lang))
	if len(t.Text) > longestPartyText {
		return x
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by == nil || len(r.by) >= mostPartyTexts {
		r.by = map[index.TextIn]*analysis.Text{}
	}
	r.by[t] = x
	return x
}
