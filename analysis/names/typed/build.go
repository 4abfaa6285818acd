// Package typed answers: which country or institution does a reader mean by what is typed? Words are compared by their sound.
package typed

import (
	"slices"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/countries"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

// fewNames bounds how many institutions may be named after one person: «Нәрікбаев» names one, «Ломоносов» a university
// and its branch, «Абылай» too many to mean any.
const fewNames = 3

// Words is what a finder must know of words.
type Words struct {
	Endings     *forms.Endings
	Tokens      func(name string) []analysis.Token // of a name, without initials
	Head        func(form string) bool
	Distinctive func(w analysis.Token, at int) bool // a word of a name may tell it from others
	Describes   func(form string) bool              // a Kazakh word describes a body
	Named       func(form string) bool              // «атындағы», «имени»
	Article     func(form string) bool
}

// Stock is what may be found.
type Stock struct {
	Countries     []*countries.Country
	Bodies, World []*world.Body
	Home          string // the country whose people and language our texts name
}

// Found is what a run of typed tokens names.
type Found struct {
	First, Last int      // tokens[First:Last]
	Country     bool     // else an institution
	Keys        []string // every key it may mean
	Whole       bool     // the run is a full name or alias; else a distinctive word of one
}

// Finder finds names by what a reader typed.
type Finder struct {
	Words
	whole     map[string][]ref // words' sounds, joined by spaces → names
	person    map[string][]ref // the sound of whom they are named after → names
	adjective map[string][]ref // stem of a Russian adjective → countries
	long      int              // words of the longest name
}

type ref struct {
	country bool // else an institution
	key     string
}

func put(m map[string][]ref, key string, r ref) {
	if key != "" && !slices.Contains(m[key], r) {
		m[key] = append(m[key], r)
	}
}

// New makes a finder.
func New(w Words, of Stock) *Finder {
	f := &Finder{Words: w, whole: map[string][]ref{}, person: map[string][]ref{}, adjective: map[string][]ref{}}
	for _, p := range of.Countries {
		f.putCountry(p, p.Iso2 == of.Home)
	}
	for _, b := range of.Bodies {
		f.putBody(b)
	}
	for _, b := range of.World {
		for _, s := range b.Names() {
			if len(f.Tokens(s)) > 1 { // one word is too little among so many
				f.putName(s, ref{key: b.Key})
			}
		}
	}
	return f
}

// putName puts in a name by the sounds of its words and gives these.
func (f *Finder) putName(s string, r ref) []analysis.Token {
	toks := f.Tokens(s)
	key := ""
	for i, w := range toks {
		if i > 0 {
			key += " "
		}
		if i == len(toks)-1 && !r.country {
			key += f.headSound(w.Form)
		} else {
			key += forms.Sound(w.Form)
		}
	}
	if len(toks) == 1 && !r.country && utf8.RuneCountInString(toks[0].Form) <= 4 {
		key = "=" + toks[0].Form // so short a name sounds like other words: Azii and «Азии»
	}
	put(f.whole, key, r)
	f.long = max(f.long, len(toks))
	return toks
}

func (f *Finder) putCountry(p *countries.Country, home bool) {
	r := ref{true, p.Iso2}
	for _, s := range p.Names() {
		toks := f.putName(s, r)
		if len(toks) == 1 && !forms.KazakhOnly(s) && forms.Cyrillic(s) {
			for _, form := range f.Endings.Paradigm(toks[0].Form)[1:] {
				put(f.whole, "="+form, r)
			}
		}
	}
	if home {
		return // «қазақ», «казахский» are a language and a people in our texts
	}
	for _, s := range slices.Concat(p.AdjKK, p.AdjKKWeak) {
		put(f.whole, "="+forms.Fold(s), r)
	}
	for _, s := range p.AdjEN {
		f.putName(s, r)
	}
	for _, s := range slices.Concat(p.AdjRU, p.AdjRUWeak) {
		put(f.adjective, forms.Fold(s), r)
	}
}

func (f *Finder) putBody(b *world.Body) {
	r := ref{key: b.Key}
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
		names = append(names, f.putName(s, r))
		for _, w := range f.eponyms(s) {
			for _, key := range f.Endings.Sounds(w) {
				person[key] = true
			}
		}
	}
	for _, toks := range names {
		for k, w := range toks {
			if f.Distinctive(w, k) && person[forms.Sound(w.Form)] {
				for _, key := range f.Endings.Sounds(w.Form) {
					put(f.person, key, r)
				}
			}
		}
	}
}

// eponyms are the words of a name that say whom it is named after: behind initials, «имени» or «named after», and before
// «атындағы».
func (f *Finder) eponyms(name string) (out []string) {
	toks := analysis.Split(name)
	for i, w := range toks {
		k := i - 1
		if k > 0 && f.Article(toks[k].Form) {
			k-- // имени аль-Фараби
		}
		before := k >= 0 && (forms.Initial(toks[k].Surface, name[toks[k].End:]) || f.Named(toks[k].Form) && !forms.KazakhOnly(toks[k].Form))
		after := i+1 < len(toks) && f.Named(toks[i+1].Form) && forms.KazakhOnly(toks[i+1].Form)
		if (before || after) && !forms.Initial(toks[i].Surface, name[toks[i].End:]) {
			out = append(out, w.Form)
		}
	}
	return out
}

// headSound is the sound of a name's last word without a Kazakh possessive: университеті.
func (f *Finder) headSound(form string) string {
	keys := f.Endings.LastKeys(form)
	return forms.Sound(keys[len(keys)-1][1:])
}
