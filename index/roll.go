package index

import "hash/fnv"

// Roll is a count of articles with a sum of their ids, in no order: two that are equal hold the same articles.
type Roll struct {
	N   int
	Sum uint64
}

// Add counts an article.
func (r *Roll) Add(id string) {
	h := fnv.New64a()
	h.Write([]byte(id))
	r.N++
	r.Sum += h.Sum64()
}
