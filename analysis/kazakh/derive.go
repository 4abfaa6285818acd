package kazakh

import "strings"

// Word-building: what one known word says of another. A stem that is made of a known stem needs less evidence of its own, and a
// known word lets the word it is made of be. Sources: Muhamedowa 2016, chapter 5.
var (
	nounOfNoun = byLast("шы ші лық лік дық дік тық тік дас дес лас лес тас тес шылық шілік шыл шіл хана гер кер паз сыз сіз лы лі ды ді ты ті лау леу дау деу тау теу")
	nounOfVerb = byLast("ма ме ба бе па пе м ым ім с ыс іс ғыш гіш қыш кіш ушы уші у шы ші")
	verbOfNoun = endings("ла ле да де та те лан лен дан ден тан тен лас лес дас дес тас тес лат лет дат дет тат тет ландыр лендір дандыр дендір тандыр тендір ар ер")
	verbOfVerb = endings(verbOfVerbList)
	verbMaking = byLast(verbOfVerbList)
	baseOfNoun = endings("шы ші лық лік дық дік тық тік сыз сіз лы лі ды ді ты ті шыл шіл дас дес лас лес тас тес хана кер гер дай дей тай тей")
)

const verbOfVerbList = "т ыт іт дыр дір тыр тір ғыз гіз қыз кіз л ыл іл н ын ін с ыс іс"

// byLast sorts endings by their last letter: most stems end in none of them.
func byLast(list string) (r [64][][]byte) {
	for _, e := range endings(list) {
		last := e[len(e)-1]
		r[last] = append(r[last], e)
	}
	return r
}

func endings(list string) (r [][]byte) {
	for _, e := range strings.Fields(list) {
		r = append(r, coded(e))
	}
	return r
}

// derived gives the evidence for a stem that lies in a known stem of which it can be made.
func (m *model) derived(stem []byte, k class) float64 {
	if k == verb {
		if m.madeOf(stem, &verbMaking, verb) {
			return verbOfVerbCount
		}
		return 0
	}
	if m.madeOf(stem, &nounOfNoun, noun) {
		return nounOfNounCount
	}
	if m.madeOf(stem, &nounOfVerb, verb) {
		return nounOfVerbCount
	}
	return 0
}

func (m *model) madeOf(stem []byte, list *[64][][]byte, base class) bool {
	for _, e := range list[stem[len(stem)-1]] {
		n := len(stem) - len(e)
		if n < 2 || string(stem[n:]) != string(e) || n == 2 && len(e) < 2 {
			continue
		}
		if s := m.stems[string(stem[:n])]; s != nil && s.known&(1<<base) != 0 {
			return true
		}
	}
	return false
}

// formChains are the suffixes whose words dictionaries and labels list, but search reads as forms.
var formChains = func() map[string]bool {
	m := map[string]bool{}
	for _, c := range strings.Split("LI,ABE,SML,EQU,KI,CMP,LATT,GAN,ATYN,MAS,GYR,FEM,PL,PL P3,P3,P3 LOC,LOC", ",") {
		m[c] = true
	}
	return m
}()

var verbFormChains = map[string]bool{"NEG": true}

// tidy makes stems of the dictionary's words: it lets those count less that are forms of others, and adds the words that must
// exist because others are made of them.
func tidy(g *grammar, in map[string]count) map[string]count {
	r := reader{g: g}
	out := make(map[string]count, 2*len(in))
	raise := func(s string, k class, v float64) {
		c := out[s]
		c[k] = max(c[k], v)
		out[s] = c
	}
	for s, c := range in {
		if c[noun] > 0 && isForm(&r, s, in) {
			c[noun] *= formCount
		}
		for k, v := range c {
			raise(s, class(k), v)
		}
		base := func(list [][]byte, from, to class, v float64) {
			if c[from] == 0 {
				return
			}
			for _, e := range list {
				if n := len(s) - len(e); n >= 3 && s[n:] == string(e) && hasVowel([]byte(s[:n])) {
					raise(s[:n], to, v)
				}
			}
		}
		base(baseOfNoun, noun, noun, baseOfNounCount)
		base(verbOfNoun, verb, noun, baseOfVerbCount)
		base(verbOfVerb, verb, verb, baseOfVerbCount)
	}
	return out
}

// demote lets learnt stems count less that are themselves forms of a stem that is learnt better: құжаттар has its own cases, and would
// keep them from құжат; алма- from ал- with its negation.
func demote(g *grammar, counts, lemmas map[string]count) {
	r := reader{g: g}
	worth := func(s string, k class) float64 { return counts[s][k] + 2*lemmas[s][k] }
	less := map[string]count{}
	for s, c := range counts {
		if c[noun] < leastStem && c[verb] < leastStem {
			continue
		}
		if n := len(s); s[n-1] == letterS && lemmas[s][noun] < lemmaCount &&
			(lemmas[s+string([]byte{letterT})][noun] > 0 || lemmas[s+string([]byte{letterS})][noun] > 0) {
			c[noun] = 0 // турис- of турист, процес- of процесс
			less[s] = c
		}
		r.read([]byte(s))
		for _, x := range r.found {
			if x.chain == 0 || x.change == softened || x.change == unvoiced {
				continue
			}
			base := string(r.stem(x))
			names := strings.Join(r.g.names(x.chain), " ")
			for k, chains := range [classes]map[string]bool{formChains, verbFormChains} {
				if c[k] > 0 && chains[names] && worth(base, x.class) > worth(s, class(k)) {
					l := c
					if old, ok := less[s]; ok {
						l = old
					}
					l[k] = c[k] * demoted
					less[s] = l
				}
			}
		}
	}
	for s, c := range less {
		counts[s] = c
	}
}

func isForm(r *reader, s string, in map[string]count) bool {
	r.read([]byte(s))
	for _, x := range r.found {
		if x.chain == 0 || x.change != plain || x.end-x.start < 3-uint16(x.class) {
			continue
		}
		if in[string(r.stem(x))][x.class] > 0 && formChains[strings.Join(r.g.names(x.chain), " ")] {
			return true
		}
	}
	return false
}
