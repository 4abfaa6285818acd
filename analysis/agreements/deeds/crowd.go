package deeds

import "strings"

// An agreement that ten thousand articles tell has evidence of the first that say something of their own, and costs as much to merge with one
// more as any other. What is left out is known by the articles, which keep the IDs of what they tell.
const (
	// MostAlike is how many pieces of evidence are kept that are alike: of one outlet and language, with the same sides, kind, date as stated (else when
	// it was reported) and status, shown or not, sure or not. The earliest are.
	MostAlike = 10
	// MostWays is of how many likenesses so many are kept where the same sides and kind are told; where there are more, one of each is. Undated news
	// of every day of six years is told in two thousand ways.
	MostWays = 20
)

// How sure an agreement is to be stored, to be shown unasked, and to be shown as certain; see package agreements.
const (
	Stored = .25
	Shown  = .45
	Sure   = .7
)

// Likeness is what evidence shares that is alike.
type Likeness struct {
	ID, Status, Lang, Outlet string
	Shown, Sure              bool
}

// Alike is what evidence shares with what is alike; it is as it was read.
func (e *Evidence) Alike() Likeness {
	return Likeness{e.ID, e.Status, e.Lang, e.Outlet, e.Confidence >= Shown, e.Confidence >= Sure}
}

// List is a list of parties by where it lies: much evidence shares one.
type List struct {
	first *Party
	n     int
}

// Listed is where the list of a piece's parties lies.
func (e *Evidence) Listed() List {
	l := List{n: len(e.Parties)}
	if l.n > 0 {
		l.first = &e.Parties[0]
	}
	return l
}

// named are the sides of a list of parties, and a line of them.
type named struct {
	sides []string
	line  string
}

// sidesBy names the sides of each list once.
type sidesBy map[List]named

func (m sidesBy) of(e *Evidence) named {
	l := e.Listed()
	n, ok := m[l]
	if !ok {
		n.sides = sidesOf(e.Parties)
		n.line = strings.Join(n.sides, "\x00")
		m[l] = n
	}
	return n
}

// crowd is how much evidence is alike, and in how many ways the same sides tell a kind.
type crowd struct {
	alike map[Likeness]int
	ways  map[[2]string]int // by line and kind
}

func (m sidesBy) crowd(of ...[]*Evidence) crowd {
	c := crowd{map[Likeness]int{}, map[[2]string]int{}}
	for _, all := range of {
		for _, e := range all {
			like := e.Alike()
			if c.alike[like]++; c.alike[like] == 1 {
				c.ways[[2]string{m.of(e).line, e.Kind}]++
			}
		}
	}
	return c
}

// most is how many pieces that are alike are kept of what some sides tell.
func (c crowd) most(line, kind string) int {
	if c.ways[[2]string{line, kind}] > MostWays {
		return 1
	}
	return MostAlike
}

// Thinned says how many pieces that are alike are wanted when some articles change or go, and their evidence with them: where as many were kept
// as may be, others may tell the same. stored is all evidence that there is of the sides, told what comes; both as they were read.
func Thinned(stored []*Evidence, gone map[string]bool, told []*Evidence) map[Likeness]int {
	var left []*Evidence
	for _, e := range stored {
		if !gone[e.Article] {
			left = append(left, e)
		}
	}
	if len(left) == len(stored) {
		return nil
	}
	sides := sidesBy{}
	was, is, stay := sides.crowd(stored), sides.crowd(left, told), sides.crowd(left)
	out := map[Likeness]int{}
	for _, e := range stored {
		like, line := e.Alike(), sides.of(e).line
		if was.alike[like] < was.most(line, e.Kind) {
			continue // all were kept
		}
		if n := is.most(line, e.Kind) - stay.alike[like]; n > 0 {
			out[like] = n
		}
	}
	return out
}
