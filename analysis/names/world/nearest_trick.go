package world

import "slices"

// trick is what is done to a name before it is asked.
type trick int

const (
	asIs    trick = iota
	hidden        // the body that it means is not in the table: none is right
	longer        // it has another name's telling word too: it is another, unknown body
	branch        // it is a branch of the body
	short         // the person's name is left out
	college       // its head is another: it is another body of that name
)

// withoutPerson leaves the person out of a name, nil where none is or no word or place is left.
func withoutPerson(words []Part) []Part {
	at := slices.IndexFunc(words, func(p Part) bool { return isNamed(p.Elems) })
	if at < 0 {
		return nil
	}
	words = slices.Clone(words)
	if f := words[at].Form; f == "атындағы" || f == "атында" {
		words = words[at+1:]
	} else {
		words = words[:at]
	}
	if tellingWord(words).Form == "" {
		return nil
	}
	return words
}

// withHead changes a name's head, nil where it has none or that one.
func withHead(words []Part, head Part) []Part {
	words = slices.Clone(words)
	changed := false
	for i, w := range words {
		if len(w.Elems) > 0 && w.Elems[0].Kind == headElement {
			if w.Elems[0].sym == head.Elems[0].sym {
				return nil
			}
			words[i], changed = head, true
		}
	}
	if !changed {
		return nil
	}
	return words
}

// tellingWord is the first word of a name that is a place or no concept.
func tellingWord(words []Part) Part {
	for _, w := range words {
		for _, e := range w.Elems {
			if e.Kind >= TownElement && e.Kind <= wordElement && len(w.Form) > 4 {
				return w
			}
		}
	}
	return Part{}
}

// play does the trick to a name, nil where it does not fit; more is a telling word of another name.
func (t trick) play(k *Linker, words []Part, more Part) []Part {
	said := func(form string) Part { return Part{Form: form, Elems: k.Elements(form)} }
	switch t {
	case longer:
		if more.Form == "" {
			return nil
		}
		return append([]Part{more}, words...)
	case branch:
		return append([]Part{said("филиал")}, words...)
	case college:
		return withHead(words, said("колледж"))
	case short:
		return withoutPerson(words)
	}
	return words
}
