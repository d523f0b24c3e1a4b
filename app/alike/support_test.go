package alike

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// list is texts in memory.
type list []string

func (l list) Each(ctx context.Context, f func(string) error) error {
	for _, t := range l {
		if err := f(t); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (l list) Text(_ context.Context, n int) (string, error) { return l[n], nil }

// find groups texts, or fails.
func find(t testing.TB, texts []string, o Options) []Group {
	t.Helper()
	groups, err := Find(context.Background(), list(texts), o)
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

// said is groups on a line each: which texts, how like, and how.
func said(groups []Group) string {
	var b strings.Builder
	for _, g := range groups {
		fmt.Fprintf(&b, "%v %.2f", g.Texts, g.Likeness)
		if g.Exact {
			b.WriteString(" exact")
		}
		if g.Within >= 0 {
			fmt.Fprintf(&b, " in %d", g.Within)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// words are what notices are made of: invented, in the manner of such papers.
var words = strings.Fields(`水利局 档案室 关于 印发 通知 各科室 河道 清淤 工程 会议 研究 决定 报告 请示 批复 经费 预算 修缮 粮站 供销社 小学 校舍 桥梁 公路
 养护 段 人员 名单 附件 如下 现将 有关 事项 请 认真 贯彻 执行 并于 月底前 报送 办公室 联系人 电话 抄送 存档 移交 清册 全宗 案卷 目录 编号 保管 期限 永久 定期
 三十年 十年 密级 公开 征求 意见 座谈 调研 走访 检查 督促 整改 落实 责任 单位 个人 先进 表彰 决议 草案 修订 说明 材料 补充 核实 统计 年度 季度 汇总 旱情
 防汛 值班 安排 抢险 物资 储备 水库 渠道 灌溉 面积 亩 产量 收购 任务 完成 情况 总结 经验 推广 试点 村 乡 镇 公社 大队 生产 小组 代表 选举 登记 户口 迁移`)

// notice is an invented text of about so many code points.
func notice(r *rand.Rand, points int) string {
	var b strings.Builder
	for n := 0; n < points; {
		for range 4 + r.IntN(9) {
			w := words[r.IntN(len(words))]
			if r.IntN(12) == 0 {
				w = fmt.Sprint(r.IntN(3000))
			}
			b.WriteString(w)
			n += len([]rune(w))
		}
		b.WriteString([]string{"，", "。", "；", "。\n"}[r.IntN(4)])
	}
	return b.String()
}

// edited is a text in which a share of the code points was exchanged, taken out, or joined by another.
func edited(r *rand.Rand, text string, share float64) string {
	var out []rune
	for _, c := range text {
		if r.Float64() >= share {
			out = append(out, c)
			continue
		}
		other := []rune(words[r.IntN(len(words))])[0]
		switch r.IntN(3) {
		case 0:
			out = append(out, other)
		case 1:
			out = append(out, c, other)
		}
	}
	return string(out)
}

// random is the source of a test: the same every time.
func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 19)) }

// shuffled is texts in another order, and what each number was.
func shuffled(r *rand.Rand, texts []string) (out []string, was []int) {
	was = r.Perm(len(texts))
	for _, n := range was {
		out = append(out, texts[n])
	}
	return out, was
}

// renumbered is groups by the numbers that texts had before they were shuffled.
func renumbered(groups []Group, was []int) []Group {
	var out []Group
	for _, g := range groups {
		now := Group{Likeness: g.Likeness, Exact: g.Exact, Within: -1}
		for _, n := range g.Texts {
			now.Texts = append(now.Texts, was[n])
		}
		slices.Sort(now.Texts)
		if g.Within >= 0 {
			now.Within = was[g.Within]
		}
		out = append(out, now)
	}
	return out
}
