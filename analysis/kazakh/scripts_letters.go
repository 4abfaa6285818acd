package kazakh

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed scripts_letters.tsv
var lettersText string

// edge is the letter before a word's first and behind its last.
const edge = '_'

type bigram [2]rune
type trigram [3]rune

// A letterModel says how likely a letter is behind two others in Kazakh words.
type letterModel struct {
	three map[trigram]float64
	two   map[bigram]float64 // followers of two letters
	pair  map[bigram]float64 // second letter behind the first
	one   map[rune]float64   // followers of one letter
}

var theLetters = sync.OnceValue(func() *letterModel {
	m := &letterModel{map[trigram]float64{}, map[bigram]float64{}, map[bigram]float64{}, map[rune]float64{}}
	for l := range strings.Lines(lettersText) {
		f := strings.Fields(l)
		if len(f) != 2 || f[0][0] == '#' {
			continue
		}
		r := []rune(f[0])
		n, _ := strconv.ParseFloat(f[1], 64)
		m.three[trigram(r)] += n
		m.two[bigram(r[:2])] += n
		m.pair[bigram(r[1:])] += n
		m.one[r[1]] += n
	}
	return m
})

// weight is the natural logarithm of the probability of c behind a and b, each order smoothed by the next lower one.
func (m *letterModel) weight(a, b, c rune) float64 {
	const lower, letters = 8.0, 45.0 // how much a lower order counts; letters of the alphabet with the edge
	p := (m.pair[bigram{b, c}] + lower/letters) / (m.one[b] + lower)
	return math.Log((m.three[trigram{a, b, c}] + lower*p) / (m.two[bigram{a, b}] + lower))
}

// extend is a path with a text behind it.
func (m *letterModel) extend(p path, text string, price float64) path {
	p.weight -= price
	for _, c := range text {
		p.weight += m.weight(p.a, p.b, c)
		p.a, p.b = p.b, c
	}
	p.text += text
	return p
}

// LearnLetters counts runs of three letters in a list of words with their frequencies («word TAB count» a line) and writes
// scripts_letters.tsv. A word counts by the binary length of its frequency, so that the commonest do not drown the rest.
func LearnLetters(words io.Reader, out io.Writer) error {
	counts := map[string]int{}
	in := bufio.NewScanner(words)
	for in.Scan() {
		word, n, ok := strings.Cut(in.Text(), "\t")
		freq, err := strconv.Atoi(n)
		if !ok || err != nil || strings.ContainsFunc(word, func(r rune) bool { return r < 'а' || r >= 0x530 }) {
			continue
		}
		r := []rune("__" + word + "_")
		for i := 2; i < len(r); i++ {
			counts[string(r[i-2:i+1])] += bits.Len(uint(freq))
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("learn letters: %w", err)
	}
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "# Runs of three letters in Kazakh words (_ is a word's edge) and their weight. Made by LearnLetters from data/kk-words.tsv.")
	fmt.Fprintln(w, "# Source: KazNERD (ISSAI), CC BY 4.0; this file under the same licence.")
	for _, k := range keys {
		if counts[k] > 1 {
			fmt.Fprintf(w, "%s\t%d\n", k, counts[k])
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("learn letters: %w", err)
	}
	return nil
}
