package names

import (
	"slices"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

// fewNames bounds how many institutions may be named after one person: «Нәрікбаев» names one, «Ломоносов» a university
// and its branch, «Абылай» too many to mean any.
const fewNames = 3

// finder finds names by what a reader typed.
type finder struct {
	whole     map[string][]ref // words' sounds, joined by spaces → names
	person    map[string][]ref // the sound of whom they are named after → names
	adjective map[string][]ref // stem of a Russian adjective → countries
	long      int              // words of the longest name
}

type ref struct {
	kind Kind
	key  string
}

func put(m map[string][]ref, key string, r ref) {
	if key != "" && !slices.Contains(m[key], r) {
		m[key] = append(m[key], r)
	}
}

func (t *Table) buildLookup() *finder {
	f := &finder{whole: map[string][]ref{}, person: map[string][]ref{}, adjective: map[string][]ref{}}
	for _, p := range t.places {
		t.putCountry(f, p)
	}
	for _, b := range t.bodies {
		t.putBody(f, b)
	}
	for _, b := range t.world {
		for _, s := range b.Names() {
			if len(t.nameTokens(s)) > 1 { // one word is too little among so many
				t.putName(f, s, ref{Institution, b.Key})
			}
		}
	}
	return f
}

// putName puts in a name by the sounds of its words and gives these.
func (t *Table) putName(f *finder, s string, r ref) []analysis.Token {
	toks := t.nameTokens(s)
	key := ""
	for i, w := range toks {
		if i > 0 {
			key += " "
		}
		if i == len(toks)-1 && r.kind == Institution {
			key += t.headSound(w.Form)
		} else {
			key += forms.Sound(w.Form)
		}
	}
	if len(toks) == 1 && r.kind == Institution && utf8.RuneCountInString(toks[0].Form) <= 4 {
		key = "=" + toks[0].Form // so short a name sounds like other words: Azii and «Азии»
	}
	put(f.whole, key, r)
	f.long = max(f.long, len(toks))
	return toks
}

func (t *Table) putCountry(f *finder, p *place) {
	r := ref{Country, p.Iso2}
	for _, s := range slices.Concat([]string{p.KK, p.RU, p.EN}, p.AliasesKK, p.AliasesRU, p.AliasesEN) {
		toks := t.putName(f, s, r)
		if len(toks) == 1 && !forms.KazakhOnly(s) && forms.Cyrillic(s) {
			for _, form := range t.endings.Paradigm(toks[0].Form)[1:] {
				put(f.whole, "="+form, r)
			}
		}
	}
	if p.Iso2 == Home {
		return // «қазақ», «казахский» are a language and a people in our texts
	}
	for _, s := range slices.Concat(p.AdjKK, p.AdjKKWeak) {
		put(f.whole, "="+forms.Fold(s), r)
	}
	for _, s := range p.AdjEN {
		t.putName(f, s, r)
	}
	for _, s := range slices.Concat(p.AdjRU, p.AdjRUWeak) {
		put(f.adjective, forms.Fold(s), r)
	}
}

func (t *Table) putBody(f *finder, b *world.Body) {
	r := ref{Institution, b.Key}
	var names [][]analysis.Token
	person := map[string]bool{}
	for i, s := range slices.Concat([]string{b.KK, b.RU, b.EN}, b.Aliases, b.Weak) {
		if abbr := forms.Capitals(s); abbr != "" {
			// An abbreviation is itself only: a sound like it is another word (НУ and «нью», ОҚУ and «оқу»).
			key := "#" + forms.Plain(forms.Fold(s))
			if i >= 3+len(b.Aliases) || utf8.RuneCountInString(s) <= 3 {
				key = "!" + s
			}
			put(f.whole, key, r)
			continue
		}
		names = append(names, t.putName(f, s, r))
		for _, w := range t.eponyms(s) {
			for _, key := range t.wordSounds(w) {
				person[key] = true
			}
		}
	}
	for _, toks := range names {
		for k, w := range toks {
			if t.distinctive(w, k) && person[forms.Sound(w.Form)] {
				for _, key := range t.wordSounds(w.Form) {
					put(f.person, key, r)
				}
			}
		}
	}
}

// eponyms are the words of a name that say whom it is named after: behind initials, «имени» or «named after», and before
// «атындағы».
func (t *Table) eponyms(name string) (out []string) {
	toks := analysis.Split(name)
	for i, w := range toks {
		k := i - 1
		if k > 0 && t.has(articleList, toks[k].Form) {
			k-- // имени аль-Фараби
		}
		before := k >= 0 && (initial(&toks[k], name) || t.has(nameList, toks[k].Form) && !forms.KazakhOnly(toks[k].Form))
		after := i+1 < len(toks) && t.has(nameList, toks[i+1].Form) && forms.KazakhOnly(toks[i+1].Form)
		if (before || after) && !initial(&toks[i], name) {
			out = append(out, w.Form)
		}
	}
	return out
}

// distinctive reports whether a word of a name can tell it from others: it has a capital, and is no word that describes
// a body («national», «Халықаралық» at the beginning).
func (t *Table) distinctive(w analysis.Token, at int) bool {
	if utf8.RuneCountInString(w.Form) < 4 || !forms.UpperFirst(w.Surface) || w.Kind != analysis.Word {
		return false
	}
	if t.isHead(w.Form) {
		return false
	}
	if !forms.Cyrillic(w.Form) {
		return !t.has(descriptorENList, w.Form)
	}
	return !t.describe["k"+w.Form] && !t.describe["r"+t.endings.Russian(w.Form)] && !t.has(honourList, w.Form)
}

// headSound is the sound of a name's last word without a Kazakh possessive: университеті.
func (t *Table) headSound(form string) string {
	keys := t.lastKeys(form)
	return forms.Sound(keys[len(keys)-1][1:])
}

// wordSounds are the sounds of a word and of what is left without its Russian ending.
func (t *Table) wordSounds(form string) []string {
	out := []string{forms.Sound(form)}
	if forms.Cyrillic(form) {
		out = append(out, forms.Sound(t.endings.Russian(form)))
		for _, c := range t.endings.Kazakh(form) {
			out = append(out, forms.Sound(c.Base))
		}
	}
	return out
}

// Lookup finds what a typed name, the adjective of a country, or whom a body is named after may mean, in any language, case
// form or script: «Нәрікбаев», «КазНУ», «Tallinn University», «Эстония», «эстонские». Other parts of names mean nothing:
// a city is no university.
func (t *Table) Lookup(tokens []analysis.Token) []Match {
	if t.finder == nil {
		return nil
	}
	f := t.finder()
	var out []Match
	for i := 0; i < len(tokens); {
		n, m := t.lookupAt(f, tokens[i:])
		if n == 0 {
			i++
			continue
		}
		if n == 2 {
			// «Корея университеті» and «университет Кореи» are a university's name, and a university of the country.
			for k := range n {
				if !t.isHead(tokens[i+1-k].Form) {
					continue
				}
				if one, also := t.lookupAt(f, tokens[i+k:i+k+1]); one == 1 && also[0].Kind == Country && m[0].Kind != Country {
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

func (t *Table) lookupAt(f *finder, tokens []analysis.Token) (int, []Match) {
	for n := min(len(tokens), f.long); n > 0; n-- {
		keys := []string{""}
		for i := 0; i < n; i++ {
			var grown []string
			for _, s := range t.typedSounds(tokens[i].Form, i == n-1) {
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
			if n == 1 && t.describe["k"+tokens[0].Form] {
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
	for _, c := range t.endings.Kazakh(w.Form) {
		if refs := exact(c.Base); len(refs) > 0 && utf8.RuneCountInString(c.Base) > 3 {
			return 1, group(refs, true)
		}
	}
	for _, stem := range t.endings.Adjectives(w.Form)[1:] {
		if refs := f.adjective[stem]; len(refs) > 0 {
			return 1, group(refs, true)
		}
	}
	if utf8.RuneCountInString(w.Form) < 4 || analysis.IsStop(w.Form) {
		return 0, nil
	}
	for _, k := range t.typedSounds(w.Form, true) {
		if refs := f.person[k]; len(refs) > 0 && len(refs) <= fewNames && len(k) >= 3 {
			return 1, group(refs, false)
		} else if len(refs) > fewNames {
			return 0, nil
		}
	}
	return 0, nil
}

// typedSounds are the sounds that a typed word may have in a name.
func (t *Table) typedSounds(form string, last bool) []string {
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
		for _, c := range t.endings.Kazakh(form) {
			add(forms.Sound(c.Base))
		}
	}
	add(forms.Sound(t.endings.Russian(form)))
	return out
}

func group(refs []ref, whole bool) []Match {
	var out []Match
	for _, kind := range []Kind{Country, Institution} {
		m := Match{Kind: kind, Whole: whole}
		for _, r := range refs {
			if r.kind == kind {
				m.Keys = append(m.Keys, r.key)
			}
		}
		if len(m.Keys) > 0 {
			out = append(out, m)
		}
	}
	return out
}
