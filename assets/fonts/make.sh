#!/bin/sh
# Makes the two fonts of this folder out of Noto Sans CJK, face SC (Simplified
# Chinese forms). The build does not run this: the results are checked in.
#
# Needs Python 3 with fontTools 4.38 or newer (Debian: python3-fonttools) and
# the two collections of Noto Sans CJK 2.004 (Debian: fonts-noto-cjk,
# 1:20220127+repack1-1). Another place than Debian's can be named:
#
#   NOTO_CJK=/path/to/folder PYTHON=python3 sh assets/fonts/make.sh
#
# What is left out, and why:
#  - hints: the painter sets glyphs on fractions of a pixel and ignores them;
#  - locl: the face is Simplified Chinese already, and the feature would carry
#    the Japanese, Korean and traditional drawing of every character along;
#  - vertical metrics and vertical forms: Fonds sets lines from left to right;
#  - Hangul and the planes above the BMP but for the ideographs of HKSCS and
#    its like that the face has: what is missing is drawn as a box.
# What is added: U+25AF, the upright box that stands for a lost character in a
# repaired text. The face has the square but not this; it is drawn below as two
# rectangles with the stroke of the square.
# Not in the face at all: most of Latin Extended-A (only the letters of Pinyin
# and Vietnamese are) and U+FFFD. For those the painter has a font behind it.
# Kept: kern, mark, mkmk and ccmp, so that Latin letters with marks sit right.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
src=${NOTO_CJK:-/usr/share/fonts/opentype/noto}
python=${PYTHON:-python3}
face_sc=2 # JP 0, KR 1, SC 2, TC 3, HK 4

subset() { # collection, result, file with the characters as U+XXXX
	"$python" -m fontTools.subset "$src/$1" \
		--font-number=$face_sc \
		--unicodes-file="$3" \
		--output-file="$here/$2" \
		--layout-features=kern,mark,mkmk,ccmp \
		--layout-scripts='*' \
		--no-hinting \
		--drop-tables+=vhea,vmtx,VORG,BASE \
		--name-IDs='*' \
		--notdef-outline \
		--no-recalc-timestamp
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The characters: blocks for the regular face, GB 2312 for the bold one.
"$python" - "$work" <<'PY'
import sys

work = sys.argv[1]

common = [
    (0x0020, 0x007E), (0x00A0, 0x00FF),   # Basic Latin, Latin-1
    (0x0100, 0x017F),                     # Latin Extended-A
    (0x2000, 0x206F),                     # General Punctuation
    (0x3000, 0x303F),                     # CJK Symbols and Punctuation
    (0xFF00, 0xFFEF),                     # Halfwidth and Fullwidth Forms
]

regular = common + [
    (0x0180, 0x024F), (0x0250, 0x02FF),   # Latin Extended-B, IPA, modifiers
    (0x0300, 0x036F),                     # combining marks
    (0x0370, 0x03FF), (0x0400, 0x052F),   # Greek, Cyrillic
    (0x1E00, 0x1EFF),                     # Latin Extended Additional
    (0x2070, 0x20CF),                     # super- and subscripts, currency
    (0x2100, 0x218F),                     # letterlike, number forms
    (0x2190, 0x22FF),                     # arrows, mathematical operators
    (0x2300, 0x23FF), (0x2460, 0x24FF),   # technical, enclosed numbers
    (0x2500, 0x25FF), (0x2600, 0x27BF),   # boxes, blocks, shapes, symbols
    (0x2900, 0x29FF), (0x2B00, 0x2BFF),   # more arrows
    (0x2E80, 0x2FDF), (0x2FF0, 0x2FFF),   # radicals, description characters
    (0x3040, 0x30FF), (0x3100, 0x312F),   # kana, Bopomofo
    (0x3190, 0x31FF),                     # Kanbun, Bopomofo, strokes, kana
    (0x3200, 0x33FF),                     # enclosed and squared CJK
    (0x3400, 0x4DBF),                     # Extension A
    (0x4E00, 0x9FFF),                     # CJK Unified Ideographs
    (0xF900, 0xFAFF),                     # compatibility ideographs
    (0xFFFC, 0xFFFD),                     # replacement characters
    (0xFE10, 0xFE1F), (0xFE30, 0xFE6F),   # vertical, compatibility, small forms
    (0x1F100, 0x1F2FF),                   # enclosed supplement
    (0x20000, 0x323AF), (0x2F800, 0x2FA1F),  # Extensions B to H
]

gb2312 = set()
for high in range(0xA1, 0xF8):
    for low in range(0xA1, 0xFF):
        try:
            gb2312.add(ord(bytes([high, low]).decode("gb2312")))
        except (UnicodeDecodeError, TypeError):
            pass


def write(name, points):
    with open(f"{work}/{name}", "w") as f:
        f.write("\n".join(f"U+{p:04X}" for p in sorted(points)) + "\n")


def spread(ranges):
    return {p for a, b in ranges for p in range(a, b + 1)}


write("regular", spread(regular) | gb2312)
write("bold", spread(common + [(0x2190, 0x21FF), (0x2200, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x27BF)]) | gb2312)
PY

subset NotoSansCJK-Regular.ttc NotoSansSC-Regular.otf "$work/regular"
subset NotoSansCJK-Bold.ttc NotoSansSC-Bold.otf "$work/bold"

for font in NotoSansSC-Regular.otf NotoSansSC-Bold.otf; do
	"$python" - "$here/$font" <<'PY'
import sys

from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

path = sys.argv[1]
font = TTFont(path, recalcTimestamp=False)
cmap = font.getBestCmap()
if 0x25AF in cmap:
    sys.exit("U+25AF is in the face already: take this step out")

# The stroke and height of the square U+25A1, half its width.
glyphs = font.getGlyphSet()
square = cmap[0x25A1]
outline = RecordingPen()
glyphs[square].draw(outline)
xs = sorted({p[0] for _, pts in outline.value for p in pts})
bounds = BoundsPen(glyphs)
glyphs[square].draw(bounds)
left, bottom, right, top = bounds.bounds
stroke = xs[1] - xs[0]
width = font["hmtx"][square][0]
x0, x1 = width / 2 - (right - left) / 4, width / 2 + (right - left) / 4

pen = T2CharStringPen(width, glyphs)
for inset, order in ((0, 1), (stroke, -1)):
    corners = [(x0 + inset, bottom + inset), (x1 - inset, bottom + inset),
               (x1 - inset, top - inset), (x0 + inset, top - inset)][::order]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()

top_dict = font["CFF "].cff.topDictIndex[0]
strings = top_dict.CharStrings
fd = top_dict.FDSelect[strings.charStrings[square]]
private = top_dict.FDArray[fd].Private
program = pen.getCharString(private, font["CFF "].cff.GlobalSubrs).program
if width != private.defaultWidthX:
    program[0] = width - private.nominalWidthX
else:
    program = program[1:]

name = "cid65535"  # beyond what the collection uses
drawn = T2CharString(program=program, private=private, globalSubrs=font["CFF "].cff.GlobalSubrs)
strings.charStringsIndex.append(drawn)
strings.charStrings[name] = len(strings.charStringsIndex) - 1
top_dict.charset.append(name)
top_dict.FDSelect.append(fd)
font.setGlyphOrder(top_dict.charset)
font["hmtx"][name] = (width, int(x0))
for table in font["cmap"].tables:
    if table.isUnicode():
        table.cmap[0x25AF] = name
font.save(path)
PY
done
ls -l "$here"/*.otf
