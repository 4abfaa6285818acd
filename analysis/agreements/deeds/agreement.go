package deeds

import "strings"

// Party is one side of an agreement.
type Party struct {
	Key     string `json:"key"`     // of names, "" for an unnamed side
	Name    string `json:"name"`    // display name; for an unnamed side «universities, CN», «partners, CN» or «country, CN»
	Country string `json:"country"` // ISO 3166-1 alpha-2, "" if unknown
	Text    string `json:"text"`    // as written, "" for an unnamed side
	// Unlisted marks a ministry, network or company: it is a party, but no value of the facet. index.Read fills it.
	Unlisted bool `json:"unlisted,omitempty"`
	// Parent is the key of the institution whose branch the party is: both count as one party. index.Read fills it.
	Parent string `json:"parent,omitempty"`
}

// Unnamed reports which kind of side a party without a name is: universities, partners or country; "" for a named one.
func (p Party) Unnamed() string {
	if p.Key != "" || p.Text != "" {
		return ""
	}
	kind, _, _ := strings.Cut(p.Name, ", ")
	return kind
}

// Evidence is one place that tells an agreement, with what it says there.
type Evidence struct {
	ID         string  `json:"id"`       // of what it tells, read by itself: the agreement is found by it too; see Told
	Article    string  `json:"article"`  // id; index.Read fills Article, Reported, Lang and Outlet
	Reported   string  `json:"reported"` // the article's date
	Lang       string  `json:"lang"`     // of the article
	Outlet     string  `json:"outlet"`   // key, or ""
	Kind       string  `json:"kind"`
	Status     string  `json:"status"`
	Date       string  `json:"date"`  // as stated: "", YYYY[-MM[-DD]] or start/end
	Quote      string  `json:"quote"` // the whole sentence
	Start      int     `json:"start"` // bytes in the article's Text
	End        int     `json:"end"`
	Rule       string  `json:"rule"`
	Confidence float64 `json:"confidence"` // 0–1
	// Why are the features that weighed most, strongest first, as lines of weights.tsv: «pair|told|signed|doc».
	Why       []string `json:"why,omitempty"`
	Corrected string   `json:"corrected,omitempty"`
	Parties   []Party  `json:"parties,omitempty"` // as this place names them; Told fills Parties and Subject
	Subject   string   `json:"subject,omitempty"`
	// Read is what was read where a correction changed it: evidence is merged by it.
	Read *Reading `json:"read,omitempty"`
}

// Reading is what a correction may change of a piece of evidence.
type Reading struct {
	Kind   string `json:"kind"`
	Status string `json:"status"`
	Date   string `json:"date"`
}

// Agreement is who agreed what with whom.
type Agreement struct {
	ID       string     `json:"id"` // of its earliest evidence; that of any other finds it too
	Kind     string     `json:"kind"`
	Status   string     `json:"status"`
	Date     string     `json:"date"`     // as stated, or ""
	Reported string     `json:"reported"` // the earliest evidence's article date: what the facet uses when Date is empty
	Subject  string     `json:"subject"`
	Parties  []Party    `json:"parties"`
	Evidence []Evidence `json:"evidence"`
	// Wrong says that somebody found it to be none: it is kept, so that later evidence joins it, and shown to nobody.
	Wrong bool `json:"wrong,omitempty"`
	// Crowd says that more articles may tell it than it has evidence of: see MostAlike.
	Crowd bool `json:"crowd,omitempty"`
}
