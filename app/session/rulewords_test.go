package session

import (
	"maps"
	"testing"

	"fonds/app/ingest"
)

// Every rule by which ingest proposes has words, and there are words for no other.
func TestRuleWords(t *testing.T) {
	keys := maps.Clone(ruleKeys)
	for _, rule := range ingest.Rules {
		if RuleWord(rule) == "" {
			t.Errorf("the rule %s has no words", rule)
		}
		delete(keys, rule)
	}
	if got := RuleWord("no.rule"); got != "" {
		t.Errorf("a rule that there is not has the words %q", got)
	}
	for rule := range keys {
		t.Errorf("there are words for the rule %s, which there is not", rule)
	}
}
