// SPDX-License-Identifier: Apache-2.0
/** The style sheet of an exported page. */
import {GROUND} from '../theme/ground.js';

/** The style of an exported page: it follows the system's theme, and needs no font or picture. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:#f5f6f8;--surface:#fff;--ink:#1f2328;--quiet:#5d6670;--line:#dfe2e7;--accent:#a84800;--soft:#fff1e0;--pane:#${GROUND.toString(16)}}
@media (prefers-color-scheme:dark){:root{--page:#1d1f23;--surface:#26292e;--ink:#e6e8eb;--quiet:#a7b0ba;--line:#3a3f46;--accent:#ffb04d;--soft:#3a2d1b;--pane:#0b0d10}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:14px/1.45 Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
header{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:6px 16px;padding:8px 18px;border-bottom:1px solid var(--line);background:var(--surface)}
h1{margin:0;font-size:16px;overflow-wrap:anywhere}
h2{margin:0;font-size:14px;overflow-wrap:anywhere}
.group{display:flex;align-items:center;gap:6px}
.tools{flex-wrap:wrap;gap:6px 16px}
.step{flex:1 1 240px}
.step input{flex:1;min-width:80px}
button{min-height:28px;padding:3px 10px;border:1px solid var(--line);border-radius:6px;background:var(--surface);color:inherit;font:inherit;cursor:pointer}
button[aria-pressed=true]{border-color:var(--accent);background:var(--soft);color:var(--accent)}
input[type=range]{accent-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.classes{display:flex;flex-wrap:wrap;gap:2px 14px;width:100%;margin:0;padding:0;color:var(--quiet);font-size:12px;list-style:none}
.classes span,.dot{display:inline-block;width:10px;height:10px;margin-right:5px;border-radius:2px}
.classes span{border:1px solid var(--quiet)}
.legend{display:flex;flex-wrap:wrap;align-items:center;gap:2px 14px;margin:0;padding:0;color:var(--quiet);font-size:12px;list-style:none}
header .legend{width:100%}
.legend li{display:inline-flex;align-items:center;gap:6px}
.mark{flex:none}
.mark.swatch{width:11px;height:11px;border:1px solid var(--quiet);border-radius:3px}
.mark.line{width:20px;border-top:2px solid currentcolor}
.mark.dashed{border-top-style:dashed}
.mark.disc{width:28px;height:28px;border-radius:50%}
.mark.scale{width:96px;height:8px;border-radius:2px}
main{display:grid;gap:14px;padding:14px 18px 40px}
article{border:1px solid var(--line);border-radius:8px;overflow:clip;background:var(--surface);content-visibility:auto;contain-intrinsic-size:auto 360px}
article>div:first-child{display:flex;flex-wrap:wrap;gap:2px 12px;padding:8px 12px;border-bottom:1px solid var(--line)}
.caption,.quiet{color:var(--quiet);overflow-wrap:anywhere}
.flag{padding:0 7px;border-radius:9px;background:var(--soft);color:var(--accent);font-size:12px;line-height:20px}
.badges{display:flex;max-width:60%;flex-wrap:wrap;gap:2px 4px}
.badges:empty{display:none}
.badge{padding:0 6px;border-radius:8px;background:var(--soft);color:var(--accent);font-size:11px;line-height:16px;white-space:nowrap}
.panes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,260px),1fr));gap:1px}
figure{min-width:0;margin:0}
figcaption{display:flex;align-items:center;gap:8px;padding:4px 10px;font-size:12px}
.name{display:flex;min-width:0;white-space:pre}
figcaption .name{flex:1}
.name span{overflow:hidden;text-overflow:ellipsis}
.name .tail{flex-shrink:.001}
.dot{flex:none;width:9px;height:9px;margin:0;border:1px solid var(--quiet);border-radius:50%}
.stage{position:relative;overflow:hidden;background:var(--pane);cursor:crosshair;touch-action:pan-y}
.zoomed .stage{cursor:grab;touch-action:none}
.swipes .stage.run{cursor:ew-resize;touch-action:pan-y}
.swipes .run .own{clip-path:inset(0 0 0 var(--divider))}
body:not(.swipes) .swiped{display:none}
.layer{position:absolute;inset:0;overflow:hidden}
.layer img{display:block;width:100%;height:100%;transform-origin:0 0;transform:translate(var(--shift-x),var(--shift-y)) scale(var(--zoom));image-rendering:pixelated;user-select:none;-webkit-user-drag:none}
.smooth .layer img{image-rendering:auto}
.layer img:not([src]){visibility:hidden}
.divider{position:absolute;inset-block:0;left:var(--divider);width:2px;margin-left:-1px;background:#fff;box-shadow:0 0 3px #000a;pointer-events:none}
.side{position:absolute;bottom:6px;max-width:45%;padding:1px 6px;border-radius:4px;overflow:hidden;background:#000a;color:#fff;font-size:11px;text-overflow:ellipsis;white-space:nowrap;pointer-events:none}
.side.left{left:6px}
.side.right{right:6px}
[hidden]{display:none!important}
.none{position:absolute;inset:0;display:grid;place-items:center;color:#c9d1d9;font-size:12px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;
