package index

import "kelisim/analysis/names"

// AgreementTexts gives what an agreement is found by: its quotes, its subject, and its parties' names as written and in
// three languages.
func AgreementTexts(a Agreement, t *names.Table) []TextIn {
	var out []TextIn
	seen := map[TextIn]bool{}
	add := func(lang, text string) {
		x := TextIn{lang, text}
		if text != "" && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	for _, e := range a.Evidence {
		add(e.Lang, e.Quote)
	}
	lang := ""
	if len(a.Evidence) > 0 {
		lang = a.Evidence[0].Lang
	}
	add(lang, a.Subject)
	for _, p := range a.Parties {
		add(lang, p.Text)
		for _, l := range []string{"kk", "ru", "en"} {
			if p.Key != "" {
				add(l, t.Label(string(names.Institution), p.Key, l))
			}
			if p.Country != "" {
				add(l, t.Label(string(names.Country), p.Country, l))
			}
		}
	}
	return out
}
