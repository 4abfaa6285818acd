package index

import (
	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/agreements/claims"
	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/names"
)

// The spans that the packages of analysis find, named here so that every room can say them.
type (
	Mention   = names.Mention
	Entry     = names.Entry
	Agreement = agreements.Agreement
	Evidence  = agreements.Evidence
	Party     = agreements.Party
	AsRead    = agreements.Reading // what was read where a correction changed it
	Claim     = claims.Claim
)

// MostAlike is how many pieces of evidence an agreement keeps that are alike: see [deeds.MostAlike].
const MostAlike = deeds.MostAlike

// Record is an article and what the program read out of it.
type Record struct {
	Article    Article
	Lang       string // kk, ru, en, or "" where unknown
	Outlet     string // a key of names/data/outlets.tsv, or ""
	Text       *analysis.Text
	Mentions   []Mention   // ordered by start
	Agreements []Agreement // each with one Evidence, whose Article is this one
	Claims     []Claim
	Member     Member // what stories know of it; Read leaves it empty, a Keeper fills it
	Left       bool   // it is kept, but not found: less relevant than its sources ask for
}
