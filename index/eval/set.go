package eval

import (
	"sort"
	"strings"
)

// set is a set of words; of parties, a record's sides.
type set map[string]bool

func setOf(words ...string) set {
	s := set{}
	for _, w := range words {
		s[w] = true
	}
	return s
}

func (s set) meets(o set) bool {
	for w := range s {
		if o[w] {
			return true
		}
	}
	return false
}

func (s set) within(o set) bool {
	for w := range s {
		if !o[w] {
			return false
		}
	}
	return true
}

func (s set) add(o set) {
	for w := range o {
		s[w] = true
	}
}

func (s set) equal(o set) bool { return len(s) == len(o) && s.within(o) }

// key makes a set of sides a map's key.
func (s set) key() string { return strings.Join(sortedKeys(s), "\x00") }

func (s set) String() string { return strings.Join(sortedKeys(s), " + ") }

// pairs are the keys of all sets of two sides.
func (s set) pairs() set {
	out := set{}
	k := sortedKeys(s)
	for i, a := range k {
		for _, b := range k[i+1:] {
			out[a+"\x00"+b] = true
		}
	}
	return out
}

func jaccard(a, b set) float64 {
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	if all := len(a) + len(b) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}

// isNamed tells a party of listed institutions («name») from other organisations («~name») and unnamed sides («*CC»).
func isNamed(party string) bool {
	return party != "" && party[0] != '*' && party[0] != '~'
}

// allNamed reports it of each side of a pair's key.
func allNamed(pair string) bool {
	for side := range strings.SplitSeq(pair, "\x00") {
		if !isNamed(side) {
			return false
		}
	}
	return true
}

func (s set) named() set {
	out := set{}
	for p := range s {
		if isNamed(p) {
			out[p] = true
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
