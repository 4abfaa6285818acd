package world

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"strconv"

	"kelisim/analysis/names/forms"
)

// feature is something that speaks for or against a candidate; nearest.tsv has the weight of each.
type feature uint8

const (
	fBias   feature = iota // any candidate against none
	fStatus                // both names have it: status words, fields of study, places, words, by how telling each is
	fField
	fPlace
	fWord
	fUnlike        // words and fields of both that are only alike
	fTextStatus    // only the text has it
	fTextField     //
	fTextOwn       // the row's own town or country
	fTextPlace     // another place
	fTextWord      //
	fTextPerson    // a further word of a person's name: Сәкен of «Сәкен Сейфуллин»
	fTextEponym    // a person's name of which the row has nothing
	fRowStatus     // only the row has it
	fRowField      //
	fRowOwn        //
	fRowPlace      //
	fRowPerson     // a word of the person's name in the row's
	fHeadOther     // different heads
	fHeadNear      // heads that bodies change, or translators, and all else the same: института, университета
	fHeadNone      // only one has a head
	fHeadMore      // one has a further head: University College
	fCountry       // the row's country is named around
	fCountryNone   // other countries are named around, not the row's
	fCountryStated // the row's country is stated beside the name
	fCountryWrong  // another one is
	fTown          // its town is named around
	fNamed         // the text names it elsewhere as the table has it
	fHome          // it is at home: texts need not say where
	fAlone         // no other candidate shares as much that is telling
	fCurated       // institutions.tsv has it
	fListed        // only the list of domains has it, which spells some bodies a second time
	fBranchRow     // a branch, and the name does not say so
	fBranchText    // the name says branch, and the row is none
	fWhole         // all words of both fit, by the square of how like the least like are
	fTextRest      // share of the name's fields, places and words that the row lacks
	features
)

var featureNames = [features]string{"bias", "both-status", "both-field", "both-place", "both-word", "both-unlike", "text-status", "text-field", "text-own-place",
	"text-place", "text-word", "text-person", "text-eponym", "row-status", "row-field", "row-own-place", "row-place", "row-person", "head-other", "head-near", "head-none", "head-more",
	"country", "country-none", "country-stated", "country-wrong", "town", "named", "home", "alone", "curated", "listed", "branch-row", "branch-text", "whole", "text-rest"}

// model weighs features: a candidate's odds against none are the exponent of its sum.
type model struct {
	weight [features]float32
}

type vector [features]float32

func (m *model) sum(v *vector) float32 {
	s := float32(0)
	for i, x := range v {
		s += x * m.weight[i]
	}
	return s
}

func readModel(fsys fs.FS) (*model, error) {
	m := &model{}
	known := map[string]feature{}
	for i, n := range featureNames {
		known[n] = feature(i)
	}
	err := forms.ReadTSV(fsys, "nearest.tsv", func(line int, f map[string]string) error {
		w, err := strconv.ParseFloat(f["weight"], 32)
		if err != nil {
			return fmt.Errorf("weight %q", f["weight"])
		}
		switch i, ok := known[f["feature"]]; {
		case ok:
			m.weight[i] = float32(w)
		default:
			return fmt.Errorf("unknown feature %q", f["feature"])
		}
		return nil
	})
	return m, err
}

func (m *model) write(out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprint(w, `# What speaks for and against a body whose name is like a text's: a candidate's odds against «none of the table» are the
# exponent of its sum. Learnt by «kelisim lexicon nearest» from the names of annotated articles; model.go says what each feature is.
feature	weight
`)
	for i, n := range featureNames {
		fmt.Fprintf(w, "%s\t%.2f\n", n, m.weight[i])
	}
	return w.Flush()
}
