package records

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// usual are the names that columns of catalogues have, by the field they are for: those
// of DA/T 18-2022 and of the lists of offices, of Dublin Core, ISAD(G) and EAD. Each is
// written as Plain makes it. What has no field of its own is not here: a file number is no
// reference code, a note no abstract, a class of secrecy no opening status.
var usual = map[string][]string{
	"dcterms:title": {"题名", "正题名", "文件题名", "案卷题名", "标题", "文件标题", "名称", "題名", "標題",
		"title", "titleproper", "unittitle", "titleofthedocument"},
	"dcterms:date": {"日期", "文件日期", "成文日期", "成文时间", "形成日期", "形成时间", "文件形成时间", "时间", "起止日期", "日期時間",
		"date", "dates", "dateofcreation", "datecreated", "created", "creationdate", "creationdates", "unitdate", "datesofcreation", "eventdates"},
	"dcterms:creator": {"责任者", "第一责任者", "作者", "形成者", "发文机关", "发文单位", "制发机关", "責任者",
		"creator", "creators", "author", "authors", "nameofcreator", "nameofcreators", "origination", "namesofcreators", "eventactors"},
	"dcterms:source": {"来源", "网址", "来源网址", "网页地址", "原文链接", "链接", "来源网站", "來源",
		"source", "url", "sourceurl"},
	"dcterms:subject": {"主题词", "关键词", "主题", "主题词或关键词", "主題詞", "關鍵詞",
		"subject", "subjects", "keyword", "keywords", "subjectaccesspoints", "controlaccess"},
	"dcterms:description": {"范围和提要", "提要", "内容提要", "摘要", "内容摘要", "範圍和提要",
		"description", "abstract", "scopeandcontent", "scopeandabstract", "scopecontent", "summary"},
	"dcterms:language": {"语种", "语言", "语言或文字", "文字", "語種",
		"language", "languages", "languageofmaterial", "languagescriptsofmaterial", "langmaterial"},
	"dcterms:identifier": {"档号", "文号", "文件编号", "发文字号", "文件字号", "发文号", "索引号", "檔號", "文號",
		"identifier", "identifiers", "referencecode", "referencecodes", "reference", "referencenumber", "unitid", "callnumber", "documentnumber"},
	"dcterms:type":     {"类型", "资源类型", "type", "dcmitype"},
	"dcterms:temporal": {"所涉时间", "事件时间", "事件日期", "dateoftheevent", "eventdate", "temporal", "temporalcoverage"},
	"dcterms:coverage": {"地名", "地点", "所涉地名", "地區", "地区",
		"coverage", "place", "places", "spatial", "spatialcoverage", "placeaccesspoints"},
	"dcterms:contributor": {"其他责任者", "人名", "签发人", "编辑", "记者", "摄影者",
		"contributor", "contributors", "nameaccesspoints"},
	"dcterms:publisher":    {"发布者", "发布机构", "发布机关", "发布单位", "出版者", "publisher"},
	"dcterms:issued":       {"印发日期", "发布日期", "发布时间", "印发和发布日期", "公开日期", "issued", "dateissued", "dateofissue", "publicationdate"},
	"dcterms:relation":     {"相关著录单元", "相关文件", "relation", "relatedunits", "relatedunitsofdescription", "relatedmaterial"},
	"dcterms:rights":       {"利用权限", "利用限制", "rights", "conditionsgoverningaccess", "accessconditions", "accessrestrict"},
	"dcterms:accessRights": {"开放标识", "开放状态", "accessrights", "openingstatus"},
	"dcterms:available":    {"开放日期", "available", "openfrom", "dateavailable"},
	"dcterms:format":       {"格式", "载体形态", "数量", "format", "extent", "extentandmedium", "medium", "physdesc", "physicaldescription"},
}

// FileNames are the names of columns that say which file a row is about, the surest
// first.
var FileNames = []string{"路径", "文件路径", "电子文件路径", "path", "filepath", "文件名", "文件名称", "电子文件名", "电子文件名称", "原文件名", "计算机文件名",
	"filename", "file", "originalfilename", "檔名", "文件名稱"}

// prefixes stand before the names of elements.
var prefixes = []string{"dcterms:", "dc:", "dcterms.", "dc.", "ead:", "isadg:"}

// Plain is a name of a column without what differs from one list to the next: case,
// width, spaces and signs, the number of an element of ISAD(G) before it, a remark in
// brackets behind it, the prefix of a vocabulary.
func Plain(name string) string {
	name = strings.ToLower(norm.NFKC.String(strings.TrimSpace(name)))
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(name, p); ok {
			name = rest
			break
		}
	}
	if at := strings.IndexAny(name, "(["); at > 0 && !strings.HasPrefix(name[at:], "(s)") && strings.IndexAny(name, ")]") == len(name)-1 {
		name = name[:at]
	}
	name = strings.ReplaceAll(name, "(s)", "s")
	name = strings.TrimLeft(name, "0123456789. ") // 3.1.2 Title
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// byName is usual the other way round.
var byName = func() map[string]string {
	out := map[string]string{}
	for field, names := range usual {
		for _, n := range names {
			out[n] = field
		}
	}
	return out
}()

// FieldNamed is the field that a plain name of a column is for, as "dcterms:title"; "" where it is none.
func FieldNamed(plain string) string { return byName[plain] }

// namesSomething says whether a cell is a name that columns have.
func namesSomething(cell string) bool {
	p := Plain(cell)
	return p != "" && (byName[p] != "" || slices.Contains(FileNames, p))
}
