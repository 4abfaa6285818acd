package forms

import (
	"io/fs"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Endings are the inflections of endings.txt, ready to be cut off.
type Endings struct {
	KK    map[string]bool // whole chains: «тарының»; true: it ends in a relative or made suffix («дағы», «лық»)
	long  int             // runes of the longest chain
	ru    map[string]bool
	Heads map[string]string   // genitive plurals of Russian heads: университетов → университет
	forms [][]string          // Russian paradigms, nominative ending first
	Class map[string][]string // other endings by their class
	// How the scorer of borders sees endings.
	KazakhClass, RussianClass map[string]uint8
	ClassNames                []string                    // by number; 0 is none
	adjectiveCases            map[string]uint8            // a bit a case
	HeadCases                 map[string]map[string]uint8 // gender → ending → cases
}

// caseNames are the cases in which a Russian adjective and its noun agree.
var caseNames = []string{"nom", "gen", "dat", "acc", "ins", "loc"}

// ReadEndings reads endings.txt.
func ReadEndings(fsys fs.FS) (*Endings, error) {
	data, err := fs.ReadFile(fsys, "endings.txt")
	if err != nil {
		return nil, err
	}
	class := map[string][]string{}
	e := &Endings{KK: map[string]bool{}, ru: map[string]bool{}, Class: class}
	for _, line := range strings.Split(string(data), "\n") {
		name, rest, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if name == "ru-forms" {
			e.forms = append(e.forms, strings.Fields(strings.ReplaceAll(rest, "-", "∅")))
			continue
		}
		class[name] = append(class[name], strings.Fields(rest)...)
	}
	for _, w := range class["ru"] {
		e.ru[w] = true
	}
	e.readClasses()
	with := func(list []string) []string { return append([]string{""}, list...) }
	for _, p := range with(class["kk-plural"]) {
		for _, s := range with(class["kk-poss"]) {
			for _, c := range with(class["kk-case"]) {
				if x := p + s + c; x != "" && harmonic(x) {
					e.add(x, false)
				}
				for _, r := range class["kk-relative"] {
					if x := p + s + c + r; c != "" && harmonic(x) {
						e.add(x, true)
					}
				}
			}
		}
	}
	for _, m := range class["kk-made"] {
		e.add(m, true)
		for _, p := range with(class["kk-plural"]) {
			for _, c := range with(class["kk-case"]) {
				if x := m + p + c; x != m && harmonic(x) {
					e.add(x, true)
				}
			}
		}
	}
	return e, nil
}

// readClasses collects the endings that the scorer of borders tells apart.
func (e *Endings) readClasses() {
	e.ClassNames = []string{"-"}
	e.KazakhClass, e.RussianClass = map[string]uint8{}, map[string]uint8{}
	for _, name := range slices.Sorted(maps.Keys(e.Class)) {
		lang, _, ok := strings.Cut(name, ":")
		if !ok {
			continue
		}
		to := e.KazakhClass
		if lang == "ru" {
			to = e.RussianClass
		}
		for _, x := range e.Class[name] {
			to[x] = uint8(len(e.ClassNames))
		}
		e.ClassNames = append(e.ClassNames, name)
	}
	e.ClassNames = append(e.ClassNames, "en:s")
	e.adjectiveCases, e.HeadCases = map[string]uint8{}, map[string]map[string]uint8{"m": {}, "f": {}, "n": {}}
	for i, name := range caseNames {
		for _, x := range e.Class["ru-adj-"+name] {
			e.adjectiveCases[x] |= 1 << i
		}
		for gender, to := range e.HeadCases {
			for _, x := range e.Class["ru-"+gender+"-"+name] {
				to[strings.TrimPrefix(x, "-")] |= 1 << i
			}
		}
	}
}

// CasesOf gives the cases that a Russian adjective may be in, 0 for another word.
func (e *Endings) CasesOf(form string) uint8 {
	for i := range form {
		if c, ok := e.adjectiveCases[form[i:]]; ok && i > 3 {
			return c
		}
	}
	return 0
}

// Agreeing gives the class of the ending that an adjective before a noun has: of its gender, in the first of its cases, in the plural or not.
func (e *Endings) Agreeing(gender string, cases uint8, plural bool) uint8 {
	if cases == 0 {
		return 0
	}
	if plural {
		gender = "plural"
	}
	return e.RussianClass[agreeing[gender][bits.TrailingZeros8(cases)]]
}

// agreeing are the endings of adjectives, by case.
var agreeing = map[string][]string{
	"m":      {"ый", "ого", "ому", "ый", "ым", "ом"},
	"f":      {"ая", "ой", "ой", "ую", "ой", "ой"},
	"n":      {"ое", "ого", "ому", "ое", "ым", "ом"},
	"plural": {"ые", "ых", "ым", "ые", "ыми", "ых"},
}

// Ends reports whether a form has an ending of a class behind least runes or more.
func (e *Endings) Ends(class, form string, least int) bool {
	for _, x := range e.Class[class] {
		if b, ok := strings.CutSuffix(form, x); ok && utf8.RuneCountInString(b) >= least {
			return true
		}
	}
	return false
}

func (e *Endings) add(x string, relative bool) {
	if was, ok := e.KK[x]; ok && !was {
		relative = false
	}
	e.KK[x] = relative
	e.long = max(e.long, utf8.RuneCountInString(x))
}

// harmonic reports whether an ending's vowels are all back or all front: -тарын, never -тарін. The instrumental
// -мен/-бен/-пен has one form for both.
func harmonic(x string) bool {
	for _, c := range []string{"мен", "бен", "пен"} {
		x = strings.TrimSuffix(x, c)
	}
	return !(strings.ContainsAny(x, "аы") && strings.ContainsAny(x, "еі"))
}

const (
	kkVowels    = "аәеёиоөуұүыіэюя"
	kkVoiceless = "пфкқтсшщчцхһбвгғд" // final б в г д are spoken without voice
)

// joins reports whether a Kazakh ending may follow a base: the last sound of the base chooses the first of the ending
// (сыныптың, тауда, қаланың). Vowel harmony is not asked of a foreign name (Оксфордтың, Корольдігі).
func joins(last rune, ending string) bool {
	first, size := utf8.DecodeRuneInString(ending)
	if last == 'ь' {
		return first != 'с'
	}
	vowel := strings.ContainsRune(kkVowels, last)
	voiceless := strings.ContainsRune(kkVoiceless, last)
	switch first {
	case 'с':
		return vowel
	case 'ы', 'і':
		return !vowel || strings.ContainsRune("иую", last)
	case 'т', 'қ', 'к', 'п':
		return voiceless
	case 'м':
		// possessive -м and instrumental -мен
		return vowel || strings.ContainsRune("мнңлрйу", last)
	case 'б':
		return !vowel && !voiceless
	case 'н':
		// genitive -ның, accusative -ны, dative -на: vowel; genitive also м н ң
		return vowel || strings.ContainsRune("мнң", last)
	case 'л':
		return vowel || strings.ContainsRune("рйу", last)
	case 'д':
		if second, _ := utf8.DecodeRuneInString(ending[size:]); second == 'ы' || second == 'і' {
			return !vowel && !voiceless || strings.ContainsRune("иуюй", last)
		}
		return !voiceless
	case 'ғ', 'г':
		return !voiceless
	}
	return true
}

// Cut is a base with the ending cut off behind it.
type Cut struct {
	Base   string
	Ending string
	Rel    bool // the ending makes an adjective: Қазақстандағы, қазақстандық
}

// Kazakh gives the bases that a Kazakh word may be made from, itself first. A final voiced consonant before a vowel is
// also given voiceless: орталығы → орталық, мектебі → мектеп.
func (e *Endings) Kazakh(form string) []Cut {
	out := []Cut{{form, "", false}}
	runes, i := 0, len(form)
	for i > 0 && runes < e.long {
		_, size := utf8.DecodeLastRuneInString(form[:i])
		i -= size
		runes++
		rel, ok := e.KK[form[i:]]
		if !ok || i == 0 {
			continue
		}
		last, lastSize := utf8.DecodeLastRuneInString(form[:i])
		if utf8.RuneCountInString(form[:i]) < 2 || !joins(last, form[i:]) {
			continue
		}
		out = append(out, Cut{form[:i], form[i:], rel})
		if first, _ := utf8.DecodeRuneInString(form[i:]); first == 'ы' || first == 'і' {
			if hard := voiceless(last); hard != 0 {
				out = append(out, Cut{form[:i-lastSize] + string(hard), form[i:], rel})
			}
		}
	}
	return out
}

func voiceless(r rune) rune {
	switch r {
	case 'ғ':
		return 'қ'
	case 'г':
		return 'к'
	case 'б':
		return 'п'
	}
	return 0
}

// Russian gives what all forms of a Russian noun or adjective have in common: академии, академией → академ.
func (e *Endings) Russian(form string) string {
	if h, ok := e.Heads[form]; ok {
		form = h
	}
	i := len(form)
	best := i
	for n := 0; n < 3 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(form[:i])
		i -= size
		if e.ru[form[i:]] && utf8.RuneCountInString(form[:i]) >= 3 {
			best = i
		}
	}
	base := form[:best]
	if utf8.RuneCountInString(base) > 3 {
		base = strings.TrimRight(base, "ийь")
	}
	return base
}

// Adjectives gives what an adjective or a word for people may begin with before its Russian ending: китайского,
// китайцами, китайско-…
func (e *Endings) Adjectives(form string) []string {
	out := []string{form}
	i := len(form)
	for n := 0; n < 3 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(form[:i])
		i -= size
		if e.ru[form[i:]] {
			out = append(out, form[:i])
		}
	}
	return out
}

// Paradigm gives the forms of a Russian name, itself first. An indeclinable one has itself only.
func (e *Endings) Paradigm(form string) []string {
	for _, p := range e.forms {
		if p[0] == "∅" {
			if last, _ := utf8.DecodeLastRuneInString(form); strings.ContainsRune("аеёиоуыэюя", last) {
				break
			}
			out := []string{form}
			for _, x := range p[1:] {
				out = append(out, form+x)
			}
			return out
		}
		if base, ok := strings.CutSuffix(form, p[0]); ok && utf8.RuneCountInString(base) >= 2 {
			out := []string{form}
			for _, x := range p[1:] {
				out = append(out, base+x)
			}
			return out
		}
	}
	return []string{form}
}
