package local

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"kelisim/index"
)

// A number beside a link is asked for again on each next page, in each order and language.
const (
	mostTotals  = 512
	longestAsks = 4 << 10 // bytes of a request that is remembered
)

// totalKey names a request for a total and nothing more; "" for others, and for long ones. fmt would spell it in a tenth of a millisecond, at
// four times the length.
func totalKey(r index.Request) string {
	if r.Size > 0 || r.Counts || r.Only != nil || r.Beside != nil {
		return ""
	}
	key := make([]byte, 0, 1<<10)
	key = appendString(key, string(r.Tab))
	key = binary.AppendVarint(key, int64(r.MinConfidence))
	key = appendFlag(key, r.Full)
	s := &r.Selection
	for _, of := range []map[string][]string{s.Include, s.Exclude} {
		key = binary.AppendUvarint(key, uint64(len(of)))
		for _, facet := range slices.Sorted(maps.Keys(of)) {
			key = appendTerms(appendString(key, facet), of[facet])
		}
	}
	key = appendFlag(appendString(appendString(key, s.From.String()), s.To.String()), s.Reported)
	key = appendTree(key, r.Tree)
	if len(key) > longestAsks {
		return ""
	}
	return string(key)
}

// appendTree writes all of a tree: what two trees have the same bytes of finds the same.
func appendTree(out []byte, t index.Tree) []byte {
	each := func(out []byte, of []index.Tree) []byte {
		out = binary.AppendUvarint(out, uint64(len(of)))
		for _, c := range of {
			out = appendTree(out, c)
		}
		return out
	}
	switch t := t.(type) {
	case nil:
		return append(out, '0')
	case index.AnyTerm: // what was typed finds nothing: its terms do
		out = appendFlag(appendTerms(append(out, 'w'), t.Terms), t.Title)
		out = binary.AppendUvarint(out, uint64(len(t.Near)))
		for _, n := range t.Near {
			out = appendFlag(appendFloat(appendFloat(appendString(out, n.Term), n.Weight), n.Likeness), n.Whole)
		}
		return out
	case index.Phrase:
		return appendPhrase(append(out, 'p'), t)
	case index.Sentence:
		out = binary.AppendUvarint(append(out, 's'), uint64(len(t.Of)))
		for _, p := range t.Of {
			out = appendPhrase(out, p)
		}
		return out
	case index.Value:
		return appendString(appendString(append(out, 'v'), t.Facet), t.Key)
	case index.And:
		return each(append(out, 'a'), t)
	case index.Or:
		return each(append(out, 'o'), t)
	case index.Not:
		return appendTree(append(out, 'n'), t.Of)
	case index.Should:
		return appendTree(appendFloat(append(out, '?'), t.Weight), t.Of)
	case index.Name:
		out = each(append(out, 'm'), t.Words)
		out = binary.AppendUvarint(out, uint64(len(t.Keys)))
		for _, k := range t.Keys {
			out = appendString(appendString(out, k.Facet), k.Key)
		}
		return appendFlag(appendFloat(out, t.Weight), t.Keyed)
	case index.Enough:
		return appendFlag(appendFlag(appendFloat(each(append(out, 'e'), t.Of), t.Share), t.Loose), t.Mixed)
	}
	return appendString(append(out, '%'), fmt.Sprintf("%#v", t))
}

func appendPhrase(out []byte, p index.Phrase) []byte {
	out = binary.AppendVarint(appendFlag(out, p.Title), int64(p.Slop))
	out = binary.AppendUvarint(out, uint64(len(p.Slots)))
	for _, s := range p.Slots {
		out = appendTerms(out, s)
	}
	return out
}

func appendTerms(out []byte, of []string) []byte {
	out = binary.AppendUvarint(out, uint64(len(of)))
	for _, t := range of {
		out = appendString(out, t)
	}
	return out
}

func appendFloat(out []byte, x float64) []byte {
	return binary.LittleEndian.AppendUint64(out, math.Float64bits(x))
}
