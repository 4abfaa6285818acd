package agreements

import "kelisim/analysis/agreements/deeds"

// What is kept and shown of what the score finds. Below Stored there is no record. One that is less sure than Shown is
// kept, and seen only by those who ask for it; one that is less sure than Sure is shown as uncertain. All have two
// decimals at most: addresses carry no more.
const (
	Stored = deeds.Stored
	Shown  = deeds.Shown // where F1 on texts that nobody tuned on is best
	Sure   = deeds.Sure
)
