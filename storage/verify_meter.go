package storage

import "sync"

// stage is one of stages.
type stage int

const (
	chainStage stage = iota
	tablesStage
	originalsStage
	indexStage
	stageCount
)

// meter puts together how far the stages of a verification are, which go on at
// the same time: what it tells never runs backwards, and is about the first stage
// that is not done.
type meter struct {
	tell Progress

	mu    sync.Mutex
	total int
	of    [stageCount]int // units that each stage has
	at    [stageCount]int // and those that are done
	over  bool            // nothing is told any more
}

// indexShare is how many passages are one unit: their words are read in one go.
const indexShare = 4

// measure counts what there is to do: each operation twice, for the chain and for
// the tables; each text and each piece of an original; passages by the handful.
func (c *checker) measure() error {
	for s, query := range map[stage]string{
		chainStage:     "SELECT count(*) FROM log",
		tablesStage:    "SELECT count(*) FROM log",
		originalsStage: "SELECT (SELECT count(*) FROM texts) + (SELECT count(*) FROM chunks)",
		indexStage:     "SELECT count(*) FROM passages",
	} {
		if c.o.Quick && s != chainStage {
			continue
		}
		n, err := c.count(query)
		if err != nil {
			return err
		}
		if s == indexStage {
			n /= indexShare
		}
		c.meter.of[s] = n
		c.meter.total += n
	}
	return nil
}

// add says that n units more of a stage are done.
func (m *meter) add(s stage, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at[s] = min(m.at[s]+n, m.of[s])
	m.say()
}

// done says that a stage is.
func (m *meter) done(s stage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at[s] = m.of[s]
	m.say()
}

func (m *meter) say() {
	if m.tell == nil || m.over {
		return
	}
	sum, now := 0, stageCount
	for s := range stageCount {
		sum += m.at[s]
		if now == stageCount && m.at[s] < m.of[s] {
			now = s
		}
	}
	if now < stageCount { // the end is told once, by finish
		m.tell(stages[now], sum, m.total)
	}
}

// finish tells the end.
func (m *meter) finish() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tell != nil && !m.over {
		m.tell(stages[m.last()], m.total, m.total)
	}
	m.over = true
}

func (m *meter) last() stage {
	for s := stageCount - 1; s > chainStage; s-- {
		if m.of[s] > 0 {
			return s
		}
	}
	return chainStage
}

// stop keeps the meter from telling anything more.
func (m *meter) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
}
