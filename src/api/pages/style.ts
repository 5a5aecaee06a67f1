/** The style sheet of all pages. */
export const style = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --text: #1b2330; --faint: #5d6b7e; --line: #dfe4ea; --link: #0b5cad; --code: #eef1f5;
  --get: #1d6fb8; --post: #22803f; --put: #a35b00; --patch: #7a4bb5; --delete: #b3261e; --head: #4a5a6d; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #12161c; --card: #1a2029; --text: #e4e9f0; --faint: #98a5b6; --line: #2c3541; --link: #79b8ff; --code: #232b36; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code, .path, .badge { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { font-size: .87em; background: var(--code); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: .78rem; text-transform: uppercase; letter-spacing: .06em; color: var(--faint); margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; }
.faint { color: var(--faint); }
.layout { display: grid; grid-template-columns: 21rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.4rem 1rem 3rem 1.4rem; border-right: 1px solid var(--line); background: var(--card); font-size: .84rem; }
nav h3 { margin-top: 1.3rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: flex; gap: .5rem; align-items: baseline; padding: .13rem 0; color: var(--text); }
nav .badge { min-width: 3.4rem; font-size: .62rem; }
main { padding: 2rem clamp(1rem, 4vw, 3.5rem) 6rem; max-width: 76rem; }
.badge { display: inline-block; min-width: 4.6rem; padding: .1rem .4rem; border-radius: 4px; color: #fff; font-size: .74rem; font-weight: 700; text-align: center; text-transform: uppercase; }
.get { background: var(--get); } .post { background: var(--post); } .put { background: var(--put); } .patch { background: var(--patch); }
.delete { background: var(--delete); } .head { background: var(--head); }
details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; }
summary { display: flex; flex-wrap: wrap; gap: .35rem .8rem; align-items: baseline; padding: .6rem .9rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
summary .path { font-weight: 600; overflow-wrap: anywhere; }
details[open] > summary { border-bottom: 1px solid var(--line); }
.content { padding: .3rem 1rem 1rem; scroll-margin-top: 4rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: left; color: var(--faint); font-weight: 600; font-size: .78rem; }
th, td { padding: .32rem .8rem .32rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > td { border-bottom: 0; }
td table { margin: .3rem 0 .2rem; border-left: 2px solid var(--line); padding-left: .8rem; }
td td:first-child, td th:first-child { padding-left: .8rem; }
.required { color: var(--delete); font-size: .76rem; font-weight: 600; margin-left: .3rem; }
.start { max-width: 46rem; margin: 12vh auto; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.start dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.4rem; margin: 1.4rem 0 0; }
.start dd { margin: 0; color: var(--faint); }
@media (max-width: 60rem) { .layout { grid-template-columns: 1fr; } nav { position: static; height: auto; max-height: 45vh; border-right: 0; border-bottom: 1px solid var(--line); } }
@media print { nav { display: none; } .layout { display: block; } details { break-inside: avoid; } }
`;
