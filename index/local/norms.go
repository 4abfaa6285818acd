package local

import "sync"

// A size is the number of words of a field, rounded to its six highest bits (see rounded): few different ones, so that
// what a size makes of an occurrence is looked up instead of counted.

const (
	exactSizes = 64
	sizeStep   = 32 // sizes between two powers of two
	sizeCodes  = exactSizes + sizeStep*26
)

// sizeCode numbers a rounded size.
func sizeCode(n uint32) uint16 {
	if n < exactSizes {
		return uint16(n)
	}
	shift := uint32(0)
	for n>>shift >= exactSizes {
		shift++
	}
	return uint16(min(exactSizes+(shift-1)*sizeStep+n>>shift-sizeStep, sizeCodes-1))
}

// sizeOf is the size with a number.
func sizeOf(code uint16) uint32 {
	if code < exactSizes {
		return uint32(code)
	}
	code -= exactSizes
	return (sizeStep + uint32(code)%sizeStep) << (code/sizeStep + 1)
}

// norms are what an occurrence counts, by tab, field and size.
type norms struct {
	once       sync.Once
	saturation float64
	by         [2][len(fieldsOfWords)][sizeCodes]float64
}

func (v *view) norms(m *matcher) *norms {
	p := &v.weighed
	p.once.Do(func() {
		p.saturation = m.weights.Saturation
		for tab := range p.by {
			for code := range uint16(sizeCodes) {
				n := float64(sizeOf(code))
				p.by[tab][0][code] = m.weights.TitleWeight / (1 - m.weights.TitleLength + m.weights.TitleLength*n/v.mean[tab].title)
				p.by[tab][1][code] = 1 / (1 - m.weights.BodyLength + m.weights.BodyLength*n/v.mean[tab].body)
			}
		}
	})
	return p
}
