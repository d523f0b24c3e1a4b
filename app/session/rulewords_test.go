package session

import (
	"testing"

	"fonds/app/ingest"
)

// Every rule by which ingest proposes has words, and there are words for no other.
func TestRuleWords(t *testing.T) {
	words := RuleWords()
	for _, rule := range ingest.Rules {
		if words[rule] == "" {
			t.Errorf("the rule %s has no words", rule)
		}
		delete(words, rule)
	}
	for rule := range words {
		t.Errorf("there are words for the rule %s, which there is not", rule)
	}
}
