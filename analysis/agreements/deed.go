package agreements

import "kelisim/analysis/agreements/deeds"

// What is read, named here so that a reader of texts needs no other package.
type (
	Party     = deeds.Party
	Evidence  = deeds.Evidence
	Agreement = deeds.Agreement
	Reading   = deeds.Reading
)
