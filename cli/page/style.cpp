#include "cli/page/style.h"

#include <algorithm>

namespace accrue {

namespace {

// The palette is that of Okabe and Ito: its colours stay apart for the colour-blind.
constexpr std::string_view colors = R"(
:root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--muted:#555d66;--line:#d5d9de;
--soft:#f5f6f8;
--strong:#1b1f24;--link:#0b4f8a;--bad:#a3200d;--c0:#a9b0b8;--c1:#0072b2;--c2:#e69f00;--c3:#009e73;
--c4:#d55e00;--c5:#cc79a7;--c6:#56b4e9;--c7:#f0e442;--hatch:#fff}
@media (prefers-color-scheme:dark){:root{--page:#15181c;--ink:#e9ebee;--muted:#abb3bc;
--line:#363c44;
--soft:#1e2227;--strong:#c9ced4;--link:#8fc1f0;--bad:#ff9b87;--c0:#707a85;--c1:#3d9bd6;
--hatch:#15181c}}
@media print{:root{color-scheme:light;--page:#fff;--ink:#000;--muted:#444;--line:#c4c8cc;
--soft:#fff;
--strong:#000;--link:#000;--bad:#a3200d;--c0:#a9b0b8;--c1:#0072b2;--hatch:#fff}}
)";

constexpr std::string_view text = R"(
*{box-sizing:border-box}
html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,
sans-serif;
background:var(--page);color:var(--ink);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:1140px;padding:40px 32px 64px;overflow-wrap:anywhere}
h1{font-size:28px;line-height:1.2;font-weight:650;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:20px;line-height:1.3;font-weight:650;margin:0 0 2px}
h3{font-size:15px;font-weight:650;margin:28px 0 8px}
p{margin:0 0 8px}
a{color:var(--link)}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.vh{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.defs{position:absolute}
.skip{position:absolute;left:-999px}
.skip:focus{left:16px;top:8px;background:var(--page);padding:6px 10px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
header{border-bottom:2px solid var(--strong);padding-bottom:20px}
.entity{color:var(--muted);font-weight:600;margin:0 0 6px}
.facts{display:flex;flex-wrap:wrap;gap:10px 40px;margin:18px 0 0}
.facts dt,.origin dt,.summary dt{color:var(--muted);font-size:12.5px}
.facts dd{margin:0;font-weight:600}
.origin{margin:16px 0 0;font-size:12.5px;display:grid;grid-template-columns:max-content 1fr;
gap:2px 14px}
.origin dd{margin:0;min-width:0}
.failed{color:var(--bad);font-weight:700}
nav{margin:20px 0 0}
nav ol{columns:3 220px;column-gap:32px;margin:0;padding-left:22px;font-size:14px}
section{margin-top:48px}
.meta{color:var(--muted);font-size:13.5px;margin-bottom:16px}
.summary{margin-top:28px}
.summary dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(235px,1fr));gap:16px;
margin:0}
.summary div{border-top:3px solid var(--c1);background:var(--soft);padding:12px 14px}
.summary dd{margin:0;font-variant-numeric:tabular-nums}
.big{white-space:nowrap;font-size:21px;line-height:1.35;font-weight:650;letter-spacing:-.01em}
.change{font-size:12.5px;color:var(--muted)}
footer{margin-top:56px;border-top:1px solid var(--line);padding-top:12px;color:var(--muted);
font-size:12.5px}
.method{display:grid;grid-template-columns:max-content 1fr;gap:8px 20px;margin:12px 0 0}
.method dt{font-weight:600}
.method dd{margin:0;max-width:80ch}
)";

constexpr std::string_view tables = R"(
.scroll{position:relative;overflow-x:auto;margin:0 0 18px}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.4;
font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;color:var(--muted);font-size:12.5px;padding:0 0 6px}
th,td{padding:5px 9px;text-align:left;vertical-align:top;white-space:nowrap}
.w{white-space:normal;overflow-wrap:anywhere;min-width:16em}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
th{font-weight:600}
tbody th{font-weight:400}
thead th{border-bottom:1.5px solid var(--strong);vertical-align:bottom;font-size:12.5px;
line-height:1.3;white-space:normal;overflow-wrap:normal}
tbody tr{border-bottom:1px solid var(--line)}
tbody tr:last-child{border-bottom:0}
tfoot tr,tr.total{border-top:1.5px solid var(--strong);border-bottom:3px double var(--strong)}
tfoot td,tfoot th,tr.total td,tr.total th{font-weight:650}
.n{text-align:right;white-space:nowrap}
thead th.n{white-space:normal}
td .vh,td span[aria-hidden]{color:var(--muted)}
td a{color:inherit;text-decoration:underline dotted;text-underline-offset:3px}
td a:hover{color:var(--link)}
.ref{font:11px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;
color:var(--muted);min-width:15em;white-space:normal;overflow-wrap:anywhere}
table.totals{width:auto;min-width:min(100%,440px)}
table.checks th,table.checks td{white-space:normal}
table.checks .n{white-space:nowrap}
.note{color:var(--muted);font-size:13px;max-width:90ch}
.answers{padding-left:28px;max-width:860px}
.answers li{margin-bottom:18px}
.answers p{margin:0}
.question{font-weight:600}
.how{color:var(--muted);font-size:13px}
details{border-top:1px solid var(--line);padding:6px 0;font-size:13.5px}
summary{cursor:pointer}
summary .n,.head .n{font-weight:600;margin-left:8px}
.step{margin:10px 0 10px 18px;padding-left:12px;border-left:2px solid var(--line)}
:target{background:var(--soft)}
.explained p{margin:0 0 2px}
.explained em{color:var(--muted);font-style:normal}
.parts{list-style:none;margin:4px 0;padding:0 0 0 18px}
.parts code{color:var(--muted)}
)";

constexpr std::string_view charts = R"(
figure{margin:0 0 28px}
figcaption{max-width:90ch;margin-bottom:8px;font-size:13.5px}
figcaption strong{display:block;font-size:15px}
.chart{display:block;width:100%;min-width:720px;height:auto;font-size:13px;fill:var(--ink);
font-variant-numeric:tabular-nums}
.f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}
.f5{fill:var(--c5)}.f6{fill:var(--c6)}.f7{fill:var(--c7)}
rect{stroke:var(--ink);stroke-width:.6}
rect.h{stroke:none}
.hatch{stroke:var(--hatch);stroke-width:1.6;fill:none}
.grid{stroke:var(--line)}
.zero{stroke:var(--ink)}
.link{stroke:var(--muted);stroke-width:.8;fill:none}
.mark{stroke:var(--bad);stroke-width:1.6;stroke-dasharray:6 3}
.tick{fill:var(--muted);font-size:11.5px}
.date{font-size:11px;paint-order:stroke;stroke:var(--page);stroke-width:3px}
.name{font-weight:600}
.step path,path.step{fill:none}
path.step{stroke-width:2.2}
.s1{stroke:var(--c1)}.s2{stroke:var(--c4)}.s3{stroke:var(--c3)}.s4{stroke:var(--c5)}.s5{
stroke:var(--c2)}
.s6{stroke:var(--c6)}.s7{stroke:var(--c0)}
.d1{stroke-dasharray:9 3}.d2{stroke-dasharray:3 3}.d3{stroke-dasharray:10 3 2 3}
path.edge{stroke-width:1.2}
.band{fill:var(--c1);fill-opacity:.2}
.error{stroke:var(--ink);stroke-width:1.6}
.over{paint-order:stroke;stroke:var(--page);stroke-width:3px}
.ahead{fill:none;stroke:var(--muted);stroke-width:1.2;stroke-dasharray:1 4}
.expiry{fill:var(--page);stroke:var(--ink);stroke-width:1.4}
)";

constexpr std::string_view narrow_and_print = R"(
@media (max-width:640px){body{padding:20px 16px 40px}h1{font-size:23px}.origin,.method{
grid-template-columns:1fr}
.origin dd{margin-bottom:6px}.facts{gap:10px 24px}.method dd{margin-bottom:8px}}
@media print{html{font-size:10pt}body{max-width:none;padding:0}
.skip,nav{display:none}
section{margin-top:22pt}h1{font-size:19pt}h2{font-size:14pt}h2,h3,caption,.meta{break-after:avoid}
.scroll{overflow:visible}figure,.summary,.step,.answers li,.method dt,.method dd{
break-inside:avoid}
.chart{min-width:0;max-width:100%}
table{font-size:7.2pt}table.wide{font-size:6.5pt}thead{display:table-header-group}tfoot{
display:table-row-group}tr{break-inside:avoid}
th,td{padding:2.5pt 4pt}.w{min-width:12em}thead th{font-size:7pt}.ref{font-size:5.6pt;
min-width:9em}
.note,.how,details,figcaption{font-size:8.5pt}.origin,.facts dt,.change,footer{font-size:8pt}
.summary dl{grid-template-columns:repeat(auto-fit,minmax(118pt,1fr));gap:6pt}.summary div{
border:1px solid var(--line);padding:6pt}
.big{font-size:10pt}.meta,caption{font-size:8.5pt}.summary dt,.origin dt{font-size:8pt}
figcaption strong{font-size:10.5pt}h3{font-size:10.5pt}
summary{list-style:none}
body:not(.pack) details::details-content{content-visibility:visible;display:block;block-size:auto}
.pack details:not([open]),.pack .explained:not(:has(details[open])){display:none}
a{text-decoration:none}}
)";

}  // namespace

std::string page_style(std::string_view foot) {
  std::string plain;
  std::ranges::copy_if(foot, std::back_inserter(plain), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ';
  });
  std::string style;
  for (const std::string_view part : {colors, text, tables, charts, narrow_and_print})
    style += part;
  return style + "@page{margin:16mm 16mm 18mm;@bottom-left{content:\"" + plain +
         "\";font:7pt sans-serif;color:#444}@bottom-right{content:counter(page) \" / \" "
         "counter(pages);"
         "font:7pt sans-serif;color:#444}}\n";
}

}  // namespace accrue
