package names

import (
	"strings"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/names/border"
	"kelisim/analysis/names/countries"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/outlets"
	"kelisim/analysis/names/trie"
	"kelisim/analysis/names/typed"
	"kelisim/analysis/names/world"
)

// Table knows countries, institutions and outlets. It does not change after Load, so any number of goroutines may
// read it.
type Table struct {
	places        []*countries.Country
	bodies        []*world.Body
	outlets       outlets.List
	place         map[string]*countries.Country
	body          map[string]*world.Body
	outlet        map[string]*outlets.Outlet
	lists         map[string]list // word of words.tsv → its lists; with «~» before what its Russian forms have in common
	lexicon       lexicon
	letters       forms.Letters
	common        map[string]bool // Kazakh words that are written small
	border        *border.Model   // the scorer of borders
	phrases       []phrase
	peoples       map[string]bool               // Kazakh adjectives and peoples of countries
	weak          map[string]*spelling          // Kazakh names of peoples, with «~» before beginnings of Russian ones
	adjectives    map[string]bool               // beginnings of Russian adjectives of countries and peoples
	branches      map[*world.Body][]*world.Body // parent → its branches
	surnames      []string                      // endings of surnames
	endings       *forms.Endings
	heads         *heads.Table
	fronts        map[string][]string // what a compound head begins with → the words that it is short for
	shorts        [][2]string         // key and shared abbreviations of short.tsv
	functions     map[string]uint8    // function words by their place in functionWords
	functionWords []string
	describe      map[string]bool // words inside names, «k» or «r» and the word
	trie          *trie.Trie[*spelling]
	finder        func() *typed.Finder
	world         []*world.Body // of world.tsv
	linker        func() *world.Linker
	tokens        map[string][]analysis.Token // of names, while building
	said          sync.Map                    // *world.Body → what its names say; see toldOf
	spelt         sync.Map                    // *world.Body → *short.Known; see spellingOf
}

// Match is what a run of typed tokens names.
type Match struct {
	First, Last int      // tokens[First:Last]
	Kind        Kind     //
	Keys        []string // every key it may mean
	Whole       bool     // the run is a full name or alias; else a distinctive word of one
}

// list is a set of lists of words.tsv, a bit each.
type list uint64

const (
	andList list = 1 << iota
	articleList
	atList
	branchList
	cityList
	currencyList
	descriptorENList
	descriptorKKList
	descriptorRUList
	firstnameList
	functionList
	givenList
	headPrefixList
	honourList
	inList
	landList
	languageList
	nameList
	neverList
	openerList
	openingList
	particleList
	postpositionList
	rankList
	reportingList
	scrapList
	statusList
	streetList
	stressedList
	surnameList
	thisList
	titleList
	titleENList
)

// listNames are the lists' names in words.tsv, in the order of their bits.
var listNames = strings.Fields("and article at branch city currency descriptor-en descriptor-kk descriptor-ru firstname function given head-prefix honour in land language name never opener opening particle postposition rank reporting scrap status street stressed surname this title title-en")
