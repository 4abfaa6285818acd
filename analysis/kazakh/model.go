package kazakh

import "math"

// A count is how many forms speak for a stem, as a noun's and as a verb's.
type count [classes]float64

// A stem is what is known of a stem.
type stem struct {
	counts count
	known  uint8    // a bit for each class in which it is sure enough to make words of
	terms  []string // the stem alone, as Stems returns it
}

const chainEnd = 63 // stands in pairs for the end of a word

// A model weighs readings: the probability of the suffixes given the class, times that of the stem and its class.
type model struct {
	g        *grammar
	chains   map[uint64]float64 // chain and class → count
	sum      count              // of chains
	pairs    [classes][64][64]float64
	firsts   [classes][64]float64 // sums of pairs
	weight   map[uint64]float64   // chain and class → logarithm of its probability, of the chains seen
	logs     [classes][64][64]float64
	stems    map[string]*stem
	total    float64 // of all stems' counts
	logTotal float64 // of them and unseenMass
	spell    [classes]*spelling
}

func newModel(g *grammar) *model {
	return &model{g: g, chains: map[uint64]float64{}, stems: map[string]*stem{}, spell: [classes]*spelling{newSpelling(1 << 18), newSpelling(1 << 16)}}
}

func chainKey(c chain, k class) uint64 { return uint64(c)<<1 | uint64(k) }

func (m *model) addChain(c chain, k class, n float64) {
	m.chains[chainKey(c, k)] += n
	m.sum[k] += n
	prev := 0
	for i := maxChain - 1; i >= 0; i-- {
		if t := int(c >> (6 * i) & 63); t != 0 {
			m.pairs[k][prev][t] += n
			m.firsts[k][prev] += n
			prev = t
		}
	}
	m.pairs[k][prev][chainEnd] += n
	m.firsts[k][prev] += n
}

// settle computes what weighing needs, after all chains and stems are in.
func (m *model) settle() {
	m.logTotal = math.Log(m.total + unseenMass)
	present := int(m.g.ids["AY"])
	for k := range m.logs {
		for a := range m.logs[k] {
			for b := range m.logs[k][a] {
				m.logs[k][a][b] = math.Log((m.pairs[k][a][b] + 0.02) / (m.firsts[k][a] + 1))
			}
		}
	}
	m.weight = make(map[uint64]float64, len(m.chains))
	for key, n := range m.chains {
		c, k := chain(key>>1), class(key&1)
		v := math.Log((n + chainMass*math.Exp(m.pairWeight(c, k))) / (m.sum[k] + chainMass))
		m.weight[key] = v + presentCost*float64(c.times(present))
	}
}

// times counts a suffix in a chain.
func (c chain) times(tag int) (n int) {
	for ; c != 0; c >>= 6 {
		if int(c&63) == tag {
			n++
		}
	}
	return n
}

// pairWeight is the logarithm of a chain's probability as a row of suffixes each of which depends on the one before.
func (m *model) pairWeight(c chain, k class) float64 {
	v, prev := 0.0, 0
	for i := maxChain - 1; i >= 0; i-- {
		if t := int(c >> (6 * i) & 63); t != 0 {
			v += m.logs[k][prev][t]
			prev = t
		}
	}
	return v + m.logs[k][prev][chainEnd]
}

func (m *model) chainWeight(c chain, k class) float64 {
	if v, ok := m.weight[chainKey(c, k)]; ok {
		return v
	}
	v := math.Log(chainMass/(m.sum[k]+chainMass)) + m.pairWeight(c, k)
	return v + presentCost*float64(c.times(int(m.g.ids["AY"])))
}

// stemWeight weighs a stem without own, what the word itself contributed to its count while learning.
func (m *model) stemWeight(b []byte, s *stem, k class, own float64) float64 {
	n := 0.0
	if s != nil {
		n = s.counts[k] - own
	}
	if n < 1 {
		n = max(n, m.derived(b, k))
	}
	if n < spellingMatters {
		u := math.Exp(letterCost*float64(len(b)) + m.spell[k].logP(b))
		if k == verb {
			u *= unseenVerb
		}
		n += unseenMass * u
	}
	return math.Log(n) - m.logTotal
}

func (m *model) readingWeight(b []byte, s *stem, x reading, own float64) float64 {
	v := m.chainWeight(x.chain, x.class) + m.stemWeight(b, s, x.class, own)
	switch {
	case x.change == kept && x.class == verb:
		return v + keptVerbCost
	case x.change >= softened && s != nil && s.known&(1<<x.class) != 0:
		return v + knownChangeCost
	}
	return v + changeCost[x.change]
}
