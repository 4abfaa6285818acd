package kazakh

// The few weights that are set by hand. All others are learnt. They were set by a few single trials on the development
// tables, round numbers kept; a random search over all of them on half of the lemmas gained nothing on the other half (RULES.md).
const (
	// unseenMass is what stems never seen get together, in words of the training list; unseenVerb is the verbs' part of it: verbs
	// that no list knows are few, and most are made with -ла, -лан, -лас.
	unseenMass = 2000
	unseenVerb = 0.03
	// letterCost makes a longer unseen stem dearer than its spelling does, natural logarithm a letter: words inflect.
	letterCost = -1.5
	// chainMass is how many words' worth of belief the chain's pairs of suffixes have beside the whole chain's count.
	chainMass = 300
	// lemmaCount is what a dictionary's word is worth: forms in the training list.
	lemmaCount = 1
	// formCount is left of it where the dictionary's word can be read as a form (баласыз, алған, қазіргі).
	formCount = 0.1
	// demoted is left of a learnt stem's count where it is a form of a stem that is learnt better.
	demoted = 0.2
	// Evidence for an unseen stem from the known word it is made of.
	nounOfNounCount = 0.2
	nounOfVerbCount = 0.05
	verbOfVerbCount = 0.1
	// Evidence for a word from the known words that are made of it.
	baseOfNounCount = 0.2
	baseOfVerbCount = 0.1
	// presentCost makes the converb and present -а dearer than learnt: without labels its one letter takes too much (эстетик-а).
	presentCost = -0.5
	// A second stem is given where it is less than closeness behind the first, and closenessLetter more for each letter of the
	// first after the fourth: long stems clash with few others.
	closeness       = 1.4
	closenessLetter = 0.5
	// Of two stems less than fusion apart, one a form of the other in -у, -ған, -лы and the like, the shorter stands for both.
	fusion = 2.0
	// spellingMatters: the count beyond which a stem's spelling adds nothing to speak of.
	spellingMatters = 0.1
	// hopeless is how far behind the best a stem is left out unweighed.
	hopeless = 8
	rounds   = 3 // of learning; more fit the training list only
)

// changeCost is the natural logarithm of how likely a stem changes so, where spelling allows it.
var changeCost = [changes]float64{voiced: 0, kept: -0.5, elided: -2.5, softened: -3, clipped: -4, unvoiced: -4}

// keptVerbCost: no verb's stem ends in б or г.
const keptVerbCost = -6

// knownChangeCost is for loans' changes (softened, clipped, unvoiced) of a stem that is known.
const knownChangeCost = -1.5
