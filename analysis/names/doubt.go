package names

import (
	"math"
	"slices"
)

// mostDoubt is how far below what names need an office is still surmised, in log-odds.
const mostDoubt = 4

// leastDoubt is that of what scores enough and is not told for another reason: «посольство Японии» may be any there.
const leastDoubt = .01

// doubt keeps the best candidate for an office that is not told.
func (r *reader) doubt(a anchor, s scored, named bool) {
	if !named && a.office() && !math.IsInf(s.score, 0) && nameThreshold-s.score < mostDoubt {
		r.doubtful = append(r.doubtful, name{first: s.first, last: s.last, head: a.head, anchor: a, score: s.score})
	}
}

// doubts are the mentions that are not told, where no name stands.
func (r *reader) doubts() []Mention {
	free := surest(slices.DeleteFunc(r.doubtful, func(n name) bool {
		return slices.ContainsFunc(r.cover[n.first:n.last], func(c int32) bool { return c > 0 })
	}))
	out := r.resolve(free)
	for i, n := range free {
		out[i].Doubt = max(leastDoubt, nameThreshold-n.score)
	}
	return out
}
