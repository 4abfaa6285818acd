package eval

import "fmt"

// Truth is what gold says of an article's agreements, for learning from it.
type Truth struct{ d *doc }

// True is an agreement of gold.
type True struct {
	Forms           [][]string // its parties, as Truth.Party names them, and other lists of them that are as good
	Kinds, Statuses []string
	Quotes          []string
	Optional        bool
}

// Truths gives what gold says by article.
func (g *Gold) Truths() map[string]Truth {
	out := map[string]Truth{}
	for _, l := range g.lists {
		for _, d := range l.docs {
			out[d.ID] = Truth{d}
		}
	}
	return out
}

// Party is the side of gold that a predicted party means.
func (t Truth) Party(p InstitutionFound) string { return t.d.party(p) }

// Agreements lists the agreements of gold.
func (t Truth) Agreements() []True {
	var out []True
	for _, a := range t.d.Agreements {
		n := True{Kinds: sortedKeys(a.kinds), Statuses: sortedKeys(a.statuses), Quotes: a.quotes, Optional: a.Optional}
		for _, form := range a.forms {
			for _, p := range form {
				n.Forms = append(n.Forms, sortedKeys(p))
			}
		}
		out = append(out, n)
	}
	return out
}

// Stated is a claim of gold.
type Stated struct {
	Number     int
	Kind, Text string
	Optional   bool
}

// Claims lists the claims of gold.
func (t Truth) Claims() (out []Stated) {
	for _, c := range t.d.Claims {
		out = append(out, Stated{number(fmt.Sprint(c.Number)), c.Kind, c.Text, c.Optional})
	}
	return out
}
