package outlets

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words is what the text's reader knows.
type Words struct {
	Ending    func(string) bool                       // a Kazakh ending
	Reporting func(string) bool                       // a word of reporting
	OfState   func(start, end int, state string) bool // the office named at a place of the text may be the state's
}

// ReportedBy finds the key of the outlet that a text itself names as its source: in the dateline («АСТАНА. KAZINFORM –») or
// beside a word of reporting in the first or last sentences («деп хабарлайды BAQ.KZ», «передает агентство Kazinform»); or "".
func (l List) ReportedBy(text string, w *Words) string {
	head := text[:min(len(text), 3000)]
	best, at := "", len(head)
	for _, o := range l {
		for _, s := range o.Names()[1:] {
			for from := 0; ; {
				i := strings.Index(head[from:], s)
				if i < 0 {
					break
				}
				i += from
				from = i + len(s)
				end := w.wordEnd(head, i+len(s))
				if i < at && end > 0 && whole(head, i, end) && w.saysSo(head, i, end) && (o.State == "" || w.OfState(i, end, o.State)) {
					best, at = o.Key, i
				}
			}
		}
	}
	return best
}

// wordEnd is the end of the word that goes on at a place of a text, if what goes on is a Kazakh ending
// («министрлігінің»); else 0.
func (w *Words) wordEnd(s string, at int) int {
	end := at
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += size
	}
	if end == at {
		return at
	}
	if w.Ending(s[at:end]) {
		return end
	}
	return 0
}

// reach is how far from an outlet's name a word of reporting may stand.
const reach = 160 // bytes

// saysSo reports whether a name at a place of a text is given as its source.
func (w *Words) saysSo(s string, start, end int) bool {
	if line := strings.LastIndexByte(s[:start], '\n') + 1; dateline(s[line:start], s[end:]) {
		return true
	}
	from := max(0, start-reach)
	if i := strings.LastIndexAny(s[from:start], "\n!?"); i >= 0 {
		from += i
	}
	to := min(len(s), end+reach)
	if i := strings.IndexAny(s[end:to], "\n!?"); i >= 0 {
		to = end + i
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(strings.ToValidUTF8(s[from:to], " ")), func(r rune) bool { return strings.ContainsRune(" ,.:«»\"–—\n\u00a0", r) }) {
		if w.Reporting(word) {
			return true
		}
	}
	return false
}

// dateline reports whether an outlet's name stands between a city in capitals and a dash.
func dateline(before, after string) bool {
	before = strings.TrimSpace(before)
	after = strings.TrimLeft(after, " \u00a0»")
	return before == strings.ToUpper(before) && len(before) < 80 && (strings.HasPrefix(after, "–") || strings.HasPrefix(after, "—") || strings.HasPrefix(after, "-"))
}

// whole reports whether s[i:j] is not part of a longer word.
func whole(s string, i, j int) bool {
	letter := func(r rune) bool {
		return r == '_' || r >= '0' && r <= '9' || strings.ToLower(string(r)) != strings.ToUpper(string(r))
	}
	before := []rune(lastRunes(s[:i]))
	after := []rune(firstRunes(s[j:]))
	return !(len(before) > 0 && letter(before[len(before)-1])) && !(len(after) > 0 && letter(after[0]))
}

func lastRunes(s string) string  { return strings.ToValidUTF8(s[max(0, len(s)-4):], "") }
func firstRunes(s string) string { return strings.ToValidUTF8(s[:min(len(s), 4)], "") }
