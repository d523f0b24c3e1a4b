package export

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fonds/storage"
	"fonds/storage/archive"
)

// pretty is what stands between the parts of a file to be read by people too.
var pretty = regexp.MustCompile(`\n\s*`)

// unstated is an archive with a document of which the source states neither creator nor
// date, and a title that somebody proposes not to be stated.
func unstated(t *testing.T) (*storage.Archive, archive.ID) {
	t.Helper()
	a := randomArchive(t, 7)
	list, err := a.List(context.Background(), storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	id := list[0].ID
	no := func(field string) *archive.Edit {
		return &archive.Edit{Do: "field.set", Doc: string(id), Field: field, Values: []archive.ValueIn{archive.ValueOf("")}}
	}
	for _, e := range []*archive.Edit{{Do: "policy.set", Review: "none"}, no("dcterms:creator"), no("dcterms:date"), no("dcterms:contributor"),
		{Do: "field.set", Doc: string(id), Field: "dcterms:contributor"}, {Do: "policy.set", Review: "everything"}, no("dcterms:publisher")} {
		if _, err := a.ApplyEach(context.Background(), "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	return a, id
}

// Every format says that the source does not state a field, each in its way, and none
// gives out how that is kept.
func TestNotStatedInEveryFormat(t *testing.T) {
	a, id := unstated(t)
	out, _ := exported(t, a, Choice{Formats: Formats(), Set: All, Language: "zh-Hans"})
	for path, want := range map[string][]string{
		"csv/values.csv":                               {",dcterms:creator,原文未载,true,,accepted,Zhang,", ",dcterms:publisher,原文未载,true,,proposed,Zhang,"},
		"datapackage/data/values.csv":                  {",dcterms:creator,原文未载,true,"},
		"jsonl/documents.jsonl":                        {`"field":"dcterms:creator","value":"","not_stated":true,"state":"accepted"`, `"field":"dcterms:contributor","not_stated":true`},
		"ead3/ead3.xml":                                {`<processinfo localtype="not-stated"><p>The source does not state: dcterms:creator, dcterms:date.</p>`},
		"tei/" + string(id) + ".xml":                   {`<note type="not-stated" subtype="dcterms:creator" `, ">Not stated in the source.</note>"},
		"webannotation/" + string(id) + ".jsonld":      {`"fonds:field": "dcterms:creator","fonds:notStated": true,"target"`},
		"doccano/documents.jsonl":                      {`"not_stated":["dcterms:creator","dcterms:date","dcterms:publisher"]`},
		"spacy/documents.jsonl":                        {`"not_stated":["dcterms:creator","dcterms:date","dcterms:publisher"]`},
		"labelstudio/tasks.json":                       {`"not_stated":["dcterms:creator","dcterms:date","dcterms:publisher"]`},
		"findingaid/documents/" + string(id) + ".html": {`<span class="w" lang="en">Not stated in the source</span><span class="w" lang="zh-Hans">原文未载</span>`},
	} {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(path)))
		if err != nil {
			t.Error(err)
			continue
		}
		text := pretty.ReplaceAllString(string(data), "")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %s", path, w)
			}
		}
	}
	for path, not := range map[string]string{"dc/" + string(id) + ".xml": "<dc:creator", "tei/" + string(id) + ".xml": "<author>"} {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(path)))
		if err != nil || bytes.Contains(data, []byte(not)) {
			t.Errorf("%s has %s (%v)", path, not, err)
		}
	}
	book, err := excelize.OpenFile(filepath.Join(out, "xlsx", "documents.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("values")
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, row := range rows {
		if row[1] == string(id) && row[3] == "原文未载" && row[4] == "TRUE" {
			said++
		}
	}
	if said != 3 {
		t.Errorf("the sheet says it %d times, want 3", said)
	}
	err = filepath.Walk(out, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || info.Name() == "log.jsonl" { // which is the log, as it is
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(archive.NotStated)) {
			t.Errorf("%s gives out how it is kept", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Without a language tables speak English, as all else that they say; in a set without
// tables a language is no part of the choice.
func TestNotStatedLanguage(t *testing.T) {
	a, _ := unstated(t)
	out, m := exported(t, a, Choice{Formats: []string{"csv"}, Set: All, Language: "en"})
	data, err := os.ReadFile(filepath.Join(out, "csv", "values.csv"))
	if err != nil || !bytes.Contains(data, []byte(",dcterms:creator,Not stated in the source,true,")) || m.Filter.Language != "" {
		t.Errorf("in English: %v, %q\n%s", err, m.Filter.Language, data)
	}
	if _, m := exported(t, a, Choice{Formats: []string{"dc"}, Language: "zh-Hans"}); m.Filter.Language != "" {
		t.Errorf("a set without tables has the language %q", m.Filter.Language)
	}
	_, err = Write(context.Background(), a, Options{Choice: Choice{Formats: []string{"csv"}, Language: "tlh"}, Out: filepath.Join(t.TempDir(), "x"), Now: a.Now})
	if err == nil || !strings.Contains(err.Error(), `the language "tlh"; there is: en, zh-Hans`) {
		t.Errorf("a language that is none gives %v", err)
	}
}

// What is printed says it in the language of the page, and a masked field does not even
// tell that there is nothing.
func TestNotStatedInPrintAndMasked(t *testing.T) {
	a, id := unstated(t)
	for lang, words := range map[string]string{"en": "Not stated in the source", "zh-Hans": "原文未载"} {
		var page, list bytes.Buffer
		if err := Print(context.Background(), a, id, lang, &page); err != nil {
			t.Fatal(err)
		}
		if err := PrintList(context.Background(), a, "", lang, &list); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.String(), `<span class="quiet">`+words+"</span>") || !strings.Contains(list.String(), `<td class="creator">`+words+"</td>") {
			t.Errorf("%s: the pages do not say %q", lang, words)
		}
	}
	out, _ := exported(t, a, Choice{Formats: []string{"jsonl"}, Set: All, Hide: []string{"dcterms:creator"}, Waivers: waivers(t, a)})
	data, err := os.ReadFile(filepath.Join(out, "jsonl", "documents.jsonl"))
	if err != nil || bytes.Contains(data, []byte(`"field":"dcterms:creator","value":"","not_stated"`)) || !bytes.Contains(data, []byte(`"field":"dcterms:date","value":"","not_stated":true`)) {
		t.Errorf("masked: %v", err)
	}
}

// That the source states no condition of access closes nothing.
func TestNotStatedClosesNothing(t *testing.T) {
	d := &archive.Document{Items: []*archive.Item{{ID: "a", What: archive.AValue, State: archive.Accepted, Key: AccessField, Detail: archive.NotStated},
		{ID: "b", What: archive.AValue, State: archive.Accepted, Key: AvailableField, Detail: archive.NotStated}}}
	if c := Closed(d, nil, "2026-11-30"); c != nil {
		t.Errorf("it is closed: %+v", c)
	}
}
