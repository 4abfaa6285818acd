package typed

import (
	"slices"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// Find finds what a typed name, the adjective of a country, or whom a body is named after may mean, in any language, case
// form or script: «Нәрікбаев», «КазНУ», «Tallinn University», «Эстония», «эстонские». Other parts of names mean nothing:
// a city is no university.
func (f *Finder) Find(tokens []analysis.Token) []Found {
	var out []Found
	for i := 0; i < len(tokens); {
		n, m := f.at(tokens[i:])
		if n == 0 {
			i++
			continue
		}
		if n == 2 {
			// «Корея университеті» and «университет Кореи» are a university's name, and a university of the country.
			for k := range n {
				if !f.Head(tokens[i+1-k].Form) {
					continue
				}
				if one, also := f.at(tokens[i+k : i+k+1]); one == 1 && also[0].Country && !m[0].Country {
					m = append(m, also[0])
					break
				}
			}
		}
		for _, x := range m {
			x.First, x.Last = i, i+n
			out = append(out, x)
		}
		i += n
	}
	return out
}

func (f *Finder) at(tokens []analysis.Token) (int, []Found) {
	for n := min(len(tokens), f.long); n > 0; n-- {
		keys := []string{""}
		for i := 0; i < n; i++ {
			var grown []string
			for _, s := range f.sounds(tokens[i].Form, i == n-1) {
				for _, k := range keys {
					if i > 0 {
						k += " "
					}
					grown = append(grown, k+s)
				}
			}
			keys = grown
			if len(keys) > 64 {
				keys = keys[:64]
			}
		}
		for _, k := range keys {
			if n == 1 && f.Describes(tokens[0].Form) {
				break
			}
			if refs := f.whole[k]; len(refs) > 0 {
				return n, group(refs, true)
			}
		}
	}
	w := tokens[0]
	// «Азии» is the continent, «АзИИ» and «азии» may be an institute.
	title := forms.UpperFirst(w.Surface) && !forms.AllUpper(w.Surface) && forms.Capitals(w.Surface) == ""
	exact := func(form string) []ref {
		if refs := f.whole["="+form]; len(refs) > 0 || title {
			return refs
		}
		return f.whole["#"+form]
	}
	if refs := f.whole["!"+w.Surface]; len(refs) > 0 {
		return 1, group(refs, true)
	}
	if refs := exact(forms.Plain(w.Form)); len(refs) > 0 {
		return 1, group(refs, true)
	}
	for _, c := range f.Endings.Kazakh(w.Form) {
		if refs := exact(c.Base); len(refs) > 0 && utf8.RuneCountInString(c.Base) > 3 {
			return 1, group(refs, true)
		}
	}
	for _, stem := range f.Endings.Adjectives(w.Form)[1:] {
		if refs := f.adjective[stem]; len(refs) > 0 {
			return 1, group(refs, true)
		}
	}
	if utf8.RuneCountInString(w.Form) < 4 || analysis.IsStop(w.Form) {
		return 0, nil
	}
	for _, k := range f.sounds(w.Form, true) {
		if refs := f.person[k]; len(refs) > 0 && len(refs) <= fewNames && len(k) >= 3 {
			return 1, group(refs, false)
		} else if len(refs) > fewNames {
			return 0, nil
		}
	}
	return 0, nil
}

// sounds are the sounds that a typed word may have in a name.
func (f *Finder) sounds(form string, last bool) []string {
	out := []string{forms.Sound(form)}
	if !forms.Cyrillic(form) {
		return out
	}
	add := func(s string) {
		if !slices.Contains(out, s) && s != "" {
			out = append(out, s)
		}
	}
	if last {
		for _, c := range f.Endings.Kazakh(form) {
			add(forms.Sound(c.Base))
		}
	}
	add(forms.Sound(f.Endings.Russian(form)))
	return out
}

func group(refs []ref, whole bool) []Found {
	var out []Found
	for _, country := range []bool{true, false} {
		m := Found{Country: country, Whole: whole}
		for _, r := range refs {
			if r.country == country {
				m.Keys = append(m.Keys, r.key)
			}
		}
		if len(m.Keys) > 0 {
			out = append(out, m)
		}
	}
	return out
}
