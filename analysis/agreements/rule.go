package agreements

// Rule reads the parties of an agreement out of a clause. To add one, write its value here and give it an example;
// RULES.md tells how.
type Rule struct {
	Name       string
	Confidence float64 // of a record that it gives, where all its sides are named
	Examples   []Example
	parties    func(c *clause) [][]*side // nil: the rule does not apply
}

// Example is a sentence that a rule reads, and what it reads there: «A + B: kind, status; …».
type Example struct {
	Lang, Text, Want string
}

// Rules in the order in which they are tried: the first that gives parties takes the clause.
var Rules = []Rule{
	{
		Name: "states", Confidence: .8, parties: states,
		Examples: []Example{
			{"kk", "Қазақстан мен Корея арасындағы үкіметаралық келісім былтырдан бері күшінде.", "country, KR + country, KZ: intergovernmental, in-force"},
			{"ru", "Казахстан и Венгрия подписали межправительственное соглашение о стипендиях.", "country, HU + country, KZ: intergovernmental, signed"},
		},
	},
	{
		Name: "branch", Confidence: .8, parties: branches,
		Examples: []Example{
			{"ru", "Филиал МИФИ работает на базе КазНУ имени аль-Фараби.", "КазНУ имени аль-Фараби + Филиал МИФИ: branch, in-force"},
			{"kk", "Қорқыт Ата атындағы Қызылорда университетінің базасында SeoulTech филиалы ашылды.", "SeoulTech + Қорқыт Ата атындағы Қызылорда университетінің: branch, in-force"},
		},
	},
	{
		Name: "between", Confidence: .9, parties: betweens,
		Examples: []Example{
			{"kk", "Astana IT университеті мен Tus-Holdings компаниясы арасында меморандумға қол қойылды.", "Astana IT университеті + Tus-Holdings компаниясы: memorandum, signed"},
			{"ru", "Между КазНУ и Таллинским университетом подписан меморандум.", "КазНУ + Таллинским университетом: memorandum, signed"},
			{"en", "A memorandum between Nazarbayev University and Purdue University was signed on Monday.", "Nazarbayev University + Purdue University: memorandum, signed"},
		},
	},
	{
		Name: "join", Confidence: .7, parties: joins,
		Examples: []Example{
			{"ru", "Назарбаев Университет присоединился к Союзу тюркских университетов.", "Назарбаев Университет + Союзу тюркских университетов: alliance, signed"},
		},
	},
	{
		Name: "accede", Confidence: .5, parties: accedes,
		Examples: []Example{
			{"ru", "КазНУ и Университет Цукубы договорились создать совместную лабораторию. Третьим партнером станет Университет Кобе.", "КазНУ + Университет Кобе + Университет Цукубы: joint-lab, planned; КазНУ + Университет Цукубы: joint-lab, agreed"},
		},
	},
	{
		Name: "with", Confidence: .9, parties: withs,
		Examples: []Example{
			{"kk", "Есенов университеті Huawei компаниясымен мамандар даярлау туралы меморандум жасасты.", "Huawei компаниясымен + Есенов университеті: memorandum, signed"},
			{"ru", "КазНУ заключил договоры с Университетом Цукубы и Университетом Кобе.", "КазНУ + Университетом Кобе: agreement, signed; КазНУ + Университетом Цукубы: agreement, signed"},
			{"en", "Nazarbayev University plans to sign an agreement with Purdue University.", "Nazarbayev University + Purdue University: agreement, planned"},
		},
	},
	{
		Name: "base", Confidence: .75, parties: bases,
		Examples: []Example{
			{"kk", "ASEM LLL Hub Л.Н.Гумилев атындағы Еуразия ұлттық университеті базасында өңірлік орталық құрмақ.", "ASEM LLL Hub + Л.Н.Гумилев атындағы Еуразия ұлттық университеті: joint-center, planned"},
		},
	},
	{
		Name: "subjects", Confidence: .85, parties: subjects,
		Examples: []Example{
			{"kk", "КазНУ, Пекин университеті және «Сарыарқа Кен» ЖШС үшжақты келісім жасасты.", "«Сарыарқа Кен» ЖШС + КазНУ + Пекин университеті: agreement, signed"},
			{"ru", "КазНУ и Университет Цукубы подписали меморандум.", "КазНУ + Университет Цукубы: memorandum, signed"},
		},
	},
	{
		Name: "owners", Confidence: .7, parties: owners,
		Examples: []Example{
			{"kk", "Назарбаев Университеті мен KAIST-тің бірлескен магистратурасын ашу көзделген.", "KAIST + Назарбаев Университеті: joint-program, planned"},
			{"ru", "Подписан меморандум КазНУ и Университета Цукубы.", "КазНУ + Университета Цукубы: memorandum, signed"},
		},
	},
	{
		Name: "offer", Confidence: .6, parties: offers,
		Examples: []Example{
			{"kk", "Токио университеті Назарбаев Университетіне бірлескен зертхана ашуды ұсынды.", "Назарбаев Университетіне + Токио университеті: joint-lab, discussed"},
		},
	},
	{
		Name: "understood", Confidence: .55, parties: understood,
		Examples: []Example{
			{"kk", "Назарбаев Университетінің ректоры Дэджонға барды. KAIST-пен студент алмасуға уағдаластық бар.", "KAIST + Назарбаев Университетінің: exchange, agreed"},
		},
	},
}

// each pairs every side of a with every side of b: a hub with several partners has a document with each.
func each(a, b []*side) [][]*side {
	var out [][]*side
	for _, x := range a {
		for _, y := range b {
			if x.id() != y.id() {
				out = append(out, []*side{x, y})
			}
		}
	}
	return out
}

func all(gs []*group) []*side {
	var out []*side
	for _, g := range gs {
		out = append(out, g.sides...)
	}
	return distinct(out)
}

// distinct drops a side named twice.
func distinct(xs []*side) []*side {
	var out []*side
	seen := map[string]bool{}
	for _, x := range xs {
		if !seen[x.id()] {
			seen[x.id()] = true
			out = append(out, x)
		}
	}
	return out
}

func country(code string) *side {
	return &side{Party: Party{Name: "country, " + code, Country: code}, body: "country"}
}
