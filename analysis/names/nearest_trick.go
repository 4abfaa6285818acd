package names

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
func withoutPerson(words []part) []part {
	at := slices.IndexFunc(words, func(p part) bool { return isNamed(p.elems) })
	if at < 0 {
		return nil
	}
	words = slices.Clone(words)
	if f := words[at].form; f == "атындағы" || f == "атында" {
		words = words[at+1:]
	} else {
		words = words[:at]
	}
	if tellingWord(words).form == "" {
		return nil
	}
	return words
}

// withHead changes a name's head, nil where it has none or that one.
func withHead(words []part, head part) []part {
	words = slices.Clone(words)
	changed := false
	for i, w := range words {
		if len(w.elems) > 0 && w.elems[0].kind == headElement {
			if w.elems[0].sym == head.elems[0].sym {
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
func tellingWord(words []part) part {
	for _, w := range words {
		for _, e := range w.elems {
			if e.kind >= townElement && e.kind <= wordElement && len(w.form) > 4 {
				return w
			}
		}
	}
	return part{}
}

// play does the trick to a name, nil where it does not fit; more is a telling word of another name.
func (t trick) play(k *linker, words []part, more part) []part {
	said := func(form string) part { return part{form: form, elems: k.elements(form)} }
	switch t {
	case longer:
		if more.form == "" {
			return nil
		}
		return append([]part{more}, words...)
	case branch:
		return append([]part{said("филиал")}, words...)
	case college:
		return withHead(words, said("колледж"))
	case short:
		return withoutPerson(words)
	}
	return words
}
