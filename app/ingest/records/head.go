package records

// HeadWithin is how many rows from the top a head is looked for.
const HeadWithin = 10

// HeadOf is which of the first rows names the columns: the one with the most names that are known, if those are two or
// more; else the first one with several cells, else the first. -1 where there is no row. Cells are without white space
// around them, and no row is empty.
func HeadOf(rows [][]string) int {
	rows = rows[:min(len(rows), HeadWithin)]
	best, most := -1, 1
	for i, r := range rows {
		known := 0
		for _, c := range r {
			if namesSomething(c) {
				known++
			}
		}
		if known > most {
			best, most = i, known
		}
	}
	if best >= 0 {
		return best
	}
	for i, r := range rows {
		n := 0
		for _, c := range r {
			if c != "" {
				n++
			}
		}
		if n > 1 {
			return i
		}
	}
	return min(0, len(rows)-1)
}
