package cluster

import "math"

// A word counts as in index/local: weight·(k+1)·tf/(tf+k), BM25 over two fields, where tf are its occurrences in the title and in the
// body, each made less by the field's length. The mapping's similarity gives occurrences as a score, and two scripts make the
// rest of it. Scripts take numbers as parameters, since each source is compiled once.
const (
	normScript      = "return params.w * _score / (params.a + params.b * doc[params.f].value);"
	saturatedScript = "return params.w * _score / (_score + params.k);"
	freshScript     = "if (doc['dates.months'].size() == 0) { return _score; } return _score * (1 + params.w * Math.pow(2, (doc['dates.months'].value - params.last) / params.m));"
)

func scripted(q object, source string, params object) object {
	return object{"script_score": object{"query": q, "script": object{"source": source, "params": params}}}
}

// normed makes of occurrences in a field what they count.
func (m *matcher) normed(field string, q object) object {
	w, length, mean := 1.0, m.weights.BodyLength, m.sizes.body
	if field == "title" {
		w, length, mean = m.weights.TitleWeight, m.weights.TitleLength, m.sizes.title
	}
	return scripted(q, normScript, object{"w": w, "a": 1 - length, "b": length / math.Max(1, mean), "f": field + "size"})
}

// saturated makes of what occurrences count a score: each further one adds less.
func (m *matcher) saturated(weight float64, q object) object {
	k := m.weights.Saturation
	return scripted(q, saturatedScript, object{"w": weight * (k + 1), "k": k})
}
