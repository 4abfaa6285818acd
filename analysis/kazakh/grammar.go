package kazakh

import "strings"

// final sound class of a base
func fin(b []rune) byte {
	i := len(b) - 1
	for i >= 0 && (b[i] == 'ь' || b[i] == 'ъ') {
		i--
	}
	if i < 0 {
		return '?'
	}
	switch r := b[i]; {
	case strings.ContainsRune("аәеоөұүыіяэё", r):
		return 'V'
	case strings.ContainsRune("иуюй", r):
		return 'G'
	case r == 'р':
		return 'R'
	case r == 'л':
		return 'L'
	case strings.ContainsRune("мнң", r):
		return 'N'
	case strings.ContainsRune("зж", r):
		return 'Z'
	}
	return 'T'
}

type suf struct {
	s    []rune
	okc  string // allowed final classes of the base
	tag  string
	need byte // 0 any; '3' needs poss3 before; 'p' needs poss1/2 sg; 'x' must not follow poss3
}

func mk(tag, okc, list string, need byte) []suf {
	var r []suf
	for _, s := range split(list) {
		r = append(r, suf{[]rune(s), okc, tag, need})
	}
	return r
}
func cat(l ...[]suf) []suf {
	var r []suf
	for _, x := range l {
		r = append(r, x...)
	}
	return r
}

var pl = cat(mk("PL", "VGR", "лар лер", 0), mk("PL", "LNZ", "дар дер", 0), mk("PL", "T", "тар тер", 0))
var cases = cat(
	mk("GEN", "VN", "ның нің", 0), mk("GEN", "GRLZ", "дың дің", 0), mk("GEN", "T", "тың тің", 0),
	mk("ACC", "V", "ны ні", 'x'), mk("ACC", "GRLNZ", "ды ді", 0), mk("ACC", "T", "ты ті", 0), mk("ACC", "V", "н", '3'),
	mk("DAT", "VGRLNZ", "ға ге", 'x'), mk("DAT", "T", "қа ке", 0), mk("DAT", "V", "на не", '3'), mk("DAT", "N", "а е", 'p'),
	mk("LOC", "VGRLNZ", "да де", 'x'), mk("LOC", "T", "та те", 0), mk("LOC", "V", "нда нде", '3'),
	mk("ABL", "VGRLZ", "дан ден", 'x'), mk("ABL", "N", "нан нен", 0), mk("ABL", "T", "тан тен", 0), mk("ABL", "V", "нан нен", '3'),
	mk("INS", "VGRLN", "мен", 0), mk("INS", "Z", "бен", 0), mk("INS", "T", "пен", 0),
	mk("SML", "VGRLNZ", "дай дей", 0), mk("SML", "T", "тай тей", 0), mk("EQU", "VGRLNZT", "ша ше", 0), mk("SML", "V", "ндай ндей", '3'),
	mk("ABE", "VGRLNZT", "сыз сіз", 0), mk("INS", "VGRLNZT", "менен", 0),
)
var poss = cat(
	mk("P1", "V", "м", 0), mk("P1", "GRLNZT", "ым ім", 0), mk("P2", "V", "ң", 0), mk("P2", "GRLNZT", "ың ің", 0),
	mk("P2F", "V", "ңыз ңіз", 0), mk("P2F", "GRLNZT", "ыңыз іңіз", 0), mk("P1PL", "V", "мыз міз", 0), mk("P1PL", "GRLNZT", "ымыз іміз", 0),
	mk("P3", "V", "сы сі", 0), mk("P3", "GRLNZT", "ы і", 0),
)
var pred = cat(
	mk("pr", "VGRL", "мын мін мыз міз", 0), mk("pr", "NZ", "бын бін быз біз", 0), mk("pr", "T", "пын пін пыз піз", 0),
	mk("pr", "VGRLNZT", "сың сің сыз сіз сыңдар сіңдер сыздар сіздер", 0),
	mk("pr", "VGRLNZ", "дыр дір", 0), mk("pr", "T", "тыр тір", 0),
)
var latt = cat(mk("LATT", "VGRLNZ", "дағы дегі", 'x'), mk("LATT", "T", "тағы тегі", 0), mk("LATT", "V", "ндағы ндегі", '3'))
var part = cat(
	mk("ған", "VGRLNZ", "ған ген", 0), mk("ған", "T", "қан кен", 0),
	mk("атын", "GRLNZT", "атын етін", 0), mk("атын", "V", "йтын йтін", 0),
	mk("ар", "GRLNZT", "ар ер", 0), mk("ар", "V", "р", 0),
	mk("у", "VGRLNZT", "у", 0), mk("ушы", "VGRLNZT", "ушы уші", 0),
	mk("арлық", "GRLNZT", "арлық ерлік", 0), mk("арлық", "V", "рлық рлік", 0),
	mk("мас", "VGRL", "мас мес", 0), mk("мас", "NZ", "бас бес", 0), mk("мас", "T", "пас пес", 0),
	mk("мақ", "VGRL", "мақ мек мақшы мекші", 0), mk("мақ", "NZ", "бақ бек бақшы бекші", 0), mk("мақ", "T", "пақ пек пақшы пекші", 0),
)
var dyq = cat(mk("дық", "NZL", "дық дік дығ діг", 0), mk("дық", "T", "тық тік тығ тіг", 0), mk("дық", "VGR", "лық лік лығ ліг", 0))
var neg = cat(mk("ма", "VGRL", "ма ме", 0), mk("ма", "NZ", "ба бе", 0), mk("ма", "T", "па пе", 0))

var finite []suf

func cross(tag, okc, bases string, ends string) []suf {
	var r []suf
	for _, b := range split(bases) {
		for _, e := range append(split(ends), "") {
			if e != "" && !harmony([]rune(b), []rune(e)) {
				continue
			}
			r = append(r, suf{[]rune(b + e), okc, tag, 0})
		}
	}
	return r
}
func init() {
	pa := "м ң ңыз ңіз қ к ңдар ңдер ңыздар ңіздер"
	pb := "мын мін мыз міз сың сің сыз сіз сыңдар сіңдер сыздар сіздер ды ді м"
	finite = cat(
		cross("ды", "VGRLNZ", "ды ді", pa), cross("ды", "T", "ты ті", pa),
		cross("са", "VGRLNZT", "са се", pa),
		cross("а", "GRLNZT", "а е", pb), cross("а", "V", "й", pb),
		cross("ып", "GRLNZT", "ып іп", "ты ті тымын"), cross("ып", "V", "п", "ты ті"),
		mk("имп", "VGRLNZT", "сын сін", 0), mk("имп", "GRLNZT", "ыңыз іңіз ыңдар іңдер ыңыздар іңіздер айық ейік айын ейін", 0),
		mk("имп", "V", "ңыз ңіз ңдар ңдер ңыздар ңіздер йық йік йын йін", 0),
		mk("ғалы", "VGRLNZ", "ғалы гелі ғанша генше", 0), mk("ғалы", "T", "қалы келі қанша кенше", 0),
		mk("ғы", "VGRLNZ", "ғым ғың ғысы ғымыз гім гің гісі гіміз", 0), mk("ғы", "T", "қым қың қысы қымыз кім кің кісі кіміз", 0),
		mk("шы", "VGRLNZT", "шы ші сыншы сінші", 0), mk("шы", "GRLNZT", "ыңызшы іңізші", 0),
	)
}

type an struct {
	stem  string
	cls   byte
	chain string
}

func strip(w []rune, s suf) ([]rune, bool) {
	n := len(w) - len(s.s)
	if n < 1 || string(w[n:]) != string(s.s) {
		return nil, false
	}
	b := w[:n]
	if !strings.ContainsRune(s.okc, rune(fin(b))) || !harmony(b, s.s) || !hasVowel(b) {
		return nil, false
	}
	return b, true
}

type enum struct{ out map[an]bool }

func analyses(word string) []an {
	e := &enum{map[an]bool{}}
	w := []rune(word)
	e.kase(w, "")
	for _, s := range pred {
		if b, ok := strip(w, s); ok {
			e.kase(b, "+pr")
		}
	}
	e.verbFin(w)
	var r []an
	for a := range e.out {
		r = append(r, a)
	}
	return r
}
func (e *enum) kase(w []rune, ch string) {
	e.poss(w, ch, 0)
	for _, s := range cases {
		if b, ok := strip(w, s); ok {
			e.poss(b, "+"+s.tag+ch, s.need)
		}
	}
}
func (e *enum) poss(w []rune, ch string, need byte) {
	if need == 0 || need == 'x' {
		e.plur(w, ch, false)
	}
	for _, s := range poss {
		if b, ok := strip(w, s); ok {
			p3 := s.tag == "P3"
			if need == '3' && !p3 || need == 'x' && p3 || need == 'p' && s.tag != "P1" && s.tag != "P2" {
				continue
			}
			e.plur(b, "+"+s.tag+ch, true)
			if p3 || s.tag == "P1PL" || s.tag == "P1" {
				e.dyq(b, "+"+s.tag+ch)
			}
		}
	}
}
func (e *enum) dyq(w []rune, ch string) {
	for _, s := range dyq {
		if b, ok := strip(w, s); ok {
			e.parts(b, "+дық"+ch)
		}
	}
}
func (e *enum) plur(w []rune, ch string, hadPoss bool) {
	e.stem(w, ch)
	for _, s := range pl {
		if b, ok := strip(w, s); ok {
			e.stem(b, "+PL"+ch)
		}
	}
}
func (e *enum) stem(w []rune, ch string) {
	e.add(w, 'N', ch)
	if strings.Count(ch, "LATT") == 0 {
		for _, s := range latt {
			if b, ok := strip(w, s); ok {
				e.poss(b, "+LATT"+ch, s.need)
			}
		}
	}
	e.parts(w, ch)
	if ch == "+ABL" || ch == "" {
		e.dyq(w, ch)
	}
}

// verb bases before a vowel-initial ending, undoing й+а=я, ы+й=и, й+у=ю, ы+у=у
func (e *enum) parts(w []rune, ch string) {
	for _, s := range part {
		if b, ok := strip(w, s); ok {
			e.verb(b, "+"+s.tag+ch)
			if s.tag == "у" || s.tag == "ушы" {
				if c := fin(b); c != 'V' && c != 'G' {
					e.verb(append(append([]rune{}, b...), hv(b)), "+у"+ch)
				}
			}
		}
	}
	e.fused(w, ch, "ю", "й", "у")
	e.fused(w, ch, "яр", "й", "ар")
	e.fused(w, ch, "ятын", "й", "атын")
	e.fused(w, ch, "итын", "ы", "атын")
	e.fused(w, ch, "итін", "і", "атын")
	e.fused(w, ch, "йтін", "", "атын")
}
func hv(b []rune) rune {
	if class(b) < 0 {
		return 'і'
	}
	return 'ы'
}
func (e *enum) fused(w []rune, ch, end, repl, tag string) {
	s := string(w)
	if strings.HasSuffix(s, end) {
		b := []rune(strings.TrimSuffix(s, end) + repl)
		if len(b) >= 2 && hasVowel(b) && fin(b) != '?' && (repl != "" || fin(b) == 'V') {
			e.verb(b, "+"+tag+ch)
		}
	}
}
func (e *enum) verbFin(w []rune) {
	e.add(w, 'V', "+imp0")
	if b, ok := strip(w, suf{s: []rune("ма"), okc: "VGRL"}); ok {
		e.add(b, 'V', "+ма+imp0")
	}
	if b, ok := strip(w, suf{s: []rune("ме"), okc: "VGRL"}); ok {
		e.add(b, 'V', "+ма+imp0")
	}
	for _, s := range finite {
		if b, ok := strip(w, s); ok {
			e.verb(b, "+"+s.tag)
			if s.tag == "ып" && len(b) > 1 && b[len(b)-1] == 'у' { // тауып < тап
				c := append([]rune{}, b...)
				c[len(c)-1] = 'п'
				e.verb(c, "+"+s.tag)
			}
		}
	}
	pb := append(split("мын мін мыз міз сың сің сыз сіз сыңдар сіңдер сыздар сіздер ды ді"), "")
	for _, p := range pb {
		e.fused(w, "", "я"+p, "й", "а")
		e.fused(w, "", "и"+p, "ы", "а")
		e.fused(w, "", "и"+p, "і", "а")
	}
}
func (e *enum) verb(w []rune, ch string) {
	e.add(w, 'V', ch)
	for _, s := range neg {
		if b, ok := strip(w, s); ok {
			e.add(b, 'V', "+ма"+ch)
		}
	}
}

var fold = map[rune]rune{'б': 'п', 'г': 'к', 'ғ': 'қ', 'д': 'т'}

func canon(w []rune, cls byte) string {
	b := append([]rune{}, w...)
	n := len(b)
	if cls == 'V' && n > 2 && (b[n-1] == 'ы' || b[n-1] == 'і') && !isV(b[n-2]) {
		b = b[:n-1]
		n--
	}
	if r, ok := fold[b[n-1]]; ok && n > 2 && r != 'т' {
		b[n-1] = r
	}
	if cls == 'N' && n > 3 && strings.ContainsRune("ыіұү", b[n-2]) && strings.ContainsRune("нқкзп", b[n-1]) && (!isV(b[n-3]) || b[n-3] == 'у' || b[n-3] == 'и') {
		b = append(b[:n-2], b[n-1])
	}
	return string(b)
}
func (e *enum) add(w []rune, cls byte, ch string) {
	if len(w) < 2 || !hasVowel(w) {
		return
	}
	e.out[an{canon(w, cls), cls, ch}] = true
}
