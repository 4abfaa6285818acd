package agreements

// Confidence from which a record is kept, shown by default (where F1 is best on unseen texts), and sure.
var (
	Stored = envf("TH", .45)
	Shown  = envf("TH", .45)
)
