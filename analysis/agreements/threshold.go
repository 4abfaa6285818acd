package agreements

// What a reader is shown. An agreement that is less sure than Shown is kept, and seen only by those who ask for it; one
// that is less sure than Sure is shown as uncertain. Both have two decimals at most: addresses carry no more.
const (
	Shown = .45 // where F1 on texts that nobody tuned on is best
	Sure  = .7
)
