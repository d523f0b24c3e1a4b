package pdf

import (
	"context"
	"strings"
	"testing"
)

// read reads a file that a test made, and checks what holds of all.
func read(t *testing.T, data []byte) string {
	t.Helper()
	c, err := engine(t).Read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, t.Name(), c)
	return c.Text
}

// columns are three columns of a text that is written down the page, from the right.
var columns = []string{"民國三十八年十月一日", "北京市人民政府佈告第一號", "此佈"}

// TestVertical reads text down the page: columns from the right to the left, each from its top.
func TestVertical(t *testing.T) {
	want := strings.Join(columns, "\n")
	inOrder, backwards, single := "", "", ""
	for i, c := range columns {
		inOrder += han("F3", 500-40*i, 780, c)
		backwards = han("F3", 500-40*i, 780, c) + backwards
		for j, r := range []rune(c) {
			single += han("F2", 500-40*i, 780-22*j, string(r))
		}
	}
	for name, content := range map[string]string{"in order": inOrder, "backwards": backwards, "single": single} {
		if got := read(t, pages(content)); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestHorizontal leaves text along the page as it is, also where a table of short lines stands in columns.
func TestHorizontal(t *testing.T) {
	content := ""
	for i, c := range []string{"姓名", "张三丰", "李四光", "王五一"} {
		content += han("F2", 80, 780-30*i, c) + han("F2", 300, 780-30*i, "第"+string("一二三四"[3*i:3*i+3])+"号")
	}
	want := "姓名 第一号\n张三丰 第二号\n李四光 第三号\n王五一 第四号"
	if got := read(t, pages(content)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestUnknown says that a page's characters are not known where its font does not tell.
func TestUnknown(t *testing.T) {
	m, _ := document("BT /F1 12 Tf 50 700 Td <0102030405> Tj ET")
	m.objects[2] = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /FirstChar 1 /LastChar 5 /Widths [9 9 9 9 9] " +
		"/Encoding << /Differences [1 /g1 /g2 /g3 /g4 /g5] >> /CharProcs << /g1 11 0 R /g2 11 0 R /g3 11 0 R /g4 11 0 R /g5 11 0 R >> >>"
	m.stream("", "9 0 d0 0 0 5 5 re f")
	c, err := engine(t).Read(context.Background(), m.bytes(""))
	if err != nil || c.Text != "" || len(c.Lost) != 1 {
		t.Errorf("got %+v, %v, want no text and a reason", c, err)
	}
}
