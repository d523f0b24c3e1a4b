package dates

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every code has words in Chinese, which take the same arguments.
func TestSentences(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	n := 0
	inspect := func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 || !regexp.MustCompile(`^(Fault|Note|Ask)[A-Z]`).MatchString(spec.Names[0].Name) {
			return true
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		n++
		code, _ := strconv.Unquote(lit.Value)
		zh := sentencesZh[code]
		if zh == "" || strings.Join(verbs.FindAllString(zh, -1), "") != strings.Join(verbs.FindAllString(code, -1), "") {
			t.Errorf("%s: %q is %q in Chinese", spec.Names[0].Name, code, zh)
		}
		return true
	}
	for _, name := range []string{"fault.go", "read.go"} {
		f, err := goparser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, inspect)
	}
	if n < 55 {
		t.Errorf("only %d codes were found", n)
	}
	for in, want := range map[string]string{"光绪二十四年闰四月初一": "光绪24年没有闰4月", "2015年13月": "没有13月：一年有12个月", "不是日期": "\"不是日期\"未能识别为日期"} {
		_, err := Read(in, Options{})
		if f, ok := err.(*Fault); !ok || f.Words(Chinese) != want {
			t.Errorf("%s: got %v, want %s", in, f.Words(Chinese), want)
		}
	}
}
