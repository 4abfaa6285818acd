package names

// Kind tells what a mention names.
type Kind string

// What mentions name.
const (
	Country     Kind = "country"
	Institution Kind = "institution"
)

// Mention is a country or an institution at a span of a text.
type Mention struct {
	Kind       Kind
	Key        string  // ISO 3166-1 alpha-2, an id of institutions.tsv, or for an unknown institution «new:» and what its name says in any language
	Name       string  // of an institution: display name, for an unknown one its normalised name
	Country    string  // of an institution: ISO 3166-1 alpha-2, "" if unknown
	Body       string  // of an institution: its kind (university, academy, …, government, network, company)
	Start, End int     // bytes in the text, without a hyphenated case ending
	First      int     // its tokens are Text.Tokens[First:Last]
	Last       int     //
	Surface    string  // as written
	Known      bool    // Key stands in the table
	Doubt      float64 // 0; of an office that is surmised and not told: how far its log-odds are below what names need
	How        string  // country: name, adj, city, inside (an institution's name); institution: alias, weak, pattern, list
}

// Listed reports whether the mention is a facet value: ministries, networks and companies are not, home is not.
func (m Mention) Listed() bool {
	if m.Kind == Country {
		return m.Key != Home
	}
	return m.Body != "government" && m.Body != "network" && m.Body != "company"
}

// Home is the country whose news we read; it is stored, and never listed as a partner.
const Home = "KZ"
