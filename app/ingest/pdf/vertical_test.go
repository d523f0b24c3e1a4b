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
