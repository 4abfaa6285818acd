// Package outlets answers: which newsroom or press service published a text?
package outlets

import (
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"kelisim/analysis/names/forms"
)

// Outlet is a newsroom or press service as outlets.tsv tells it.
type Outlet struct {
	Key        string
	KK, RU, EN string
	Spellings  []string
	Domains    []string
	State      string   // of an office of state: ISO 3166-1 alpha-2
	bare       []string // its names as Bare gives them, which each article's stated outlet is compared with
}

// List is all outlets.
type List []*Outlet

// Read reads outlets.tsv.
func Read(fsys fs.FS) (l List, err error) {
	err = forms.ReadTSV(fsys, "outlets.tsv", func(line int, f map[string]string) error {
		o := &Outlet{Key: f["key"], KK: f["name_kk"], RU: f["name_ru"], EN: f["name_en"],
			Spellings: forms.Split(f["spellings"]), Domains: forms.Split(f["domains"]), State: f["state"]}
		for _, s := range o.Names() {
			o.bare = append(o.bare, Bare(s))
		}
		l = append(l, o)
		return nil
	})
	return l, err
}

// Stated finds the key of the outlet that a stated name or an address names, or "".
func (l List) Stated(name, address string) string {
	for _, o := range []*Outlet{l.Spelt(name), l.At(name), l.At(address)} {
		if o != nil {
			return o.Key
		}
	}
	return ""
}

// Spelt finds an outlet by one of its names.
func (l List) Spelt(name string) *Outlet {
	key := Bare(name)
	if key == "" {
		return nil
	}
	for _, o := range l {
		if slices.Contains(o.bare, key) {
			return o
		}
	}
	return nil
}

// Names are all that it is called.
func (o *Outlet) Names() []string { return append([]string{o.Key, o.KK, o.RU, o.EN}, o.Spellings...) }

// Bare is a name in small letters without quotation marks.
func Bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" \t\u00a0«»\"“”'", r)
	}), " ")
}

// At finds an outlet by an address, or a host of it.
func (l List) At(address string) *Outlet {
	host := address
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	host = strings.ToLower(host)
	for h := host; strings.Contains(h, "."); _, h, _ = strings.Cut(h, ".") {
		for _, o := range l {
			for _, d := range o.Domains {
				if d == h {
					return o
				}
			}
		}
	}
	return nil
}
