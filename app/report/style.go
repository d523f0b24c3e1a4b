package report

// style is how the page looks: the paper and ink of the window, black on white
// where it is printed. Every part has a pattern beside its colour.
const style = `
:root { color-scheme: light; }
body { font: 14px/1.5 "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
  color: #1E2226; background: #FBFAF7; max-width: 1080px; margin: 24px auto; padding: 0 24px; }
h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 17px; margin: 32px 0 4px; border-top: 1px solid #D9D5CB; padding-top: 16px; } h3 { font-size: 14px; }
.quiet { color: #5A6068; margin: 0 0 8px; max-width: 46em; }
figure { margin: 16px 0 24px; } figcaption { font-weight: bold; margin-bottom: 8px; }
.pair { display: flex; gap: 24px; align-items: flex-start; } .pair.wide { display: block; }
svg { display: block; width: 100%; max-width: 680px; flex: 1 1 60%; min-width: 0; }
svg text { font-size: 12px; fill: #1E2226; unicode-bidi: plaintext; } svg text.label { text-anchor: end; } svg text.small { font-size: 11px; fill: #5A6068; }
svg line { stroke: #5A6068; }
.t0 { fill: #1B5EA8; stroke: #1B5EA8; } .t1 { fill: url(#t1); stroke: #24734A; } .t2 { fill: url(#t2); stroke: #8A5A00; } .t3 { fill: url(#t3); stroke: #AE2A22; } .t4 { fill: #fff; stroke: #5A6068; }
table { border-collapse: collapse; margin-top: 8px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 8px; text-align: right; border-bottom: 1px solid #D9D5CB; vertical-align: top; } th { font-weight: normal; color: #5A6068; word-break: keep-all; }
.w { text-align: left; overflow-wrap: anywhere; max-width: 28em; } .w:first-child { min-width: 9em; }
.heads { font-family: monospace; font-size: 12px; } .heads td { display: block; text-align: left; overflow-wrap: anywhere; border: none; padding: 0 8px; }
@page { size: A4; margin: 16mm; }
@media print { body { background: #fff; color: #000; margin: 0; padding: 0; max-width: none; font-size: 10pt; } .quiet, th { color: #333; } h2, h3, figcaption { break-after: avoid; } tr, svg { break-inside: avoid; } thead { display: table-header-group; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .pair { display: block; } th, td { padding: 2px 6px; font-size: 9pt; } }
`

// patterns are those of the tones, as widgets.Chart paints them.
const patterns = `<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="t1" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#DCEBE2"/><rect width="2" height="5" fill="#24734A"/></pattern>
<pattern id="t2" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#F1E6CF"/><rect width="2" height="2" fill="#8A5A00"/></pattern>
<pattern id="t3" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#F8DEDC"/><path d="M0 0H5M0 0V5" stroke="#AE2A22" stroke-width="1.6"/></pattern>
</defs></svg>
`
