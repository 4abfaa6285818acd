package agreements

// rank orders kinds that one clause names: the more specific wins; of equals the first.
func rank(kind string) int {
	switch kind {
	case "intergovernmental":
		return 9
	case "alliance":
		return 8
	case "branch", "double-degree":
		return 7
	case "joint-program":
		return 6
	case "joint-lab", "joint-center":
		return 5
	case "exchange":
		return 4
	case "joint-program?":
		return 3
	case "other":
		return 2
	}
	return 0
}
