package cluster

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// named are names as an archive has them, none of which is another one's spelling or
// slip: institutions of provinces, cities and districts, terms, people, and some in
// English. Jones and Jonas, Photograph and Photography are not among them: those are for a
// person to say.
func named(r *rand.Rand) (out []Value) {
	places := strings.Fields(`北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省
		湖南省 广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区 银川市 石嘴山市
		吴忠市 固原市 中卫市 南京市 南宁市 南昌市 海口市 西安市 西宁市 兰州市 兴庆区 金凤区 西夏区 永宁县 贺兰县 灵武市 平罗县 惠农区 盐池县 同心县 中宁县 海原县`)
	bodies := strings.Fields(`司法厅 司法局 公安厅 公安局 财政厅 财政局 教育厅 教育局 水利厅 水利局 农业厅 农牧厅 林业厅 林业局 民政厅 民政局
		人力资源和社会保障厅 人力资源和社会保障局 卫生厅 卫生局 文化厅 文化局 体育局 统计局 审计厅 审计局 交通厅 交通局 人民政府 人民政府办公厅 人民政府办公室
		人民法院 中级人民法院 高级人民法院 人民检察院 档案局 档案馆 图书馆 博物馆 党委宣传部 党委组织部 党委统战部 总工会 妇女联合会 监狱管理局 国土资源厅`)
	others := strings.Fields(`党风建设 党建工作 党员教育 党员管理 党务公开 政务公开 信息公开 基层建设 基层党建 农村党建 水利工程 水电工程 水土保持 环境保护 环境治理
		农业生产 工业生产 安全生产 安全管理 安全检查 人事任免 人事管理 人事调动 财务管理 财务审计 财政预算 财政决算 会议通知 会议纪要 会议记录 工作总结 工作计划
		工作报告 年度总结 年度计划 年度报告 调查报告 调研报告 司法行政 司法鉴定 司法考试 社区矫正 社区建设 人民调解 行政调解 法律援助 法律服务 法制宣传 法治宣传
		监狱管理 监所管理 干部培训 干部考核 干部任免 教育培训 教育改造 劳动改造 劳动教养 服务型党组织 学习型党组织 创新型党组织 观摩学习推进会 观摩学习交流会
		先进集体 先进个人 优秀党员 优秀干部 李振国 李振华 李建国 王建国 王建军 张伟 张伟明 欧阳修文 欧阳修武 司马相如 司马光 阿不都热合曼 阿不都热依木 马国强`)
	english := strings.Split(`John Smith|Jon Smith|Mary Jones|James Brown|Jane Brown|Department of Justice|Department of Agriculture|Department of Culture|`+
		`Department of Horticulture|Ministry of Finance|Ministry of Justice|Correspondence 1920|Correspondence 1921|Photograph|Photogravure|Austria|Australia|Algeria|Nigeria|`+
		`Slovakia|Slovenia|Series 1|Series 2|Letters to William|Letters from William|Norway|Sweden|Colchester|Manchester|Part II|Part III|Volume IV|Volume VI`, "|")
	seen := map[string]bool{}
	add := func(text string) {
		if !seen[text] {
			seen[text] = true
			out = append(out, Value{text, 1 + r.IntN(9)})
		}
	}
	for _, p := range places {
		for _, b := range bodies {
			if r.IntN(3) > 0 {
				add(p + b)
			}
		}
	}
	for _, all := range [][]string{bodies, others, english} {
		for _, text := range all {
			add(text)
		}
	}
	return out
}

// Of names that are all different none is taken for another, whatever their counts.
func TestTrust(t *testing.T) {
	for seed := range uint64(20) {
		values := named(rand.New(rand.NewPCG(seed, 1)))
		for _, m := range Methods() {
			groups, err := Find(ctx, m, values)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range groups {
				t.Errorf("%s: %v of %d values", m, g.Values, len(values))
			}
		}
	}
}

// Of slips that are put among them most are found; what is found besides is none.
func TestSlipsAmongNames(t *testing.T) {
	wrong := []rune("法发冶治族祖区厅听局居公工安案财材政正教较育玉水利力农牧木业叶林民人力资源社会保障碍卫生升文化花体统计记审交通档挡案馆管图书博物")
	planted, found, other := 0, 0, 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 2))
		values := named(r)
		slips := map[string]string{}
		for _, i := range r.Perm(len(values))[:40] {
			text := []rune(values[i].Text)
			if len(text) < 6 || text[0] < 0x4E00 || values[i].N < 3 {
				continue
			}
			right, at := string(text), 1+r.IntN(len(text)-2)
			text[at] = wrong[r.IntN(len(wrong))]
			if slip := string(text); slip != right && slips[right] == "" {
				slips[right] = slip
				values = append(values, Value{slip, 1})
			}
		}
		planted += len(slips)
		groups, err := Find(ctx, Typo, values)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			if len(g.Values) == 2 && slips[g.Into] == g.Values[1].Text {
				found++
			} else {
				other++
			}
		}
	}
	said := fmt.Sprintf("%d of %d slips are found, and %d groups that are none", found, planted, other)
	t.Log(said)
	if found*3 < planted || other*50 > found {
		t.Error(said)
	}
}
