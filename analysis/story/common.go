package story

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/common.tsv
var commonText string

// What a fact says is how rare it is: the logarithm of the share of texts that have it, 0 of what all have, 1 of what one in a thousand has.
const rarest = .001

var common = sync.OnceValue(func() (out [kinds]map[uint32]float64) {
	for line := range strings.Lines(commonText) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		k := slices.Index(kindNames[:], f[0])
		if len(f) != 3 || k < 0 {
			panic("common facts of stories: " + line) // a wrong line in our own file
		}
		share, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			panic(err)
		}
		if out[k] == nil {
			out[k] = map[uint32]float64{}
		}
		out[k][hash(f[1])] = min(1, max(.01, math.Log(share)/math.Log(rarest)))
	}
	return out
})

// rarity is what a fact of a kind says, 0–1.
func rarity(kind int, h uint32) float64 {
	if r, ok := common()[kind][h]; ok {
		return r
	}
	return 1
}

// says is what all facts of a set say.
func (s Set) says(kind int) (sum float64) {
	for _, h := range s {
		sum += rarity(kind, h)
	}
	return sum
}

// WriteCommon prints the facts that many of some texts have, in the form of data/common.tsv.
func WriteCommon(texts []Reading, out io.Writer) error {
	b := bufio.NewWriter(out)
	fmt.Fprintln(b, "# What many texts tell: kind (likeness.go), key, what share of them. Counted by `make lexicon-stories`.")
	var counts [kinds]map[string]int
	for k := range counts {
		counts[k] = map[string]int{}
	}
	for _, r := range texts {
		for k, keys := range r.Facts() {
			slices.Sort(keys)
			for _, key := range slices.Compact(keys) {
				counts[k][key]++
			}
		}
	}
	for k, of := range counts {
		for _, key := range slices.Sorted(maps.Keys(of)) {
			if share := float64(of[key]) / float64(len(texts)); share > 2*rarest && of[key] > 2 {
				fmt.Fprintf(b, "%s\t%s\t%.4f\n", kindNames[k], key, share)
			}
		}
	}
	return b.Flush()
}
