package kazakh

import "math"

// A spelling is a model of how stems are spelt: the probability of each letter after the four before it, backing off to fewer
// (Witten and Bell 1991). It says which stems are likely that were never seen.
type spelling struct {
	table []gram  // open addressing; its length is a power of two
	used  int     //
	n     float32 // letters in all, ends of stems included
	kinds uint32  // different letters
}

// A gram is a run of letters, the last in the low bits, six bits each.
type gram struct {
	key   uint32
	kinds uint32  // how many different letters follow it
	n     float32 // how often it is; so often, too, a letter follows it
}

const (
	order     = 5
	stemStart = 62
	stemEnd   = 63
)

// newSpelling makes one with room for half as many runs.
func newSpelling(room int) *spelling { return &spelling{table: make([]gram, room)} }

// at finds a run's place, empty or not.
func (s *spelling) at(key uint32) *gram {
	mask := uint32(len(s.table) - 1)
	for i := key * 2654435769 >> 7; ; i++ {
		if g := &s.table[i&mask]; g.key == key || g.key == 0 {
			return g
		}
	}
}

func (s *spelling) put(key uint32) *gram {
	g := s.at(key)
	if g.key == 0 {
		if s.used*2 > len(s.table) {
			old := s.table
			s.table = make([]gram, 2*len(old))
			for _, o := range old {
				if o.key != 0 {
					*s.at(o.key) = o
				}
			}
			g = s.at(key)
		}
		g.key = key
		s.used++
	}
	return g
}

// The key of no letters, the start of every run's key, keeps key 0 free.
const noLetters = 1 << 30

func key(history uint32, k int) uint32 { return noLetters>>(6*(order-k)) | history&(1<<(6*k)-1) }

const startHistory = stemStart<<18 | stemStart<<12 | stemStart<<6 | stemStart

// add counts a stem.
func (s *spelling) add(stem []byte, weight float32) {
	h := uint32(startHistory)
	for k := 1; k < order; k++ {
		s.put(key(h, k)).n += weight
	}
	for i := 0; i <= len(stem); i++ {
		c := uint32(stemEnd)
		if i < len(stem) {
			c = uint32(stem[i])
		}
		s.n += weight
		for k := 0; k < order; k++ {
			run := s.put(key(h<<6|c, k+1))
			fresh := run.n == 0
			run.n += weight
			if fresh && k == 0 {
				s.kinds++
			} else if fresh {
				s.at(key(h, k)).kinds++
			}
		}
		h = (h<<6 | c) & (1<<24 - 1)
	}
}

// logP is the natural logarithm of the probability of a stem.
func (s *spelling) logP(stem []byte) float64 {
	h, p, v := uint32(startHistory), 1.0, 0.0
	var before [order + 1]*gram // the runs that end before the letter, by their length; one that was never seen is nil or empty
	for k := 1; k < order; k++ {
		before[k] = s.at(key(h, k))
	}
	for i := 0; i <= len(stem); i++ {
		c := uint32(stemEnd)
		if i < len(stem) {
			c = uint32(stem[i])
		}
		h = h<<6 | c
		kinds := float64(s.kinds)
		run := s.at(key(h, 1))
		q := (float64(run.n) + kinds/45) / (float64(s.n) + kinds)
		for k := 1; k < order; k++ {
			b := before[k]
			before[k] = run // of length k, seen or not, for the next letter
			if b == nil || b.n == 0 {
				run = nil // no run that begins earlier was ever seen
				continue
			}
			n := float32(0)
			if run != nil && run.n > 0 {
				run = s.at(key(h, k+1))
				n = run.n
			}
			kinds := float64(b.kinds)
			q = (float64(n) + kinds*q) / (float64(b.n) + kinds)
		}
		if p *= q; p < 1e-200 {
			v += math.Log(p)
			p = 1
		}
		h &= 1<<24 - 1
	}
	return v + math.Log(p)
}
