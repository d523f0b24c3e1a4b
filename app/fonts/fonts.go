// Package fonts finds fonts of the system that draw Han characters in the forms
// of a region: 直, 骨 and 令 are drawn differently in the mainland, in Taiwan and
// in Japan, and a font of one region is wrong for a document of another.
//
// It may use the standard library. It must never know Fyne, a setting or what is
// drawn: it hands out files, the number of a face in them, and its bytes. It
// reads names and directories of fonts, which are bytes of strangers: whatever
// they say, it answers with an error and never with a panic.
package fonts

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Forms are how Han characters are drawn.
type Forms string

// The forms. Simplified are those of the mainland, which the font that is built
// in has too.
const (
	Simplified  Forms = ""
	Traditional Forms = "hant" // of Taiwan
	Japanese    Forms = "ja"
)

// Want is what a face has to be.
type Want struct {
	Forms Forms
	Serif bool // Song, Ming, Mincho
	Bold  bool
}

// Found is a face that lies on this machine.
type Found struct {
	Path   string
	Index  int    // of the face in the file; 0 where it is the only one
	Family string // as the file calls it: Noto Sans CJK TC
}

// families are the names that will do, the best first. Noto and Source Han are
// one design with every character; what systems bring along follows.
var families = map[Want][]string{
	{Forms: Simplified}: {"Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "PingFang SC",
		"Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"},
	{Forms: Traditional}: {"Noto Sans CJK TC", "Source Han Sans TC", "Source Han Sans TW", "Noto Sans TC", "PingFang TC",
		"Heiti TC", "Microsoft JhengHei"},
	{Forms: Japanese}: {"Noto Sans CJK JP", "Source Han Sans", "Source Han Sans JP", "Noto Sans JP", "Hiragino Sans",
		"Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "IPAexGothic"},
	{Forms: Simplified, Serif: true}: {"Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC",
		"Songti SC", "STSong", "SimSun", "NSimSun"},
	{Forms: Traditional, Serif: true}: {"Noto Serif CJK TC", "Source Han Serif TC", "Source Han Serif TW", "Noto Serif TC",
		"Songti TC", "PMingLiU", "MingLiU"},
	{Forms: Japanese, Serif: true}: {"Noto Serif CJK JP", "Source Han Serif", "Source Han Serif JP", "Noto Serif JP",
		"Hiragino Mincho ProN", "Yu Mincho", "MS PMincho", "MS Mincho", "IPAexMincho"},
}

// stems are the beginnings of names of files, in small letters, in which those
// families lie. No other file is opened: a machine may have thousands of fonts.
var stems = []string{"notosanscjk", "notoserifcjk", "notosanssc", "notosanstc", "notosansjp", "notoserifsc", "notoseriftc",
	"notoserifjp", "sourcehansans", "sourcehanserif", "pingfang", "hiragino", "ヒラギノ", "stheiti", "songti", "stsong",
	"msyh", "msjh", "simsun", "mingliu", "yugoth", "meiryo", "yumin", "msmincho", "wqy", "ipaexg", "ipaexm"}

// Catalog is what a machine has of the fonts that this package knows.
type Catalog struct{ faces []face }

// face is one that was found, with its weight: 400 is regular, 700 bold.
type face struct {
	Found
	weight int
}

// Scan looks through folders and all that is in them. What is not there or
// cannot be read is passed by. It takes some milliseconds: call it on a worker.
func Scan(folders []string) *Catalog {
	c := &Catalog{}
	seen := map[string]bool{}
	for _, folder := range folders {
		filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || seen[path] || !known(path) {
				return nil // what cannot be read is not there
			}
			seen[path] = true
			c.read(path)
			return nil
		})
	}
	slices.SortStableFunc(c.faces, func(a, b face) int { return strings.Compare(a.Path, b.Path) })
	return c
}

func known(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	if !slices.Contains([]string{".ttc", ".otc", ".ttf", ".otf"}, filepath.Ext(name)) {
		return false
	}
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(name, stem) })
}

// read adds the faces of a file.
func (c *Catalog) read(path string) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return
	}
	n, err := count(f)
	for i := 0; err == nil && i < n; i++ {
		d, err := directory(f, i)
		if err != nil {
			continue
		}
		weight, err := d.weight(f)
		if err != nil {
			continue
		}
		for _, family := range d.families(f) {
			c.faces = append(c.faces, face{Found{path, i, family}, weight})
		}
	}
}

// Find gives the best face for something wanted, and whether there is any.
func (c *Catalog) Find(w Want) (Found, bool) {
	want := 400
	if w.Bold {
		want = 700
	}
	for _, family := range families[Want{Forms: w.Forms, Serif: w.Serif}] {
		best, off := Found{}, 151 // a weight further off is another weight
		for _, f := range c.faces {
			if d := max(f.weight-want, want-f.weight); f.Family == family && d < off {
				best, off = f.Found, d
			}
		}
		if best.Path != "" {
			return best, true
		}
	}
	return Found{}, false
}

// Folders are those in which this system keeps its fonts, the person's own too.
func Folders() []string {
	home, _ := os.UserHomeDir()
	at := func(parts ...string) string {
		if parts[0] == "" {
			return ""
		}
		return filepath.Join(parts...)
	}
	var all []string
	switch runtime.GOOS {
	case "windows":
		all = []string{at(os.Getenv("WINDIR"), "Fonts"), at(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts")}
	case "darwin":
		all, _ = filepath.Glob("/System/Library/AssetsV2/com_apple_MobileAsset_Font*") // those that macOS has fetched
		all = append(all, "/System/Library/Fonts", "/Library/Fonts", at(home, "Library", "Fonts"))
	default:
		data := os.Getenv("XDG_DATA_HOME")
		if data == "" {
			data = at(home, ".local", "share")
		}
		all = []string{at(data, "fonts"), at(home, ".fonts"), "/usr/local/share/fonts", "/usr/share/fonts"}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
