package names

// feature is a number of the model; the families name it.
type clue = int32

// A family of features has a language and two coordinates.
type family struct {
	name string
	a, b []string // names of the coordinates
	from clue     // its first number
}

// The families. Their order is no part of the file of weights, which names them.
const (
	leftWithin = iota
	leftWithinEnding
	leftGap
	leftFirst
	leftFirstEnding
	leftBefore
	leftBeforeEnding
	leftBeforeGap
	leftPair
	rightWithin
	rightWithinEnding
	rightGap
	rightLast
	rightLastEnding
	rightAfter
	rightAfterEnding
	rightAfterGap
	rightPair
	wholeTelling
	wholeWords
	wholeLink
	wholeQuotes
	wholeAgree
	noneHead
	noneEnding
	noneForm
	leftWithinWord
	leftFirstWord
	leftBeforeWord
	rightWithinWord
	rightLastWord
	rightAfterWord
	wholeTitled
	leftWithinPair
	rightWithinPair
	leftWithinHead
	rightWithinHead
	leftFirstBoth
	leftBeforeBoth
	rightLastBoth
	rightAfterBoth
	wholeNear
	leftWithinSense
	leftWithinShape
	leftFirstSense
	leftBeforeSense
	rightWithinSense
	rightWithinShape
	rightLastSense
	rightAfterSense
	wholeScripts
	wholeEponym
	leftBeyond
	rightBeyond
	leftRepeat
	rightRepeat
	leftWithinRepeat
	rightWithinRepeat
	leftBeforeKind
	leftFirstKind
	rightAfterKind
	families
)

var one = []string{"-"}

// model is the families with their numbers; made once the endings are known.
func (t *Table) families() ([]family, clue) {
	senses, shapes, endings := senseNames[:], shapeNames[:], t.endings.ClassNames
	gapNames := []string{"tight", "near", "quote", "comma", "mark", "end"}
	count := []string{"none", "one", "two", "more", "a people only", "a place only", "fields only", "a sentence's first word only"}
	fs := make([]family, families)
	set := func(f int, name string, a, b []string) { fs[f] = family{name: name, a: a, b: b} }
	set(leftWithin, "left: within", senses, shapes)
	set(leftWithinEnding, "left: within, ending", endings, shapes)
	set(leftGap, "left: within, gap", gapNames, shapes)
	set(leftWithinWord, "left: within, word", t.functionWords, one)
	set(leftFirstWord, "left: first, word", t.functionWords, one)
	set(leftBeforeWord, "left: before, word", t.functionWords, one)
	set(rightWithinWord, "right: within, word", t.functionWords, one)
	set(rightLastWord, "right: last, word", t.functionWords, one)
	set(rightAfterWord, "right: after, word", t.functionWords, one)
	set(leftWithinPair, "left: within, two words", senses, senses)
	set(rightWithinPair, "right: within, two words", senses, senses)
	set(leftWithinHead, "left: within, head's ending", endings, shapes)
	set(rightWithinHead, "right: within, head's ending", endings, shapes)
	set(leftFirstBoth, "left: first, sense and ending", senses, endings)
	set(leftBeforeBoth, "left: before, sense and ending", senses, endings)
	set(rightLastBoth, "right: last, sense and ending", senses, endings)
	set(rightAfterBoth, "right: after, sense and ending", senses, endings)
	set(wholeNear, "whole: nearest", []string{"nothing", "far", "third", "half", "two thirds", "sure", "certain"}, []string{"head", "member"})
	set(leftWithinSense, "left: within, sense", senses, one)
	set(leftWithinShape, "left: within, shape", shapes, gapNames)
	set(leftFirstSense, "left: first, sense", senses, one)
	set(leftBeforeSense, "left: before, sense", senses, one)
	set(rightWithinSense, "right: within, sense", senses, one)
	set(rightWithinShape, "right: within, shape", shapes, gapNames)
	set(rightLastSense, "right: last, sense", senses, one)
	set(rightAfterSense, "right: after, sense", senses, one)
	set(wholeScripts, "whole: words in other letters", []string{"0", "1", "2", "3+"}, []string{"known", "unknown"})
	set(wholeEponym, "whole: words of the person", []string{"1", "2", "3", "4", "5", "6+"}, []string{"small between", "capitals"})
	set(leftBeyond, "left: before the conjunction before", senses, shapes)
	set(rightBeyond, "right: after the conjunction after", senses, shapes)
	set(leftRepeat, "left: first and before, elsewhere", repeatNames[:], shapes)
	set(rightRepeat, "right: last and after, elsewhere", repeatNames[:], shapes)
	set(leftWithinRepeat, "left: within, elsewhere", repeatNames[:], shapes)
	set(rightWithinRepeat, "right: within, elsewhere", repeatNames[:], shapes)
	set(leftBeforeKind, "left: before, kind of head", senses, kinds)
	set(leftFirstKind, "left: first, kind of head", senses, kinds)
	set(rightAfterKind, "right: after, kind of head", senses, kinds)
	set(wholeTitled, "whole: a title before, last", senses, shapes)
	set(leftFirst, "left: first", senses, shapes)
	set(leftFirstEnding, "left: first, ending", endings, shapes)
	set(leftBefore, "left: before", senses, shapes)
	set(leftBeforeEnding, "left: before, ending", endings, shapes)
	set(leftBeforeGap, "left: gap before", gapNames, shapes)
	set(leftPair, "left: before and first", senses, senses)
	set(rightWithin, "right: within", senses, shapes)
	set(rightWithinEnding, "right: within, ending", endings, shapes)
	set(rightGap, "right: within, gap", gapNames, shapes)
	set(rightLast, "right: last", senses, shapes)
	set(rightLastEnding, "right: last, ending", endings, shapes)
	set(rightAfter, "right: after", senses, shapes)
	set(rightAfterEnding, "right: after, ending", endings, shapes)
	set(rightAfterGap, "right: gap after", gapNames, shapes)
	set(rightPair, "right: last and after", senses, senses)
	set(wholeTelling, "whole: telling words", count, kinds)
	set(wholeWords, "whole: words", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10+"}, one)
	set(wholeLink, "whole: known", linkNames[:], []string{"head", "member"})
	set(wholeQuotes, "whole: quotation", []string{"none", "balanced", "all", "open", "brackets"}, one)
	set(wholeAgree, "whole: agreement", []string{"agree", "disagree"}, []string{"head", "member"})
	set(noneHead, "no name: head", kinds, shapes)
	set(noneEnding, "no name: ending", endings, shapes)
	set(noneForm, "no name: form", []string{"possessive", "bare", "plural", "other", "member left", "member right"}, one)
	next := clue(0)
	for i := range fs {
		fs[i].from = next
		next += clue(int(languages) * len(fs[i].a) * len(fs[i].b))
	}
	return fs, next
}

func (m *border) id(f int, lang, a, b uint8) clue {
	x := &m.families[f]
	return x.from + (clue(lang)*clue(len(x.a))+clue(a))*clue(len(x.b)) + clue(b)
}

// leftWord is what word k, left of the anchor and inside the name, says.
func (r *reader) leftWord(a anchor, k int, out []clue) []clue {
	m, c := r.t.border, r.words[k].class
	out = append(out, m.id(leftWithinSense, a.lang, c.sense, 0), m.id(leftWithinShape, a.lang, c.shape, uint8(r.gapBehind(a, k))),
		m.id(leftWithin, a.lang, c.sense, c.shape), m.id(leftWithinEnding, a.lang, c.ending, c.shape))
	if k+1 < len(r.words) && !(a.side < 0 && k+1 == a.at) {
		out = append(out, m.id(leftGap, a.lang, uint8(r.words[k+1].gap), c.shape))
	}
	if k+1 < len(r.words) {
		out = append(out, m.id(leftWithinPair, a.lang, c.sense, r.words[k+1].class.sense))
	}
	out = append(out, m.id(leftWithinRepeat, a.lang, r.repeatOf(k+1, k), c.shape))
	if c.sense == aHead {
		out = append(out, m.id(leftWithinHead, a.lang, c.ending, c.shape))
	}
	if c.function != 0 {
		out = append(out, m.id(leftWithinWord, a.lang, c.function, 0))
	}
	if a.in(inRussian) && r.words[k].cyrillic {
		if cases := r.t.endings.CasesOf(r.words[k].form); cases != 0 {
			agree := uint8(0)
			if a.kind.head != nil && cases&a.kind.cases == 0 {
				agree = 1
			}
			member := uint8(0)
			if a.side != 0 {
				member = 1
			}
			out = append(out, m.id(wholeAgree, a.lang, agree, member))
		}
	}
	return out
}

// gapBehind is what lies between word k and the next, inside the name.
func (r *reader) gapBehind(a anchor, k int) gap {
	if k+1 < len(r.words) && !(a.side < 0 && k+1 == a.at) {
		return r.words[k+1].gap
	}
	return near
}

func (r *reader) rightWord(a anchor, k int, out []clue) []clue {
	m, c := r.t.border, r.words[k].class
	out = append(out, m.id(rightWithinSense, a.lang, c.sense, 0), m.id(rightWithinShape, a.lang, c.shape, uint8(r.words[k].gap)),
		m.id(rightWithin, a.lang, c.sense, c.shape), m.id(rightWithinEnding, a.lang, c.ending, c.shape))
	if !(a.side > 0 && k == a.at) {
		out = append(out, m.id(rightGap, a.lang, uint8(r.words[k].gap), c.shape))
	}
	if k > 0 {
		out = append(out, m.id(rightWithinPair, a.lang, r.words[k-1].class.sense, c.sense))
	}
	out = append(out, m.id(rightWithinRepeat, a.lang, r.repeatOf(k-1, k), c.shape))
	if c.sense == aHead {
		out = append(out, m.id(rightWithinHead, a.lang, c.ending, c.shape))
	}
	if c.function != 0 {
		out = append(out, m.id(rightWithinWord, a.lang, c.function, 0))
	}
	return out
}

// leftEdge is what speaks for a name that begins at word k.
func (r *reader) leftEdge(a anchor, k int) []clue {
	m := r.t.border
	f := class{sense: noWord}
	g := broken
	if k < len(r.words) {
		f, g = r.words[k].class, r.words[k].gap
	}
	b := class{sense: noWord}
	if g < broken {
		b = r.classAt(k - 1)
	}
	beyond := class{sense: noWord}
	if b.sense == conjunction && k > 1 && r.words[k-1].gap < broken {
		beyond = r.words[k-2].class
	}
	return []clue{
		m.id(leftBeyond, a.lang, beyond.sense, beyond.shape), m.id(leftRepeat, a.lang, r.repeatOf(k, k-1), f.shape),
		m.id(leftFirstSense, a.lang, f.sense, 0), m.id(leftBeforeSense, a.lang, b.sense, 0),
		m.id(leftFirst, a.lang, f.sense, f.shape), m.id(leftFirstEnding, a.lang, f.ending, f.shape),
		m.id(leftBefore, a.lang, b.sense, b.shape), m.id(leftBeforeEnding, a.lang, b.ending, b.shape),
		m.id(leftBeforeGap, a.lang, uint8(g), f.shape), m.id(leftPair, a.lang, b.sense, f.sense),
		m.id(leftFirstBoth, a.lang, f.sense, f.ending), m.id(leftBeforeBoth, a.lang, b.sense, b.ending),
		m.id(leftFirstWord, a.lang, f.function, 0), m.id(leftBeforeWord, a.lang, b.function, 0),
		m.id(leftFirstKind, a.lang, f.sense, a.kind.number), m.id(leftBeforeKind, a.lang, b.sense, a.kind.number),
	}
}

// rightEdge is what speaks for a name that ends before word k.
func (r *reader) rightEdge(a anchor, k int) []clue {
	m := r.t.border
	f := class{sense: noWord}
	g := broken
	if k < len(r.words) {
		g = r.words[k].gap
	}
	if g < broken {
		f = r.words[k].class
	}
	l := r.classAt(k - 1)
	beyond := class{sense: noWord}
	if f.sense == conjunction && k+1 < len(r.words) && r.words[k+1].gap < broken {
		beyond = r.words[k+1].class
	}
	return []clue{
		m.id(rightBeyond, a.lang, beyond.sense, beyond.shape), m.id(rightRepeat, a.lang, r.repeatOf(k-1, k), l.shape),
		m.id(rightLastSense, a.lang, l.sense, 0), m.id(rightAfterSense, a.lang, f.sense, 0),
		m.id(rightLast, a.lang, l.sense, l.shape), m.id(rightLastEnding, a.lang, l.ending, l.shape),
		m.id(rightAfter, a.lang, f.sense, f.shape), m.id(rightAfterEnding, a.lang, f.ending, f.shape),
		m.id(rightAfterGap, a.lang, uint8(g), f.shape), m.id(rightPair, a.lang, l.sense, f.sense),
		m.id(rightLastBoth, a.lang, l.sense, l.ending), m.id(rightAfterBoth, a.lang, f.sense, f.ending),
		m.id(rightLastWord, a.lang, l.function, 0), m.id(rightAfterWord, a.lang, f.function, 0),
		m.id(rightAfterKind, a.lang, f.sense, a.kind.number),
	}
}
