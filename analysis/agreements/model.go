package agreements

import (
	"sync"

	"kelisim/analysis/agreements/weights"
)

// What features are written on, named here since every step speaks of them.
type (
	feature = weights.Feature
	sheet   = weights.Sheet
)

var builtin = sync.OnceValue(func() *weights.Model {
	raw, err := data.ReadFile("data/weights.tsv")
	if err != nil {
		panic(err) // embedded
	}
	m, err := weights.Read(string(raw))
	if err != nil {
		panic(err) // our own data
	}
	return m
})
