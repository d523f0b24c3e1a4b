package vocab

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

func (n node) String() string {
	s := string(n.kind) + ":" + n.text
	if n.lang != "" {
		s += "@" + n.lang
	}
	if n.data != "" {
		s += "^" + lastOf(n.data)
	}
	return s
}

// TestTurtle: examples of the recommendation's grammar, in triples.
func TestTurtle(t *testing.T) {
	for in, want := range map[string]string{
		`<http://a/b> <http://p> "x" .`:                        `i:http://a/b i:http://p l:x`,
		"@prefix : <http://a/> . :s :p :o , :q ; a :T . # end": `i:http://a/s i:http://p i:http://a/o|i:http://a/s i:http://a/p i:http://a/q|TYPE`,
		"PREFIX a.b: <http://x/>\na.b:c.d a.b:%41\\,e _:b.c.":  `i:http://x/c.d i:http://x/%41,e b:b.c`,
		"@base <http://a/b/> . <c> <#d> <../e?f> .":            `i:http://a/b/c i:http://a/b/#d i:http://a/e?f`,
		"BASE <http://a/甲/> <乙> <p> '丙'@zh-Hans.":              `i:http://a/甲/乙 i:http://a/甲/p l:丙@zh-Hans`,
		`<a:b> <a:p> """x "y"
z\t\u4E00\U00020000""" , '''it's''' , 'q"' .`: "i:a:b i:a:p l:x \"y\"\nz\t一𠀀|i:a:b i:a:p l:it's|i:a:b i:a:p l:q\"",
		`<a:b> <a:p> 1 , -2.5 , 1E3 , .5 , true , false , "z"^^<a:t> .`: "i:a:b i:a:p l:1^integer|i:a:b i:a:p l:-2.5^decimal|i:a:b i:a:p l:1E3^double|i:a:b i:a:p l:.5^decimal|i:a:b i:a:p l:true^boolean|i:a:b i:a:p l:false^boolean|i:a:b i:a:p l:z^a:t",
		`<a:b> <a:p> [ <a:q> 1 ] .`:                                     "b:[1 i:a:q l:1^integer|i:a:b i:a:p b:[1",
		`[ <a:q> 1 ] .`:                                                 "b:[1 i:a:q l:1^integer",
		`[] <a:q> () .`:                                                 "b:[1 i:a:q i:" + rdfNS + "nil",
		`<a:b> <a:p> ( 1 <a:c> ) .`:                                     "b:[1 FIRST l:1^integer|b:[1 REST b:[2|b:[2 FIRST i:a:c|b:[2 REST i:" + rdfNS + "nil|i:a:b i:a:p b:[1",
		"":                                                              "",
		"\uFEFF# nothing\n":                                             "",
		`<a:b> <a:p> 1 ;; <a:q> 2 ; .`:                                  "i:a:b i:a:p l:1^integer|i:a:b i:a:q l:2^integer",
		"@prefix p: <a:>. p:a:b p: p:c .":                               "i:a:a:b i:a: i:a:c",
		"@prefix p: <a:>. p:x p:y p:0.1, 2.p:x p:y 3.":                  "i:a:x i:a:y i:a:0.1|i:a:x i:a:y l:2^integer|i:a:x i:a:y l:3^integer",
	} {
		var got []string
		err := parseTurtle([]byte(in), func(x triple) { got = append(got, fmt.Sprint(x.s, " ", x.p, " ", x.o)) })
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		want = strings.NewReplacer("FIRST", "i:"+rdfNS+"first", "REST", "i:"+rdfNS+"rest").Replace(want)
		if strings.Contains(in, ":s :p :o") {
			want = "i:http://a/s i:http://a/p i:http://a/o|i:http://a/s i:http://a/p i:http://a/q|i:http://a/s i:" + rdfNS + "type i:http://a/T"
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s:\n got %s\nwant %s", in, s, want)
		}
	}
}

// TestTurtleBroken: what the grammar does not have is refused with its place and what
// could have stood there.
func TestTurtleBroken(t *testing.T) {
	for in, want := range map[string]string{
		"@prefix a: <b:> .\na:x a:y \"half":            `2:9 closing "`,
		"<a:b> <a:p> \"x\"":                            `1:16 "."`,
		"<a:b> <a:p> .":                                "1:13",
		"<a:b> .":                                      "1:7 IRI",
		"x:y <a:p> 1 .":                                "1:1 @prefix x:",
		"<a b> <a:p> 1 .":                              `1:3 ">"`,
		"<a:b> <a:p> 1 <a:c> .":                        `1:15`,
		"\n\n甲":                                        "3:1 IRI",
		"<a:b> <a:p> \"x\ny\" .":                       `1:15 closing "`,
		"<a:b> <a:p> \"\\x\" .":                        `1:14 \u0000`,
		"<a:b> <a:p> \"\\uD800\" .":                    `1:14 \u0000`,
		"<a:b> <a:p> 'x'@ .":                           "1:17 @en",
		"<a:b> <a:p> ( 1 ":                             `1:17 ")"`,
		"<a:b> <a:p> [ <a:q> 1 .":                      `1:23 "]"`,
		"<a:b> <a:p> 1 \xff .":                         "1:15 UTF-8",
		"@prefix a <b:> .":                             `1:11 ":"`,
		"@PREFIX a: <b:> .":                            "1:1 IRI",
		"<a:b> A <c:d> .":                              "1:7 IRI",
		"<a:b> <a:p> 1e .":                             "1:15 0-9",
		"\"x\" <a:p> 1 .":                              "1:1 IRI",
		"<a:b> \"p\" 1 .":                              "1:7 IRI",
		"<a:b> <a:p> " + strings.Repeat("[<a:p>", 300): "<= 200",
	} {
		err := parseTurtle([]byte(in), func(triple) {})
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != "vocab-turtle" {
			t.Errorf("%.40q: got %v", in, err)
			continue
		}
		got := fmt.Sprintf("%v:%v %v", r.Args["line"], r.Args["column"], r.Args["want"])
		if !strings.Contains(got, want) {
			t.Errorf("%.40q: got %s, want %s", in, got, want)
		}
	}
}

// FuzzTurtle: anything is read or refused, and what was read as a vocabulary is the same
// when it was written and read again.
func FuzzTurtle(f *testing.F) {
	f.Add([]byte("@prefix skos: <" + skosNS + "> .\n<a:1> a skos:Concept ; skos:prefLabel \"甲\"@zh, 'A'@en ; skos:broader <a:2> .\n<a:2> skos:prefLabel \"\"\"b\"\"\" ; skos:narrower ( 1 [ ] ) ."))
	f.Add([]byte("@base <http://x/> . <> a _:b.c. 2"))
	f.Fuzz(func(t *testing.T, in []byte) {
		v, err := Read(in, Turtle)
		if err != nil {
			var r *archive.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("no refusal: %v", err)
			}
			return
		}
		for _, format := range []Format{Turtle, JSONLD} {
			again(t, v, format)
		}
	})
}

// again writes a vocabulary and holds what is read of that against it.
func again(t *testing.T, v *Vocabulary, f Format) {
	t.Helper()
	out, err := Write(v, f)
	if err != nil {
		t.Fatal(err)
	}
	w, err := Read(out, f)
	if err != nil {
		t.Fatalf("%s: what was written is refused: %v\n%s", f, err, out)
	}
	if a, b := said(v), said(w); !slices.Equal(a, b) {
		t.Fatalf("%s: got\n%s\nwant\n%s\nin\n%s", f, strings.Join(b, "\n"), strings.Join(a, "\n"), out)
	}
	twice, err := Write(v, f)
	if err != nil || string(twice) != string(out) {
		t.Fatalf("%s: written twice it is not the same", f)
	}
}

// said are the terms of a vocabulary, a line each, whatever they are called inside.
func said(v *Vocabulary) (out []string) {
	for i := range v.Terms {
		x := v.Terms[i]
		above := ""
		if x.Broader != "" {
			above = v.iri(x.Broader)
		}
		out = append(out, fmt.Sprintf("%s %q %q %q %s %q %d", v.iri(x.ID), x.Names, x.Also, x.Scope, above, x.Dates, x.Colour))
	}
	return out
}
