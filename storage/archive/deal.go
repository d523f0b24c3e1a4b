package archive

// Deal gives n things out to people, one after the other: each to whoever has the
// least, the first of several in the order of people. has is what they have already.
// It answers with who gets each.
func Deal(n int, people []string, has map[string]int) []string {
	if len(people) == 0 {
		return nil
	}
	load := make([]int, len(people))
	for i, p := range people {
		load[i] = has[p]
	}
	out := make([]string, n)
	for k := range out {
		least := 0
		for i := range load {
			if load[i] < load[least] {
				least = i
			}
		}
		load[least]++
		out[k] = people[least]
	}
	return out
}
