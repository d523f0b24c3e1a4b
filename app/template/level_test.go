package template

import (
	"slices"
	"strings"
	"testing"

	"fonds/app/i18n"
)

// TestLevels: the four-level table of DA/T 18-2022, as S1 of the standard's readers has it:
// item, file, series, fonds; ● always, ◐ where there is one, ○ may, – not used.
func TestLevels(t *testing.T) {
	tpl, err := Read("dat18")
	if err != nil {
		t.Fatal(err)
	}
	marks := map[Force]string{Always: "●", IfAny: "◐", May: "○", NotUsed: "–"}
	want := map[string]string{
		"档案馆代码": "○○○●", "著录层级": "●●●●", "档号": "●●●●", "正题名": "●●●●", "文件编号": "◐–––", "日期": "●●●●", "责任者": "●●●●",
		"组织机构沿革/人物生平": "–––○", "档案保管沿革": "○○○●", "范围和提要": "○○○○", "人名": "○○––", "稿本": "○–––", "文种": "○–––", "附件": "○–––",
		"载体形态": "◐○○○", "计算机文件大小": "○○––", "计算机文件格式": "○○––", "生成方式": "○○––", "整理情况": "––○○", "保管期限": "●●––",
		"销毁情况": "○◐––", "密级": "◐–––", "公开属性": "○–––", "开放标识": "●●––", "语种": "○–––", "主题词或关键词": "○–––", "分类号": "○○––",
		"缩微号": "○○○○", "存储位置": "○○○○", "原件存放位置": "○○○○", "复制件存放位置": "○○○○", "相关著录单元": "––○○", "附注": "○○○○", "著录者": "○○○○", "著录日期": "○○○○",
	}
	seen := 0
	for i := range tpl.Fields {
		f := &tpl.Fields[i]
		got := ""
		for _, level := range Levels() {
			got += marks[f.At(level)]
		}
		if w, ok := want[f.Label["zh-Hans"]]; ok {
			if seen++; got != w {
				t.Errorf("%s is %s, want %s", f.Label["zh-Hans"], got, w)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d elements are there", seen, len(want))
	}
	_, required := tpl.FieldIDs()
	for _, line := range []string{"dcterms:title", "dat18:retention\t-dat18:level\x1f类别级\x1f全宗级", "dat18:repositoryCode\t+dat18:level\x1f全宗级", "dcterms:provenance\t+dat18:level\x1f全宗级"} {
		if !slices.Contains(required, line) {
			t.Errorf("%q is not among %q", line, required)
		}
	}
	for value, level := range map[string]string{"案卷级": File, "Series": Series, "全宗": Fonds, "文件级": Item, "": Item, "nonsense": Item} {
		if got := LevelNamed(value); got != level {
			t.Errorf("%q is the level of %s, want %s", value, got, level)
		}
	}
}

// TestRefused: what cannot be is refused with the field's name and what is wrong with it.
func TestRefused(t *testing.T) {
	defer i18n.Use(i18n.Current())
	i18n.Use("en")
	field := func(rest string) string {
		return `{"id":"x","label":{"en":"X"},"fields":[{"id":"a:b","label":{"en":"B"},` + rest + `}]}`
	}
	for _, tt := range []struct{ json, want string }{
		{field(`"type":"text"},{"id":"a:b","label":{"en":"C"},"type":"text"`), `"a:b": another field has the same id`},
		{field(`"type":"song"`), "a:b: its type is “song”"},
		{field(`"type":"text","pattern":"("`), "a:b: its pattern cannot be read"},
		{field(`"type":"text","levels":{"page":"always"}`), "“page” is no level"},
		{field(`"type":"text","levels":{"item":"often"}`), "“often” does not say"},
		{field(`"type":"text","levels":{}`), "it is used at no level"},
		{field(`"type":"text","required":true,"levels":{"item":""}`), "required, must and levels"},
		{field(`"type":"text","compute":"a:b"`), "A field is never computed from another one"},
		{field(`"type":"text","compute":"size","default":"3"`), "it is computed and has a default"},
		{field(`"type":"text","limit":-1`), "a number of characters"},
		{field(`"type":"choice"`), "the list is empty"},
		{field(`"type":"checklist","choices":[{"value":"a"},{"value":"a"}]`), "“a” is empty, too long or there twice"},
		{field(`"type":"figure","default":"many"`), "its default would be doubted itself"},
		{field(`"type":"text","default":"永久","map":{"ead3":"appraisal"}`), "they have no default"},
		{strings.Replace(field(`"type":"choice","choices":[{"value":"秘密"}],"default":"秘密"`), `"B"`, `"密级"`, 1), "they have no default"},
		{strings.Replace(field(`"type":"text","default":"永久"`), "a:b", "dat18:retention", 1), "they have no default"},
		{field(`"type":"text","label":{"en":" "}`), "a:b: it has no label"},
		{field(`"type":"text","for":["WY"]`), "no field of categories"},
		{strings.Replace(field(`"type":"text"`), `"fields"`, `"category":"a:c","fields"`, 1), "a:c: the category is to be a field"},
		{strings.Replace(field(`"type":"text","for":["WY"]`), `"fields"`, `"category":"a:b","fields"`, 1), "would choose itself"},
		{strings.Replace(field(`"type":"choice","choices":[{"value":"WS"}]},{"id":"a:c","label":{"en":"C"},"type":"text","for":["WY"]`), `"fields"`, `"category":"a:b","fields"`, 1), "“WY” is none of the choices"},
		{`{"id":"x","label":{"en":"X"},"fields":[]}`, "x: it has no fields"},
		{`{"id":"x","label":{"en":"X"},"fields":[],"more":1}`, "this is no template"},
	} {
		_, err := Parse([]byte(tt.json))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.json, err, tt.want)
		}
	}
}

// TestTypes: values of the newer types are doubted and read.
func TestTypes(t *testing.T) {
	defer i18n.Use(i18n.Current())
	i18n.Use("zh-Hans")
	for _, tt := range []struct {
		field   Field
		value   string
		doubted bool
		reading string
	}{
		{Field{Type: Figure}, "-3.50", false, ""}, {Field{Type: Figure}, "3,5", true, ""}, {Field{Type: Figure}, "１２", true, ""},
		{Field{Type: YesNo}, "yes", false, "是"}, {Field{Type: YesNo}, "maybe", true, ""},
		{Field{Type: Stars}, "3", false, "★★★☆☆"}, {Field{Type: Stars}, "0", true, ""}, {Field{Type: Stars}, "12", true, ""},
		{Field{Type: Identifier}, "CN 442002", false, ""}, {Field{Type: Identifier}, "a  b", true, ""},
		{Field{Type: Person, Repeatable: true}, "甲、乙", true, ""}, {Field{Type: Person}, "甲、乙", false, ""}, {Field{Type: Place, Repeatable: true}, "银川", false, ""},
		{Field{Type: Text, Limit: 2}, "三个字", true, ""}, {Field{Type: Text, Limit: 3}, "三个字", false, ""},
		{Field{Type: Checklist, Choices: []Choice{{Value: "a", Label: map[string]string{"zh-Hans": "甲"}}}}, "a", false, "甲"},
		{Field{Type: Checklist, Choices: []Choice{{Value: "a"}}}, "b", true, ""},
	} {
		doubt, reading := tt.field.read(tt.value, 0)
		if (doubt != "") != tt.doubted || reading != tt.reading {
			t.Errorf("%s %q: doubt %q, reads %q, want %q", tt.field.Type, tt.value, doubt, reading, tt.reading)
		}
	}
	yes := Field{Type: YesNo}
	if got := yes.Chosen("是"); len(got) != 1 || got[0] != Yes {
		t.Errorf("what begins with 是 is %v", got)
	}
}
