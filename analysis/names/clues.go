package names

import (
	"kelisim/analysis/names/border"
	"kelisim/analysis/names/echo"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/world"
)

// clue is a number of the model: a feature. The families name them.
type clue = border.Clue

// The families of an end, left or right: of the words between it and the anchor, of the one at it, of the one beyond.
const (
	withinClass = iota
	withinSense
	withinShape
	withinEnding
	withinGap
	withinPair
	withinRepeat
	withinHead
	withinWord
	edgeClass
	edgeSense
	edgeEnding
	edgeBoth
	edgeWord
	edgeKind
	edgeRepeat
	beyondClass
	beyondSense
	beyondEnding
	beyondBoth
	beyondWord
	beyondKind
	beyondGap
	beyondPair
	behindAnd
	perEnd
)

// The families of whole runs and of «no name». Their order is no part of the file of weights, which names them.
const (
	wholeTelling = 2*perEnd + iota
	wholeWords
	wholeLink
	wholeQuotes
	wholeAgree
	wholeTitled
	wholeNear
	wholeEcho
	wholeScripts
	wholeEponym
	noneHead
	noneEnding
	noneForm
	families
)

var one = []string{"-"}

var (
	nearNames = []string{"nothing", "far", "third", "half", "two thirds", "certain", "no doubt"}
	echoNames = []string{"no", "of one body", "of several"}
)

// families are the model's; made once the endings are known.
func (t *Table) families() []border.Family {
	senses, shapes, endings, words := senseNames[:], shapeNames[:], t.endings.ClassNames, t.functionWords
	gapNames := []string{"tight", "near", "quote", "comma", "mark", "end"}
	count := []string{"none", "one", "two", "more", "a people only", "a place only", "fields only", "a sentence's first word only"}
	part := []string{"head", "member"}
	fs := make([]border.Family, families)
	set := func(f int, name string, a, b []string) { fs[f] = border.Family{Name: name, A: a, B: b} }
	for end, label := range []string{"left: ", "right: "} {
		set := func(f int, name string, a, b []string) { set(end*perEnd+f, label+name, a, b) }
		set(withinClass, "within", senses, shapes)
		set(withinSense, "within, sense", senses, one)
		set(withinShape, "within, shape", shapes, gapNames)
		set(withinEnding, "within, ending", endings, shapes)
		set(withinGap, "within, gap", gapNames, shapes)
		set(withinPair, "within, two words", senses, senses)
		set(withinRepeat, "within, elsewhere", echo.RepeatNames[:], shapes)
		set(withinHead, "within, head's ending", endings, shapes)
		set(withinWord, "within, word", words, one)
		set(edgeClass, "edge", senses, shapes)
		set(edgeSense, "edge, sense", senses, one)
		set(edgeEnding, "edge, ending", endings, shapes)
		set(edgeBoth, "edge, sense and ending", senses, endings)
		set(edgeWord, "edge, word", words, one)
		set(edgeKind, "edge, kind of head", senses, world.Kinds)
		set(edgeRepeat, "edge and beyond, elsewhere", echo.RepeatNames[:], shapes)
		set(beyondClass, "beyond", senses, shapes)
		set(beyondSense, "beyond, sense", senses, one)
		set(beyondEnding, "beyond, ending", endings, shapes)
		set(beyondBoth, "beyond, sense and ending", senses, endings)
		set(beyondWord, "beyond, word", words, one)
		set(beyondKind, "beyond, kind of head", senses, world.Kinds)
		set(beyondGap, "gap beyond", gapNames, shapes)
		set(beyondPair, "edge and beyond", senses, senses)
		set(behindAnd, "behind a conjunction", senses, shapes)
	}
	set(wholeTelling, "whole: telling words", count, world.Kinds)
	set(wholeWords, "whole: words", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10+"}, one)
	set(wholeLink, "whole: known", linkNames[:], part)
	set(wholeQuotes, "whole: quotation", []string{"none", "balanced", "all", "open", "brackets"}, one)
	set(wholeAgree, "whole: agreement", []string{"agree", "disagree"}, part)
	set(wholeTitled, "whole: a title before, last", senses, shapes)
	set(wholeNear, "whole: nearest", nearNames, []string{"head, town", "member, no town"})
	set(wholeEcho, "whole: short for a fuller name", echoNames, shapes)
	set(wholeScripts, "whole: words in other letters", []string{"0", "1", "2", "3+"}, []string{"known", "unknown"})
	set(wholeEponym, "whole: words of the person", []string{"1", "2", "3", "4", "5", "6+"}, []string{"small between", "capitals"})
	set(noneHead, "no name: head", world.Kinds, shapes)
	set(noneEnding, "no name: ending", endings, shapes)
	set(noneForm, "no name: form", []string{"possessive", "bare", "plural", "other", "member left", "member right"}, one)
	return fs
}

// Ends of candidates.
const (
	leftEnd  = 0
	rightEnd = 1
)

// ending numbers the features of an end.
type ending struct {
	m    *border.Model
	end  int
	lang uint8
}

func (e ending) id(f int, x, y uint8) clue { return e.m.ID(e.end*perEnd+f, e.lang, x, y) }

// inner is what word k, between an end and the anchor, says.
func (r *reader) inner(a anchor, end, k int, out []clue) []clue {
	e, c := ending{r.t.border, end, a.lang}, r.words[k].class
	in, from := k+1, k+1 // the word nearer to the anchor; the later of the two
	if end == rightEnd {
		in, from = k-1, k
	}
	between := near
	parted := from < len(r.words) && !(a.side < 0 && from == a.at) && !(a.side > 0 && k == a.at)
	if from < len(r.words) && !(a.side < 0 && from == a.at) {
		between = r.words[from].gap
	}
	out = append(out, e.id(withinSense, c.sense, 0), e.id(withinShape, c.shape, uint8(between)), e.id(withinClass, c.sense, c.shape),
		e.id(withinEnding, c.ending, c.shape), e.id(withinRepeat, r.repeatOf(in, k), c.shape))
	if parted {
		out = append(out, e.id(withinGap, uint8(between), c.shape))
	}
	if in >= 0 && in < len(r.words) {
		out = append(out, e.id(withinPair, c.sense, r.edgeClass(a, end, in).sense))
	}
	if c.sense == aHead {
		out = append(out, e.id(withinHead, c.ending, c.shape))
	}
	if c.function != 0 {
		out = append(out, e.id(withinWord, c.function, 0))
	}
	if end == leftEnd && a.in(inRussian) && r.words[k].cyrillic {
		if cases := r.t.endings.CasesOf(r.words[k].form); cases != 0 {
			agree, member := uint8(0), uint8(0)
			if a.kind.Head != nil && cases&a.kind.Cases == 0 {
				agree = 1
			}
			if a.side != 0 {
				member = 1
			}
			out = append(out, r.t.border.ID(wholeAgree, a.lang, agree, member))
		}
	}
	return out
}

// inFront is what the first half of a compound head says: «медуниверситет» is read as «медицинский университет».
func (r *reader) inFront(a anchor, out []clue) []clue {
	e, c := ending{r.t.border, leftEnd, a.lang}, a.front
	out = append(out, e.id(withinSense, c.sense, 0), e.id(withinShape, c.shape, uint8(near)), e.id(withinClass, c.sense, c.shape),
		e.id(withinEnding, c.ending, c.shape), e.id(withinGap, uint8(near), c.shape), e.id(withinPair, c.sense, aHead))
	if a.in(inRussian) {
		out = append(out, r.t.border.ID(wholeAgree, a.lang, 0, 0))
	}
	return out
}

// frontClass is the class of a compound head's first half, as the word would have it that it is short for; its sense is other where the head
// is no compound.
func (r *reader) frontClass(w *word, f heads.Form) class {
	if f.Front == "" {
		return class{}
	}
	front := word{lexeme: r.t.lexeme(f.Front), form: f.Front}
	c := class{sense: field}
	if _, isStatus := front.concept(r.t); isStatus {
		c.sense = status
	}
	if w.upper {
		c.shape = w.class.shape
	}
	if f.Lang == "ru" {
		c.ending = r.t.endings.Agreeing(f.Gender, f.Cases, f.Plural)
	}
	return c
}

// edgeClass is the class of a word as an end of names has it: left of a compound head stands its first half.
func (r *reader) edgeClass(a anchor, end, k int) class {
	if end == leftEnd && k == a.at && a.front.sense != other {
		return a.front
	}
	return r.classAt(k)
}

// outer is what speaks for a name with an end before word k.
func (r *reader) outer(a anchor, end, k int, out []clue) []clue {
	e := ending{r.t.border, end, a.lang}
	at, to, step := k, k-1, -1 // the word at the edge, the next one outside
	if end == rightEnd {
		at, to, step = k-1, k, 1
	}
	g := broken
	if k < len(r.words) {
		g = r.words[k].gap
	}
	l, n, after := r.edgeClass(a, end, at), class{sense: noWord}, class{sense: noWord}
	if g < broken {
		n = r.classAt(to)
	}
	if far := max(to, to+step); n.sense == conjunction && far < len(r.words) && to+step >= 0 && r.words[far].gap < broken {
		after = r.words[to+step].class
	}
	out = append(out,
		e.id(edgeClass, l.sense, l.shape), e.id(edgeSense, l.sense, 0), e.id(edgeEnding, l.ending, l.shape), e.id(edgeBoth, l.sense, l.ending),
		e.id(edgeWord, l.function, 0), e.id(edgeRepeat, r.repeatOf(at, to), l.shape),
		e.id(beyondClass, n.sense, n.shape), e.id(beyondSense, n.sense, 0), e.id(beyondEnding, n.ending, n.shape), e.id(beyondBoth, n.sense, n.ending),
		e.id(beyondWord, n.function, 0), e.id(beyondKind, n.sense, a.kind.Number),
		e.id(beyondGap, uint8(g), l.shape), e.id(beyondPair, l.sense, n.sense), e.id(behindAnd, after.sense, after.shape))
	if end == leftEnd {
		out = append(out, e.id(edgeKind, l.sense, a.kind.Number))
	}
	return out
}
