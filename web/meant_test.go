package web_test

import (
	"strings"
	"testing"
)

// A hit names first the agreement whose parties the query means, though others of its article are as firm.
func TestMeantPartiesFirst(t *testing.T) {
	page := says(t, "/?q=КазНУ+Эстония&hl=en")
	_, hit, ok := strings.Cut(page, `class="parties"`)
	if !ok {
		t.Fatal("no hit names its agreements")
	}
	if i, j := strings.Index(hit, "Al-Farabi Kazakh National University"), strings.Index(hit, "Women"); i < 0 || j >= 0 && j < i {
		t.Errorf("the first hit's agreements: %.400s", hit)
	}
}
