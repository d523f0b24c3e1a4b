package storage

import (
	"database/sql"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestVerifyNamesTampering: what somebody changes in the file behind the log's
// back is found, and the first bad entry is named.
func TestVerifyNamesTampering(t *testing.T) {
	tests := []struct{ name, do, want string }{
		{"a body", "UPDATE bodies SET body=replace(body,'甲','乙') WHERE body LIKE '%甲%'", "committed"},
		{"who", "UPDATE log SET actor='Li' WHERE kind='tag.add'", "header"},
		{"an operation taken out", "DELETE FROM log WHERE kind='tag.add'", "comes next"},
		{"the first one taken out", "DELETE FROM log WHERE n=1", "comes next"},
		{"two swapped", "UPDATE log SET seq=-seq WHERE seq IN (3,4); UPDATE log SET seq=CASE seq WHEN -3 THEN 4 ELSE 3 END WHERE seq<0", "does not follow"},
		{"a body taken out", "DELETE FROM bodies WHERE n=3", "lost its body"},
		{"a value without the log", "UPDATE items SET text='乙' WHERE text='甲'", "not what the log makes it"},
		{"a row of the list", "UPDATE documents SET title='乙'", "not what the log makes it"},
		{"an item added", "INSERT INTO items SELECT 'zz',doc,what,state,key,text,pos,by,at,rev,rev_by,rule,confidence,detail,anchor,confirmed,source,reason,recipe,replaces,decision,amends,first FROM items WHERE what='tag'", "in no operation"},
		{"an item taken out", "DELETE FROM items WHERE what='tag'", "not what the log makes it"},
		{"a document taken out", "DELETE FROM documents", "not what the log makes it"},
		{"the text", "UPDATE texts SET text=CAST(replace(CAST(text AS TEXT),'司','可') AS BLOB)", "not that of its text"},
		{"the original", "UPDATE chunks SET packed=0, data=x'00'", "original"},
		{"the original taken out", "DELETE FROM chunks", "original"},
		{"an undo unmade", "UPDATE outcomes SET undone_by=NULL", "undone"},
		{"an effect", "UPDATE outcomes SET effect=replace(effect,'甲','乙')", "changed"},
		{"the index", "DELETE FROM search", "index"},
		{"the index's words", "UPDATE passages SET hash=x'0011223344556677'", "not that of its text"},
		{"the name of a text", "UPDATE texts SET sha256='00'", "source text 1"},
		{"the recipe of a text", "UPDATE texts SET recipe='{}'", "recipe"},
		{"a text taken out", "DELETE FROM texts", "lost its source text"},
		{"a text added", "INSERT INTO texts(doc,n,sha256,recipe,text) SELECT 'x',n,sha256,recipe,text FROM texts", "source texts"},
		{"a trigger", "CREATE TRIGGER tt AFTER INSERT ON log BEGIN DELETE FROM items; END", "no Fonds has made"},
		{"a part of the index", "INSERT INTO parts VALUES(1, 2)", "lost table search_1"},
		{"the parts of the index", "DELETE FROM parts", "has 0 parts"},
		{"the parts' order", "UPDATE parts SET first=1", "makes no sense"},
		{"an index taken out", "DROP INDEX log_batch", "lost"},
		{"a kind added", "INSERT INTO kinds VALUES('tag.add',0)", "kind"},
		{"a kind taken out", "DELETE FROM kinds WHERE kind='undo'", "kinds"},
		{"a row that makes no sense", "UPDATE items SET anchor='{;' WHERE what='value'", "anchor is"},
	}
	for _, tt := range tests {
		a := newArchive(t)
		id := bring(t, a, incoming("01.txt", notice, archive.Proposal{Field: "dcterms:date", Value: "2015", Start: 9, End: 13}))[0]
		mustApply(t, a, "Zhang", field(id, "dcterms:title", "甲"))
		mustApply(t, a, "Zhang", tag("tag.add", id, "会议"))
		mustApply(t, a, "Zhang", tag("tag.add", id, "其他"))
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, a)
		path := a.Path()
		a.Close()
		db, err := sql.Open("sqlite3", "file:"+path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(tt.do); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		db.Close()
		a, err = Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Verify(ctx, VerifyOptions{})
		if err != nil || r.OK || !strings.Contains(r.Bad, tt.want) {
			t.Errorf("%s: got ok %v, %q (%v), want %q", tt.name, r.OK, r.Bad, err, tt.want)
		}
		a.Close()
	}
}
