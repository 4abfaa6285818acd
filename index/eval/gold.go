package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// Gold is what is right about a set of articles.
type Gold struct {
	lists []list
}

type list struct {
	path string
	name string
	docs []*doc
}

// body is an institution or another organisation of an article.
type body struct {
	Key      string            `json:"key"`
	KeyAlso  []string          `json:"key_also"`
	Name     string            `json:"name"`
	Country  string            `json:"country"`
	ROR      string            `json:"ror"`
	Parent   string            `json:"parent"` // of a branch, its name or key
	Surfaces []string          `json:"surfaces"`
	Optional bool              `json:"optional"`
	spans    map[[2]int]string // → the key of the longer name that it lies in, or ""
	keys     set               // those that the table has
	ids      set               // keys and ROR ids, the table's or not
	other    bool
	party    string
}

type agreement struct {
	Parties      []string   `json:"parties"`
	PartiesAlso  [][]string `json:"parties_also"`
	Kind         string     `json:"kind"`
	Also         []string   `json:"also"`
	Status       string     `json:"status"`
	StatusAlso   []string   `json:"status_also"`
	Date         string     `json:"date"`
	Dates        []string   `json:"dates"`
	DateOptional bool       `json:"date_optional"`
	Quote        string     `json:"quote"`
	QuoteAlso    []string   `json:"quote_also"`
	Optional     bool       `json:"optional"`
	Split        bool       `json:"split"`
	kinds        set
	statuses     set
	quotes       []string
	forms        [][]set // lists of party sets that are right, the first one preferred
	core         set     // what all forms share: a record without it is told of something else
}

type claim struct {
	Number   any    `json:"number"` // a string, in the seeds a number too
	Kind     string `json:"kind"`
	Text     string `json:"text"`
	Optional bool   `json:"optional"`
}

type article struct {
	ID                string      `json:"id"`
	Title             string      `json:"title"`
	Lang              string      `json:"lang"`
	Countries         []string    `json:"countries"`
	CountriesOptional []string    `json:"countries_optional"`
	Institutions      []*body     `json:"institutions"`
	OtherOrgs         []*body     `json:"other_orgs"`
	Agreements        []agreement `json:"agreements"`
	Claims            []claim     `json:"claims"`
	NotAgreements     []denied    `json:"not_agreements"`
}

type denied struct {
	Text string `json:"text"`
}

// unnamed is a side that a text does not name: «universities:CN».
var unnamed = regexp.MustCompile(`^(?:universities|partners|country)[^\p{L}\p{N}_]+([A-Z]{2})$`)

var otherKinds = setOf("government", "company", "network")

// alikeKinds are kinds that are accepted for each other.
var alikeKinds = []set{setOf("joint-lab", "joint-center"), setOf("alliance", "agreement")}

// LoadGold reads the gold of paths: gold files, or folders that hold *.gold.json. No path means all gold in dir: its
// seeds.json and its folders. In dir's seeds.json stand the keys that count as one party; keys are looked up in the
// table of institutions.
func LoadGold(dir string, paths []string, institutions io.Reader) (*Gold, error) {
	root := filepath.Join(dir, seedsName)
	own, err := readSeeds(root)
	if err != nil {
		return nil, err
	}
	t, err := readTable(institutions, own.Equivalent)
	if err != nil {
		return nil, fmt.Errorf("load gold: %w", err)
	}
	if len(paths) == 0 {
		more, err := filepath.Glob(filepath.Join(dir, "*", "*"+goldEnding))
		if err != nil {
			return nil, fmt.Errorf("load gold: %w", err)
		}
		paths = append([]string{root}, more...)
	}
	g := &Gold{}
	for _, p := range paths {
		files := []string{p}
		if st, err := os.Stat(p); err == nil && st.IsDir() {
			if files, _ = filepath.Glob(filepath.Join(p, "*"+goldEnding)); len(files) == 0 {
				return nil, fmt.Errorf("load gold: no *%s in %s", goldEnding, p)
			}
		}
		for _, f := range files {
			as, err := readGold(f)
			if err != nil {
				return nil, err
			}
			l := list{path: f, name: filepath.Base(f)}
			for _, a := range as {
				l.docs = append(l.docs, newDoc(a, t))
			}
			g.lists = append(g.lists, l)
		}
	}
	g.name()
	return g, nil
}

const (
	seedsName  = "seeds.json"
	goldEnding = ".gold.json"
)

// Files are the paths of the gold, in the order of its scores.
func (g *Gold) Files() []string {
	var out []string
	for _, l := range g.lists {
		out = append(out, l.path)
	}
	return out
}

// name puts the folder before a file's name that several files have.
func (g *Gold) name() {
	times := map[string]int{}
	for _, l := range g.lists {
		times[l.name]++
	}
	for i, l := range g.lists {
		if times[l.name] > 1 {
			g.lists[i].name = filepath.Base(filepath.Dir(l.path)) + "/" + l.name
		}
	}
}

func readGold(path string) ([]article, error) {
	if filepath.Base(path) != seedsName {
		var as []article
		return as, readJSON(path, &as)
	}
	s, err := readSeeds(path)
	if err != nil {
		return nil, err
	}
	var as []article
	for _, a := range s.Articles {
		as = append(as, a.article())
	}
	return as, nil
}

func readSeeds(path string) (s seeds, err error) { return s, readJSON(path, &s) }

func readJSON(path string, v any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("load gold: %w", err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("load gold %s: %w", path, err)
	}
	return nil
}
