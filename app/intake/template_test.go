package intake

import (
	"os"
	"path/filepath"
	"testing"

	"fonds/app/template"
	"fonds/storage"
)

// What machines see goes into the fields of the archive's template: people and document
// numbers have fields of their own in one of DA/T 18.
func TestProposalsGoByTheTemplate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "notice.txt")
	text := "关于召开推进会的通知\n国办发〔2015〕16号\n各有关单位：\n司法厅厅长李振国出席会议并讲话。\n2015年11月22日\n"
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"dat18": "dat18:documentNumber", template.Default: "dcterms:identifier"} {
		a, err := storage.Create(t.Context(), filepath.Join(dir, id+".fonds"), storage.NewArchive{Owner: "Zhang", Template: id}, Opened(storage.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if _, err := Run(t.Context(), a, "Zhang", []string{path}, Options{}, nil); err != nil {
			t.Fatal(err)
		}
		docs, err := a.List(t.Context(), storage.Query{})
		if err != nil || len(docs) != 1 {
			t.Fatal(docs, err)
		}
		d, err := a.Document(t.Context(), docs[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, it := range d.Items {
			if it.Text == "国办发〔2015〕16号" {
				got = it.Key
			}
		}
		if got != want {
			t.Errorf("in %s the number goes into %q, want %q", id, got, want)
		}
	}
}
