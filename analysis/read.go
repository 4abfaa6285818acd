package analysis

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kelisim/analysis/english"
	"kelisim/analysis/kazakh"
	"kelisim/analysis/russian"
)

// Read analyses a text. prior is the language that the article states, "" where it states none.
func Read(source string, prior Lang) *Text {
	x := &Text{Source: source}
	count := map[Lang]int{}
	for start := 0; start <= len(source); {
		end := strings.IndexByte(source[start:], '\n')
		if end < 0 {
			end = len(source)
		} else {
			end += start
		}
		if strings.TrimSpace(source[start:end]) != "" {
			p := Paragraph{Span: Span{start, end}, First: len(x.Tokens)}
			toks := split(source, start, end)
			p.Lang = guess(toks, prior)
			for i := range toks {
				toks[i].Lang = p.Lang
				if toks[i].Kind == Word && isLatin(toks[i].Form) {
					toks[i].Lang = EN
				}
				finish(&toks[i])
			}
			x.Tokens = append(x.Tokens, toks...)
			p.Last = len(x.Tokens)
			p.Sentences = sentences(source, start, end)
			count[p.Lang] += len(toks)
			x.Paragraphs = append(x.Paragraphs, p)
		}
		start = end + 1
	}
	best := 0
	for _, l := range []Lang{KK, RU, EN} {
		if count[l] > best {
			best, x.Lang = count[l], l
		}
	}
	if d := x.Dateline(); d.End > 0 {
		for i := range x.Paragraphs {
			p := &x.Paragraphs[i]
			if p.Start <= d.Start && d.End <= p.End {
				for len(p.Sentences) > 1 && p.Sentences[0].End <= d.End {
					p.Sentences = p.Sentences[1:]
				}
				if s := &p.Sentences[0]; s.Start < d.End {
					s.Start = d.End
				}
			}
		}
	}
	return x
}

var dateline = regexp.MustCompile(`^[\p{Lu}][\p{L}\- ]{2,30}[.,][^.\n]{0,40}?[\p{Lu}][\p{L}.]+ [–—-] `)

// Dateline is where the text names its city and agency before its first sentence, empty where it does not.
func (t *Text) Dateline() Span {
	for _, p := range t.Paragraphs {
		if p.Start == 0 && strings.Contains(t.Source, "\n") {
			continue
		}
		if m := dateline.FindString(t.Source[p.Start:p.End]); m != "" {
			return Span{p.Start, p.Start + len(m)}
		}
		break
	}
	return Span{}
}

func finish(t *Token) {
	if t.Kind == Number {
		t.Terms = []string{t.Form}
		return
	}
	t.Terms = stems(t.Form, t.Lang)
	switch t.Lang {
	case KK:
		t.Stop = kazakh.IsStop(t.Form)
	case RU:
		t.Stop = russian.IsStop(t.Form)
	default:
		t.Stop = english.IsStop(t.Form)
	}
}

func stems(form string, l Lang) []string {
	var s []string
	switch l {
	case KK:
		s = kazakh.Stems(form)
	case RU:
		s = russian.Stems(form)
	default:
		s = english.Stems(form)
	}
	out := make([]string, len(s))
	for i := range s {
		out[i] = string(l) + ":" + s[i]
	}
	return out
}

// Split gives the tokens of what a reader typed, without language or terms.
func Split(s string) []Token { return split(s, 0, len(s)) }

// IndexTerms are the terms at a token's position: its exact form, then its stem terms.
func IndexTerms(t Token) []string {
	out := []string{t.Form}
	for _, s := range t.Terms {
		if s != t.Form {
			out = append(out, s)
		}
	}
	return out
}

// QueryTerms gives the stem terms that a typed word may have in an index, over every language whose letters it can
// have; its Form, the exact term, comes first.
func QueryTerms(t Token) []string {
	out := []string{t.Form}
	if t.Kind == Number {
		return out
	}
	switch {
	case isLatin(t.Form):
		out = append(out, stems(t.Form, EN)...)
	case strings.ContainsAny(t.Form, kazakhLetters):
		out = append(out, stems(t.Form, KK)...)
	default:
		out = append(out, stems(t.Form, KK)...)
		out = append(out, stems(t.Form, RU)...)
	}
	return out
}

// IsStop reports whether a folded word is a stop word in any language whose letters it can have.
func IsStop(form string) bool {
	return kazakh.IsStop(form) || russian.IsStop(form) || english.IsStop(form)
}

const kazakhLetters = "әіңғүұқөһ"

func isLatin(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Latin, r) {
			return true
		}
	}
	return false
}

func guess(toks []Token, prior Lang) Lang {
	var kk, cyr, lat int
	for _, t := range toks {
		switch {
		case t.Kind == Number:
		case isLatin(t.Form):
			lat++
		case strings.ContainsAny(t.Form, kazakhLetters):
			kk++
			cyr++
		default:
			cyr++
		}
	}
	switch {
	case cyr == 0 && lat == 0:
		return prior
	case lat > 2*cyr:
		return EN
	case kk*6 >= cyr || prior == KK && kk > 0:
		return KK
	}
	return RU
}

var lookalike = strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "x", "х", "y", "у", "i", "і", "k", "к",
	"A", "А", "E", "Е", "O", "О", "P", "Р", "C", "С", "X", "Х", "Y", "У", "I", "І", "K", "К", "M", "М", "T", "Т", "H", "Н", "B", "В")

func ignorable(r rune) bool {
	return r == 0xAD || r == 0x301 || r == 0x300 || r >= 0x200B && r <= 0x200D || r == 0xFEFF || r == 0x2060
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || ignorable(r) }

func split(s string, from, to int) []Token {
	var out []Token
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(s[i:to])
		start := i
		switch {
		case unicode.IsDigit(r):
			for i < to {
				r, n = utf8.DecodeRuneInString(s[i:to])
				if unicode.IsDigit(r) {
					i += n
					continue
				}
				if (r == ' ' || r == 0xA0 || r == 0x202F || r == 0x2009) && i-start <= 3 || (r == ' ' || r == 0xA0) && strings.ContainsAny(s[start:i], " \u00a0") {
					if k := digits(s[i+n : to]); k == 3 {
						i += n + 3
						continue
					}
				}
				if (r == ',' || r == '.') && digits(s[i+n:to]) > 0 {
					i += n
					continue
				}
				break
			}
			out = append(out, number(s, start, i))
		case unicode.IsLetter(r):
			for i < to {
				r, n = utf8.DecodeRuneInString(s[i:to])
				if !wordRune(r) && !(r == '\'' || r == '’' || r == 'ʼ') && !unicode.IsDigit(r) {
					break
				}
				i += n
			}
			w := strings.TrimRight(s[start:i], "'’ʼ")
			i = start + len(w)
			out = append(out, word(s, start, i))
		default:
			i += n
			continue
		}
		out[len(out)-1] = cut(s, out[len(out)-1], to)
		i = max(i, out[len(out)-1].SuffixEnd)
	}
	return out
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func number(s string, a, b int) Token {
	f := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s[a:b])
	return Token{Start: a, End: b, SuffixEnd: b, Surface: f, Form: f, Kind: Number}
}

func word(s string, a, b int) Token {
	w := norm.NFC.String(strings.ToValidUTF8(s[a:b], ""))
	w = strings.Map(func(r rune) rune {
		if ignorable(r) {
			return -1
		}
		return r
	}, w)
	lat, cyr := 0, 0
	for _, r := range w {
		if unicode.Is(unicode.Latin, r) {
			lat++
		} else if unicode.Is(unicode.Cyrillic, r) {
			cyr++
		}
	}
	if lat > 0 && cyr > lat {
		w = lookalike.Replace(w)
	}
	f := strings.ReplaceAll(strings.ToLower(w), "ё", "е")
	return Token{Start: a, End: b, SuffixEnd: b, Surface: w, Form: f}
}

var ending = regexp.MustCompile(`^[-–‑](ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ны|ні|ды|ді|ты|ті|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен|дағы|дегі|тағы|тегі|лар|лер|дар|дер|тар|тер|шы|ші|ы|і|сы|сі|ы|нан|ға)(\P{L}|$)`)

func cut(s string, t Token, to int) Token {
	if !isLatin(t.Form) && t.Kind == Word && strings.ToUpper(t.Surface) != t.Surface {
		return t
	}
	if m := ending.FindStringSubmatchIndex(s[t.End:min(to, t.End+40)]); m != nil {
		t.Suffix = s[t.End+m[2] : t.End+m[3]]
		t.SuffixEnd = t.End + m[3]
	}
	return t
}

func sentences(s string, from, to int) []Span {
	var out []Span
	start := from
	put := func(end int) {
		a := s[start:end]
		l := len(a) - len(strings.TrimLeftFunc(a, unicode.IsSpace))
		if t := strings.TrimSpace(a); t != "" {
			out = append(out, Span{start + l, start + l + len(t)})
		}
		start = end
	}
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(s[i:to])
		i += n
		if r != '.' && r != '!' && r != '?' && r != '…' {
			continue
		}
		before := strings.TrimRight(s[start:i-n], " ")
		last := before[strings.LastIndexAny(before, " .(«")+1:]
		next, m := utf8.DecodeRuneInString(s[i:to])
		after, _ := utf8.DecodeRuneInString(s[min(i+m, to):to])
		if utf8.RuneCountInString(last) <= 1 && r == '.' || last == "им" || last == "ст" || last == "гг" {
			continue
		}
		if unicode.IsSpace(next) && (unicode.IsUpper(after) || unicode.IsDigit(after) || strings.ContainsRune("«\"“–—-", after)) {
			put(i)
		}
	}
	put(to)
	return out
}
