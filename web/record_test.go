package web

import (
	"testing"

	"kelisim/index"
)

// A day that is to come when it is told of is the text's, but no day of signing.
func TestSigningIsNotToCome(t *testing.T) {
	a := &ask{w: allWords["en"]}
	for _, tt := range []struct{ date, reported, want string }{
		{"2025-11-17", "2025-11-17", "Signed:"}, {"2025-11", "2025-11-17", "Signed:"}, {"2025-08-30/2025-09-03", "2025-09-02", "Signed:"}, {"2025-11-17", "2025", "Signed:"}, {"2024", "", "Signed:"},
		{"2027", "2025-10-22", "Date stated:"}, {"2025-11-18", "2025-11-17", "Date stated:"},
	} {
		if got := a.days(index.Agreement{Status: "signed", Date: tt.date, Reported: tt.reported})[0].Word; got != tt.want {
			t.Errorf("%s, reported %s: %q, want %q", tt.date, tt.reported, got, tt.want)
		}
	}
}
