package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

// TestWriteEntities: a row an operation in the columns of DA/T 46, the oldest first, with
// who, on what ground and what; as CSV and as a workbook, the same bytes each time.
func TestWriteEntities(t *testing.T) {
	a, do := arranged(t)
	do(23, "李雷", `{"do":"correction.propose","doc":"path:in/1.txt","start":1,"end":2,"text":"=1","reason":"ocr"}`)
	if _, err := a.Undo(t.Context(), "李雷", false); err != nil {
		t.Fatal(err)
	}
	do(24, "王芳", `{"do":"document.remove","doc":"path:in/6.txt","reason":"重复"}`,
		`{"do":"document.destroy","doc":"path:in/4.txt","authority":"销毁清册1","reason":"期满"}`)
	table := func(lang string, book bool) string {
		t.Helper()
		var b bytes.Buffer
		if err := WriteEntities(t.Context(), a, LogTable{Lang: lang, XLSX: book, Folder: t.TempDir()}, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	text := table("zh-Hans", false)
	book := table("en", true)
	if text != table("zh-Hans", false) || book != table("en", true) {
		t.Error("not the same bytes")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Fields("业务标识符 机构人员标识符 机构人员名称 文件标识符 业务状态 业务行为 行为时间 行为依据 行为描述"); !slices.Equal(rows[0], want) {
		t.Errorf("the columns are %q", rows[0])
	}
	history, err := a.History(t.Context(), "", 0)
	if err != nil || len(rows)-1 != len(history) {
		t.Fatalf("%d rows, %d operations, %v", len(rows)-1, len(history), err)
	}
	for i, r := range rows[1:] {
		e := history[len(history)-1-i]
		if r[0] != string(e.ID) || r[3] != string(e.Subject) || r[6] != Time(e.Clock) || r[2] != e.Actor || r[1] == "" {
			t.Errorf("row %d is %q, the operation %s", i, r, e.ID)
		}
	}
	said := func(kind, ground, says, state string) {
		t.Helper()
		if !slices.ContainsFunc(rows, func(r []string) bool {
			return r[5] == kind && r[7] == ground && strings.Contains(r[8], says) && r[4] == state
		}) {
			t.Errorf("no row says %s, %s, %s, %s", kind, ground, says, state)
		}
	}
	said("更正", "识别错误", "更正：1 → =1", "已撤销")
	said("撤销", "", "更正（", "已生效")
	said("移出", "重复", "状态：已移出", "已生效")
	said("销毁", "销毁清册1；期满", "", "已生效")
	said("填写字段", "", "责任者：市财政局；责任者：市档案局", "已生效")
	said("归入著录单元", "", "归入位置：Z109/WS/001", "已生效")
	said("填写字段", "", "", "已随文件销毁")
	if got := rowsOf(t, table("en", true)); !strings.HasPrefix(got[1], "Business identifier|Agent identifier|Agent name|Record identifier|Business status|Business act|Time of act") || len(got) != len(rows)+2 {
		t.Errorf("the workbook has %d rows, and begins with %q", len(got), got[:2])
	}
}
