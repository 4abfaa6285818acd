package names

import (
	"cmp"
	"strings"
)

// Names gives the names of a country, institution or outlet in three languages, each "" for an unknown key.
func (t *Table) Names(facet, key string) (kk, ru, en string) {
	switch facet {
	case "country":
		if p := t.place[key]; p != nil {
			return p.KK, p.RU, p.EN
		}
	case "institution":
		if b := t.body[key]; b != nil {
			return b.KK, b.RU, b.EN
		}
	case "outlet":
		if o := t.outlet[key]; o != nil {
			return o.KK, o.RU, o.EN
		}
	}
	return "", "", ""
}

// Label is the display name of a country, institution or outlet in a language (kk, ru, en), or key itself.
// facet is "country", "institution" or "outlet". An unknown institution's label is a working name in Latin letters.
func (t *Table) Label(facet, key, lang string) string {
	kk, ru, en := t.Names(facet, key)
	if new, ok := strings.CutPrefix(key, "new:"); ok {
		en = t.linker().Working(new)
	}
	switch lang {
	case "kk":
		return cmp.Or(kk, ru, en, key)
	case "ru":
		return cmp.Or(ru, kk, en, key)
	}
	return cmp.Or(en, ru, kk, key)
}
