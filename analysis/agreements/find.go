package agreements

import (
	"kelisim/analysis"
	"kelisim/analysis/names"
)

// Find reads agreements and claims out of a text. ms are the mentions that names.Recognize found in it; reported is
// the article's date (YYYY-MM-DD, or shorter, or "").
func Find(x *analysis.Text, ms []names.Mention, reported string) ([]Agreement, []Claim) {
	return nil, nil
}
