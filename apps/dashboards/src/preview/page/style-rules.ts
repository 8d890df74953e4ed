/** How pages look, colours of values aside. Light unless somebody prefers dark; the greys are those of Grafana. */
export const rules = `
:root{--canvas:#f4f5f5;--panel:#fff;--line:rgba(36,41,46,.14);--text:#24292e;--soft:rgba(36,41,46,.75);--link:#1f62e0;--bar:rgba(36,41,46,.08);--badge:#b34d00;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--canvas:#111217;--panel:#181b1f;--line:rgba(204,204,220,.14);--text:#ccccdc;--soft:rgba(204,204,220,.7);--link:#6e9fff;--bar:rgba(204,204,220,.09);--badge:#ff9830}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--text);font:14px/1.45 Inter,"Open Sans","Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:1px}
header{display:flex;flex-wrap:wrap;align-items:center;gap:6px 16px;padding:10px 16px;background:var(--panel);border-bottom:1px solid var(--line)}
.brand{font-weight:600;color:var(--text)}
.badge{padding:1px 10px;border:1px solid var(--badge);border-radius:10px;color:var(--badge);font-size:12px;font-weight:500;white-space:nowrap}
nav{display:flex;flex-wrap:wrap;gap:4px 20px;width:100%;font-size:13px}
.folder{display:flex;flex-wrap:wrap;gap:2px 12px}
.of{color:var(--soft)}
[aria-current]{color:var(--text);font-weight:600}
main{max-width:1900px;margin:0 auto;padding:14px 16px 24px}
.heading{display:flex;flex-wrap:wrap;justify-content:space-between;gap:10px 24px;margin-bottom:14px}
h1{margin:0;font-size:21px;font-weight:500;line-height:1.3}
h2{margin:0;font-size:15px;font-weight:500}
h3{display:flex;gap:6px;margin:0;height:30px;align-items:center;font-size:13px;font-weight:500}
h3>span:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.heading p{margin:2px 0 0;color:var(--soft);max-width:70ch}
form{display:flex;flex-wrap:wrap;align-items:flex-start;gap:8px}
label,.several>summary{display:flex;align-items:stretch;border:1px solid var(--line);border-radius:3px;background:var(--panel);overflow:hidden;height:32px}
label>span,.several>summary>span:first-child{padding:5px 9px;background:var(--canvas);color:var(--soft);white-space:nowrap}
select,button{font:inherit;color:inherit;background:var(--panel);border:0}
label>select{padding:0 6px;max-width:260px;text-overflow:ellipsis}
.several{position:relative}
.several>summary{cursor:pointer;list-style:none}
.several>summary::-webkit-details-marker{display:none}
.said{padding:5px 9px;max-width:220px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.said::after{content:" ▾";color:var(--soft)}
.several>select{position:absolute;z-index:2;top:36px;right:0;width:280px;border:1px solid var(--line);border-radius:3px;padding:4px}
button{height:32px;padding:0 14px;border-radius:3px;background:var(--link);color:#fff;cursor:pointer}
@media (prefers-color-scheme:dark){button{color:#111217}}
section,.section{margin-top:8px}
.section>summary{padding:10px 2px 8px;cursor:pointer}
.section>summary>h2{display:inline}
.panel{display:flex;flex-direction:column;min-width:0;padding:8px 12px;background:var(--panel);border:1px solid var(--line);border-radius:3px;overflow:hidden}
.about{flex:none;width:14px;height:14px;border:1px solid var(--soft);border-radius:50%;color:var(--soft);font:italic 10px/12px Georgia,serif;text-align:center}
.content{flex:1;min-height:0;display:flex;flex-direction:column}
.nothing,.elsewhere{margin:auto;padding:12px;color:var(--soft);text-align:center}
.failed{margin:auto 0;padding:10px;border-left:3px solid #e02f44;overflow:auto}
.failed p{margin:0}
.cause{color:var(--soft);font-size:12px;overflow-wrap:anywhere}
.figures{container-type:inline-size;flex:1;display:flex;align-items:center;justify-content:space-around;gap:10px;min-height:56px}
.figure{margin:0;min-width:0;font-size:clamp(13px,calc(100cqw / var(--letters) / .72),36px);text-wrap:balance;font-weight:500;line-height:1.2;text-align:center;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;overflow-wrap:anywhere}
.figure .value{color:inherit}
.also{font-size:12px;white-space:nowrap}
.bar{display:block;width:100%;height:100%;border-radius:2px}
.unfilled{fill:var(--bar)}
.bars,.bands{flex:1;min-height:0;margin:0;padding:0;list-style:none;display:flex;flex-direction:column;gap:6px;overflow:auto}
.bars>li{flex:1 0 18px;max-height:44px;display:grid;grid-template-columns:minmax(70px,36%) 1fr minmax(52px,max-content);align-items:center;gap:10px}
.bars .bar{height:100%;min-height:14px}
.name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.bars .name{text-align:right}
.bars .amount{text-align:right;white-space:nowrap;font-weight:500}
.amount .value{color:inherit}
.bands>li{display:grid;grid-template-columns:minmax(70px,20%) 1fr;align-items:center;gap:10px;flex:1 0 18px;max-height:44px}
.band{width:100%;height:100%}
.scroll{flex:1;min-height:0;overflow:auto;margin:0 -12px -8px}
table{width:100%;border-collapse:collapse;font-size:13px}
th{position:sticky;top:0;z-index:1;background:var(--panel);color:var(--soft);font-weight:500;text-align:left;line-height:1.25;overflow-wrap:break-word;box-shadow:inset 0 -1px var(--line)}
th,td{padding:5px 10px;min-width:0}
td{border-bottom:1px solid var(--line);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.words{max-width:140px}
tbody tr:last-child td{border-bottom:0}
.right{text-align:right}.center{text-align:center}.left{text-align:left}
.gauge{display:grid;grid-template-columns:minmax(50px,1fr) max-content;align-items:center;gap:8px;min-width:100px}
.gauge .bar{height:16px}
.gauge .amount{min-width:44px;text-align:right}
.chart{flex:1;min-height:0;display:block}
.chart img{display:block;width:100%;height:100%;object-fit:contain}
.legend{flex:none;display:flex;flex-wrap:wrap;justify-content:flex-start;gap:2px 16px;margin:4px 0 0;padding:0;list-style:none;font-size:12px;max-height:44px;overflow:auto}
.legend li{display:flex;align-items:center;gap:6px;max-width:100%;min-width:0}
.legend span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.swatch{flex:none;width:14px;height:14px}
.note{overflow:auto}
.dashboards{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:8px;margin:8px 0 20px;padding:0;list-style:none}
.dashboards a{display:flex;flex-direction:column;gap:4px;height:100%;padding:12px;background:var(--panel);border:1px solid var(--line);border-radius:3px;color:var(--text)}
.dashboards strong{color:var(--link);font-weight:500}
.dashboards span{color:var(--soft)}
.sentence{margin:60px auto;max-width:60ch;text-align:center}
footer{margin-top:16px;color:var(--soft);font-size:12px}
footer p{margin:0;max-width:100ch}
@media (max-width:899.98px){
form,label,.several{width:100%}
label>select,.said{flex:1;max-width:none}
.several>select{width:100%}
.grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}
.panel{grid-column:1/-1;max-height:520px}
.panel.stat{grid-column:auto;min-height:96px}
.bars>li{flex:none;height:24px}
.chart img{height:220px}
}
`;
