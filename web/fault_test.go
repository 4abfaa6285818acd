package web_test

import (
	"strings"
	"testing"
)

// A wrong value is named with the nearest right one, and a link leads to the same search with it.
func TestWrongValuesAreNamed(t *testing.T) {
	s := seedSite(t)
	for _, tt := range []struct{ address, says, link string }{
		{"/?q=форум&country=CHN&hl=en", "Did you mean “CN” (China)?", `href="?country=CN&amp;hl=en&amp;q=%D1%84%D0%BE%D1%80%D1%83%D0%BC"`},
		{"/agreements?kind=memorandums&hl=ru", "Возможно, «memorandum»?", `href="?hl=ru&amp;kind=memorandum"`},
		{"/agreements?status=-sined&hl=kk", "Мүмкін, «signed»?", `href="?hl=kk&amp;status=-signed"`},
		{"/agreements?contry=EE&hl=en", "There is no parameter “contry”. Did you mean “country”?", `href="?country=EE&amp;hl=en"`},
		{"/?status=foo&hl=en", "It can be: signed, in-force, agreed, planned, discussed, background.", `href="?hl=en"`},
		{"/?institution=ror:none&hl=ru", "неизвестное значение «ror:none»", `href="?hl=ru"`},
	} {
		w := s.get(t, tt.address)
		page := body(t, w)
		if w.Code != 400 || !strings.Contains(words(page), tt.says) || !strings.Contains(page, tt.link) {
			t.Errorf("%s: status %d, without %q or %s in %s", tt.address, w.Code, tt.says, tt.link, words(page))
		}
	}
}
