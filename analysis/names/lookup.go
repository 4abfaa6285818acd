package names

import (
	"slices"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// fewNames bounds how many institutions may share a distinctive word: «Нәрікбаев» names one, «Ломоносов» a university
// and its branch, «Астана» too many to mean any.
const fewNames = 3

// finder finds names by what a reader typed.
type finder struct {
	whole map[string][]ref // words' sounds, joined by spaces → names
	word  map[string][]ref // a word's sound → names that have it
	long  int              // words of the longest name
}

type ref struct {
	kind Kind
	key  string
}

func (t *Table) buildLookup() *finder {
	f := &finder{whole: map[string][]ref{}, word: map[string][]ref{}}
	put := func(m map[string][]ref, key string, r ref) {
		if key != "" && !slices.Contains(m[key], r) {
			m[key] = append(m[key], r)
		}
	}
	name := func(s string, r ref) []analysis.Token {
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
		put(f.whole, key, r)
		f.long = max(f.long, len(toks))
		return toks
	}
	for _, p := range t.places {
		for _, s := range append(append(append([]string{p.KK, p.RU, p.EN}, p.AliasesKK...), p.AliasesRU...), p.AliasesEN...) {
			toks := name(s, ref{Country, p.Iso2})
			if len(toks) == 1 && !forms.KazakhOnly(s) && forms.Cyrillic(s) {
				for _, form := range t.endings.Paradigm(toks[0].Form)[1:] {
					put(f.whole, "="+form, ref{Country, p.Iso2})
				}
			}
		}
	}
	for _, b := range t.bodies {
		r := ref{Institution, b.Key}
		for i, s := range append(append([]string{b.KK, b.RU, b.EN}, b.Aliases...), b.Weak...) {
			if abbr := forms.Capitals(s); abbr != "" {
				// An abbreviation is itself only: a sound like it is another word (НУ and «нью», ОҚУ and «оқу»).
				key := "=" + forms.Plain(forms.Fold(s))
				if i >= 3+len(b.Aliases) || utf8.RuneCountInString(s) <= 3 {
					key = "!" + s
				}
				put(f.whole, key, r)
				continue
			}
			toks := name(s, r)
			for k, w := range toks {
				if t.distinctive(w, k) {
					for _, key := range t.wordSounds(w.Form) {
						put(f.word, key, r)
					}
				}
			}
		}
	}
	return f
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
		return !t.has("descriptor-en", w.Form)
	}
	return !t.describe["k"+w.Form] && !t.describe["r"+t.endings.Russian(w.Form)] && !t.has("honour", w.Form)
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

// Lookup finds what a typed name, or a distinctive word of one, may mean, in any language, case form or script:
// «Нәрікбаев», «КазНУ», «Tallinn University», «Эстония». Nothing for words that many names share.
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
	for _, k := range []string{"!" + w.Surface, "=" + forms.Plain(w.Form)} {
		if refs := f.whole[k]; len(refs) > 0 {
			return 1, group(refs, true)
		}
	}
	for _, c := range t.endings.Kazakh(w.Form) {
		if refs := f.whole["="+c.Base]; len(refs) > 0 && utf8.RuneCountInString(c.Base) > 3 {
			return 1, group(refs, true)
		}
	}
	if utf8.RuneCountInString(w.Form) < 4 || analysis.IsStop(tokens[0].Form) {
		return 0, nil
	}
	for _, k := range t.typedSounds(tokens[0].Form, true) {
		refs := f.word[k]
		if len(refs) > 0 && len(refs) <= fewNames && len(k) >= 3 {
			return 1, group(refs, false)
		}
		if len(refs) > fewNames {
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
