// The style of the public pages, inside every page: the policy allows these two by their hashes and nothing else.
// Tokens are the design's: ink, chàm (indigo) for what can be clicked, gold for stars, verdict colours always beside
// an icon and words. Sizes are in rem, so that a phone set to large type shows large type. Short class names: the
// page has 12 KB in all.

const RULES = [
  '*{box-sizing:border-box}',
  'body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#17181c;background:#fff;' +
    'overflow-wrap:anywhere;font-variant-numeric:tabular-nums}',
  'h1,h2,h3,p,dl,dd,ol,ul,fieldset{margin:0;padding:0;border:0}',
  'h1{font-size:1.75rem;line-height:1.22}',
  'h2,h3{font-size:1.125rem}',
  'h1,.n{text-wrap:balance}',
  'a{color:#22406b}',
  ':focus-visible{outline:3px solid #22406b;outline-offset:2px}',
  'svg{display:block;flex:none}',
  // The frame: one column's width, the header, the woven band, the footer.
  '.w{max-width:1040px;margin:0 auto;padding:0 16px}',
  '.t{display:flex;justify-content:space-between;align-items:center;min-height:48px}',
  '.t a{padding:9px 0}.ln,dd a{display:inline-block;padding:9px 0}',
  '.bd{height:11px;background:#22406b url(/band.svg)}',
  '.l{display:flex;gap:10px;align-items:center;font-weight:700;text-decoration:none}',
  'footer{background:#f6f4ef;border-top:1px solid #d8d4ca;padding:16px 0 32px;margin-top:24px}',
  '.m,footer,dt,.h,i{font-size:1rem;color:#4a4e57}',
  // The verdict: fill, then what to do on its tint.
  '.v{background:var(--c);color:#fff;padding:20px 0 24px}',
  '.v h1{display:flex;gap:16px;align-items:center;margin-bottom:12px}',
  '.v p,.u p,.u ol{max-width:60ch}',
  '.u{background:var(--t);padding:16px 0 20px;border-bottom:1px solid #d8d4ca}',
  '.u h2{color:var(--c)}',
  '.u ol{padding-left:1.4em}.u li{margin:6px 0 0}',
  '.u p{margin-top:4px}.u .k{margin-top:14px;max-width:376px}.u .k+p{margin-top:14px}',
  '.o{--c:#17663a;--t:#e8f2eb}.a{--c:#8a5a00;--t:#fbf2df}.r{--c:#a3221b;--t:#fbebe9}.y{--c:#5a5f66;--t:#f0f1f2}.f{--c:#22406b;--t:#eef1f6}',
  '.x{stroke:var(--c);fill:none;stroke-width:5}',
  // Sections: a hairline above each but the first.
  'section{padding:20px 0 0;margin-top:20px;border-top:1px solid #d8d4ca}',
  '.p,.w4{padding-top:20px}.p{display:flex;justify-content:space-between;gap:16px}',
  '.n{font-size:1.5rem;line-height:1.25}',
  '.p>svg,.p img{width:104px;height:104px;background:#f6f4ef;object-fit:cover}' +
    '.p>svg,.p img,.j img,.q img{border:1px solid #d8d4ca;display:block}.j a{display:inline-block;margin-top:6px}.p>a{flex:none}',
  '.s{display:flex;flex-wrap:wrap;align-items:center;gap:0 12px;margin-top:8px;font-weight:700}',
  '.c>div{border:2px solid #22406b;padding:14px 14px 16px;margin-top:20px}',
  '.e{display:grid;grid-template-columns:repeat(4,1fr);gap:8px;margin:8px 0 12px}',
  '.e b{min-height:60px;border:1px solid #7c8089;background:#f6f4ef;display:grid;place-items:center;' +
    'font:700 2rem/1 ui-monospace,monospace}',
  '.c>h2{margin-top:14px}',
  'dl{display:grid;grid-template-columns:minmax(96px,118px) 1fr;gap:8px 16px;margin-top:4px;align-items:baseline}',
  'dd,.pl{white-space:pre-line}dd .m{display:block}',
  '.d{border:1px solid #7c8089;border-left:6px solid #17663a;padding:12px 14px;margin-top:10px}',
  '.z{border-left-color:#7c8089}',
  '.q{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 12px}',
  '.g{border:2px solid #17663a;color:#17663a;font-weight:700;padding:0 10px}.z .g{border-color:#5a5f66;color:#5a5f66}',
  '.j{list-style:none;margin-top:8px}',
  '.j li{position:relative;padding:0 0 14px 28px}',
  '.j li:before{content:"";position:absolute;left:4px;top:8px;width:8px;height:8px;' +
    'border:2px solid #22406b;transform:rotate(45deg)}',
  '.j li:not(:last-child):after{content:"";position:absolute;left:9px;top:27px;bottom:-1px;width:2px;' +
    'background:#d8d4ca}',
  '.k{display:flex;align-items:center;justify-content:center;gap:10px;width:100%;min-height:48px;' +
    'padding:8px 12px;border:2px solid #22406b;background:#fff;color:#22406b;font:inherit;font-weight:700;' +
    'text-decoration:none;text-align:center;cursor:pointer}',
  '.i,.u .k{background:#22406b;color:#fff}',
  'p+.k,form,.k+.k,.k+p,form+.k,form+p{margin-top:12px}',
  'code{font:700 1.125rem/1.5 ui-monospace,monospace;overflow-wrap:normal}code u{text-decoration:none;' +
    'border-bottom:3px solid #b97a00;background:#f6f4ef}',
  '.b{white-space:nowrap}.em{float:left;margin-right:8px}.em,.q img{object-fit:contain}',
  '@media(min-width:56rem){.w2{display:grid;grid-template-columns:1fr 376px;column-gap:56px;' +
    'align-items:start}.w2>*{grid-column:1}.w2>.c{grid-column:2;grid-row:1/span 2}.w2>.w3{grid-column:2;' +
    'grid-row:3/span 3}dl{grid-template-columns:172px 1fr}h1{font-size:2.25rem}.n{font-size:2rem}' +
    '.p>svg,.p img{width:168px;height:168px}}',
  // Large letters on a small screen: one column, and nothing that may not break.
  '@media(max-width:22rem){dl{grid-template-columns:92px 1fr;column-gap:12px}}',
  '@media(max-width:19rem){dl,.p,.t,.v h1{display:block}dt{margin-top:8px}.b{white-space:normal}}',
  '@media(prefers-contrast:more){.m,footer,dt,.h,i{color:#000}section{border-color:#000}}',
  '@media(forced-colors:active){.v{border-bottom:4px solid}.l path{stroke:currentColor}}',
  // Where the verdict's fill is gone, its icon is drawn in lines.
  '@media print,(forced-colors:active){.v svg *{fill:none;stroke:currentColor;stroke-width:3}}',
  // On paper: black on white, the verdict first with what to do and whom to call; no form, no ornament.
  '@media print{*{color:#000!important;background:none!important}.v{border:3px solid}.t>a+a,body>.bd,form,' +
    '.w3{display:none}.w2{display:block}.k{display:block;border:0;padding:0;text-align:left}}',
];

/** Additional rules for a page with one box to type in: a PIN's, beside a stamp that needs its bytes for itself. */
const BOX_RULES = [
  'label,legend{display:block;font-weight:600;padding:0}',
  'input:not([type=radio]),textarea,select{display:block;width:100%;min-height:48px;padding:8px 12px;margin:6px 0;' +
    'border:2px solid #7c8089;border-radius:0;font:inherit;background:#fff;color:inherit}',
  '.tc{font:700 1.25rem/1.5 ui-monospace,monospace!important;text-transform:uppercase}',
  'form>*+*{margin-top:12px}form{max-width:60ch}',
];

/** Additional rules for a page that is a form: a code, a complaint, a report. */
const FORM_RULES = [
  '.ra{display:flex;gap:12px;align-items:center;min-height:48px;font-weight:400}.ra input{width:22px;' +
    'height:22px;flex:none;margin:0}',
  '.dv{position:absolute;width:1px;height:1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%)}',
  '.ls{min-height:44px;padding:8px 0;border:0;background:none;color:#22406b;font:inherit;text-decoration:underline;' +
    'cursor:pointer}',
  '.pl{white-space:pre-line}.tl{list-style:none}.w4 .tl{padding:0}.tl li{padding:6px 0}',
  '.er{color:#a3221b;margin:6px 0}.er b,.er code,.er a{color:inherit}.er u{border-bottom-color:#a3221b}',
  // A link that stands alone can be tapped; one in a sentence keeps its line.
  '.w4>p>a:only-child,.es a{display:inline-block;padding:9px 0}',
  '.es{border:2px solid #a3221b;background:#fbebe9;padding:12px 16px;margin:16px 0}.w4 .es ul{list-style:none;padding:0}@media print{.ls{display:none}}',
  '.w4>*{max-width:60ch}.w4 ul{padding-left:1.2em}' +
    '.w4 p+p,h1+p{margin-top:8px}video{display:block;width:100%;max-height:60vh;background:#17181c;' +
    'margin-bottom:12px}',
];

/** On every public page. */
export const CSS = RULES.join('');
/** Style elements of their own, on the pages that need them. */
export const BOX_CSS = BOX_RULES.join('');
export const FORM_CSS = FORM_RULES.join('');
/** All that a public page may embed, for its policy. */
export const SHEETS: readonly string[] = [CSS, BOX_CSS, FORM_CSS];
