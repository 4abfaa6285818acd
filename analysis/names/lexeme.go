package names

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/world"
)

// lexeme is all that can be told of a word by itself. Texts repeat their words, so it is worked out once.
type lexeme struct {
	ids      []int32     // of the trie
	halves   *[2][]int32 // of a compound head's two words: государственный университет of «госуниверситет»; nil for others
	begins   uint8       // kinds of spellings that the word begins, a bit a kind
	exact    list        // lists of words.tsv that have the word as it stands, a bit a list
	any      list        // lists that have it in some form
	kk, ru   bool        // describes a body in Kazakh, in Russian
	surname  bool
	common   bool   // news writes it small, in some form
	people   bool   // a country's adjective or people
	demonym  string // of the people of a place or a school the adjective: барнаульцы, барнаульский
	cyrillic bool
	latin    bool
	endKK    uint8 // class of its ending, read in Kazakh; of a Cyrillic word
	endRU    uint8
	function uint8 // place among the function words
	*heads.Reading
	once    sync.Once
	field   bool // a field of study; see isField
	status  bool // a status word
	asked   sync.Once
	elems   []world.Element // of its signature; see elements
	placed  sync.Once
	townsOf []int32 // towns that it may name; see towns
}

// concept tells whether the word is a field of study or a status word in a signature.
func (w *word) concept(t *Table) (isField, isStatus bool) {
	l := w.lexeme
	l.asked.Do(func() {
		found, _ := t.linker().ConceptElements(w.form)
		for _, e := range found {
			l.field = l.field || e.Kind == world.FieldElement && e.Like == 1
			l.status = l.status || e.Kind == world.StatusElement && e.Like == 1
		}
	})
	return l.field, l.status
}

// elements are what the word may stand for in a signature.
func (w *word) elements(t *Table) []world.Element {
	l := w.lexeme
	l.once.Do(func() { l.elems = t.linker().Elements(forms.WordForm(w.form)) })
	return l.elems
}

// towns are the numbers of the towns that the word may name.
func (w *word) towns(t *Table) []int32 {
	l := w.lexeme
	l.placed.Do(func() { l.townsOf = t.linker().Towns(forms.WordForm(w.form)) })
	return l.townsOf
}

// maxLexemes bounds the table's memory of words to some twelve megabytes: the commonest come early.
const maxLexemes = 40_000

type lexicon struct {
	sync.RWMutex
	known map[string]*lexeme // by form
}

// lexeme gives what can be told of a folded word.
func (t *Table) lexeme(form string) *lexeme {
	t.lexicon.RLock()
	l := t.lexicon.known[form]
	t.lexicon.RUnlock()
	if l != nil {
		return l
	}
	l = t.readLexeme(form)
	t.lexicon.Lock()
	defer t.lexicon.Unlock()
	if t.lexicon.known == nil {
		t.lexicon.known = make(map[string]*lexeme)
	}
	if len(t.lexicon.known) < maxLexemes {
		t.lexicon.known[strings.Clone(form)] = l // a form may be a piece of a whole article
	}
	return l
}

func (t *Table) readLexeme(form string) *lexeme {
	l := &lexeme{exact: t.lists[form], cyrillic: forms.Cyrillic(form), latin: forms.Latin(form), function: t.functions[form], Reading: t.heads.Latin(form)}
	l.any = l.exact
	if !l.cyrillic {
		l.id(t, "="+forms.Plain(form))
		return l
	}
	_, stem := utf8.DecodeRuneInString(form)
	l.endKK, l.endRU = classOfEnding(t.endings.KazakhClass, form, stem), classOfEnding(t.endings.RussianClass, form, stem)
	cuts, ru := t.endings.Kazakh(form), t.endings.Russian(form)
	l.id(t, "="+form)
	if full := forms.Eponym(form); full != form {
		l.id(t, "="+full)
		l.id(t, "r"+t.endings.Russian(full))
	}
	for _, c := range cuts {
		l.id(t, "k"+c.Base)
		l.any |= t.lists[c.Base]
	}
	l.id(t, "r"+ru)
	l.id(t, "f"+form)
	for _, a := range t.endings.Adjectives(form) {
		l.id(t, "a"+a)
	}
	l.any |= t.lists["~"+ru]
	l.kk = t.describesKazakh(form) || t.endings.Ends("kk-field", form, 2)
	l.ru = t.describe["r"+ru]
	for _, c := range cuts {
		l.common = l.common || t.common[c.Base] && len(c.Base) > 6
		l.people = l.people || t.peoples[c.Base]
	}
	l.surname = t.surname(cuts, ru)
	l.demonym = t.demonym(form, cuts)
	l.Reading = t.heads.Cyrillic(form, cuts, ru)
	if front := cmp.Or(l.Learning[heads.RU].Front, l.Learning[heads.KK].Front); front != "" {
		l.halves = &[2][]int32{1: t.lexeme(form[len(front):]).ids}
		for _, w := range t.fronts[front] {
			l.halves[0] = append(l.halves[0], t.lexeme(w).ids...)
			l.begins |= t.lexeme(w).begins
		}
	}
	return l
}

// after calls do with the nodes of the trie that the word leads to from a node.
func (l *lexeme) after(t *Table, node int32, do func(to int32)) {
	for _, id := range l.ids {
		if to, ok := t.trie.Step(node, id); ok {
			do(to)
		}
	}
	if l.halves == nil {
		return
	}
	for _, id := range l.halves[0] {
		if half, ok := t.trie.Step(node, id); ok {
			for _, id := range l.halves[1] {
				if to, ok := t.trie.Step(half, id); ok {
					do(to)
				}
			}
		}
	}
}

// demonym gives the adjective of what the people of a place or a school are called: барнаульцы, сатпаевцами, павлодарлықтар; "" for
// other words. Left alone: столицы, границы, and what news writes small besides.
func (t *Table) demonym(form string, cuts []forms.Cut) string {
	for _, x := range t.endings.Class["ru-people"] {
		if b, ok := strings.CutSuffix(form, x); ok && utf8.RuneCountInString(b) > 3 && !strings.HasSuffix(b, "и") {
			return b + "ский"
		}
	}
	for _, x := range t.endings.Class["kk-people"] {
		if i := strings.LastIndex(form, x); i > 6 && !slices.ContainsFunc(cuts, func(c forms.Cut) bool { return t.common[c.Base] }) {
			return form[:i]
		}
	}
	return ""
}

func (l *lexeme) id(t *Table, key string) {
	id, ok := t.trie.ID(key)
	if !ok {
		return
	}
	for _, o := range l.ids {
		if o == id {
			return
		}
	}
	l.ids, l.begins = append(l.ids, id), l.begins|t.trie.Begins(id)
}

// head is the word read as a head in a language; its Head is nil where it is none. office is it read as that of an office's name.
func (l *lexeme) head(lang analysis.Lang) heads.Form {
	return heads.In(&l.Learning, lang == analysis.RU)
}

func (l *lexeme) office(lang analysis.Lang) heads.Form {
	return heads.In(&l.Reading.Office, lang == analysis.RU)
}

// with is a lexeme that is also found under another's words of the trie.
func (l *lexeme) with(o *lexeme) *lexeme {
	return &lexeme{ids: slices.Concat(l.ids, o.ids), halves: l.halves, begins: l.begins | o.begins, exact: l.exact, any: l.any, kk: l.kk, ru: l.ru, surname: l.surname,
		common: l.common, people: l.people, demonym: l.demonym, cyrillic: l.cyrillic, latin: l.latin, Reading: l.Reading,
		endKK: l.endKK, endRU: l.endRU, function: l.function}
}
