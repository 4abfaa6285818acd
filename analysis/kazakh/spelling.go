package kazakh

import "math"

// A spelling is a model of how stems are spelt: the probability of each letter after the four before it, backing off to fewer
// (Witten and Bell 1991). It says which stems are likely that were never seen.
type spelling struct {
	table []gram // open addressing; its length is a power of two
	used  int
}

// A gram is a run of letters, the last in the low bits, six bits each.
type gram struct {
	key   uint32
	kinds uint32  // how many different letters followed it
	n     float32 // how much followed it, or for the longest runs how often it was
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
	for i := 0; i <= len(stem); i++ {
		c := uint32(stemEnd)
		if i < len(stem) {
			c = uint32(stem[i])
		}
		for k := 0; k < order; k++ {
			run := s.put(key(h<<6|c, k+1) | follower)
			fresh := run.n == 0
			run.n += weight
			before := s.put(key(h, k))
			before.n += weight
			if fresh {
				before.kinds++
			}
		}
		h = (h<<6 | c) & (1<<24 - 1)
	}
}

// follower marks a run as a letter after others, apart from the same run as what stands before a letter.
const follower = 1 << 31

// logP is the natural logarithm of the probability of a stem.
func (s *spelling) logP(stem []byte) float64 {
	h, p := uint32(startHistory), 1.0
	v := 0.0
	for i := 0; i <= len(stem); i++ {
		c := uint32(stemEnd)
		if i < len(stem) {
			c = uint32(stem[i])
		}
		q := 1.0 / 45
		for k := 0; k < order; k++ {
			before := s.at(key(h, k))
			if before.n == 0 {
				break
			}
			d := float64(before.kinds)
			q = (float64(s.at(key(h<<6|c, k+1)|follower).n) + d*q) / (float64(before.n) + d)
		}
		if p *= q; p < 1e-200 {
			v += math.Log(p)
			p = 1
		}
		h = (h<<6 | c) & (1<<24 - 1)
	}
	return v + math.Log(p)
}
