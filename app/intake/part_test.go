package intake

import "testing"

// TestPart: a text that becomes a document of its own is read like one that comes in.
func TestPart(t *testing.T) {
	got := Part("关于做好防汛工作的通知\n各科室：\n请认真落实。")
	if got.Language != "zh" || len(got.Proposals) == 0 || got.Proposals[0].Value != "关于做好防汛工作的通知" {
		t.Errorf("a part is %+v", got)
	}
}
