package index

import "kelisim/analysis/names"

// AgreementTexts gives what an agreement is found by: its parties' names as written and in three languages, its subject, and its
// quotes. A word counts most among the parties, more in the subject, which stands in the quote again, than in the quote alone.
func AgreementTexts(a Agreement, t *names.Table) []TextIn {
	var out []TextIn
	seen := map[TextIn]bool{}
	add := func(lang, text string, party bool) {
		x := TextIn{lang, text, party}
		if text != "" && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	for _, e := range a.Evidence {
		add(e.Lang, e.Quote, false)
	}
	lang := ""
	if len(a.Evidence) > 0 {
		lang = a.Evidence[0].Lang
	}
	add(lang, a.Subject, false)
	for _, p := range a.Parties {
		add(lang, p.Text, true)
		for _, l := range []string{"kk", "ru", "en"} {
			if p.Key != "" {
				add(l, t.Label(string(names.Institution), p.Key, l), true)
			}
			if p.Country != "" {
				add(l, t.Label(string(names.Country), p.Country, l), true)
			}
		}
	}
	return out
}
