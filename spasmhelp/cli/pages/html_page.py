"""Parts in Markdown -> one HTML page without script or request, to be printed, shown on a phone, or read aloud."""

from collections.abc import Iterable
from html import escape

from markdown_it import MarkdownIt

from spasmhelp.cli.pages.markdown import PagePart
from spasmhelp.core.phrases import Phrases, direction

# Contrast is at least 4.5 everywhere; colours that paper may leave out carry no meaning.
STYLE = """
:root { --ink: #1d2b33; --soft: #52616b; --line: #c3ced3; --calm: #0b5f66; --tint: #eef5f5; --help: #9c2b1b; }
* { box-sizing: border-box; }
html { background: #f6f8f8; -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 46rem; margin: 1.5rem auto; padding: 2.25rem 2.5rem; background: #fff;
  border-top: .35rem solid var(--calm); border-radius: .35rem; box-shadow: 0 1px 4px #1d2b3322; }
.name { margin: 0 0 .25rem; color: var(--soft); font-size: .9rem; }
h1 { margin: 0 0 .75rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 0 0 .4rem; font-size: 1.05rem; line-height: 1.3; color: var(--calm); }
h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
p, ul, ol { margin: 0 0 .5rem; }
section { margin-top: 1.4rem; }
ul, ol { padding-inline-start: 1.4rem; }
ol { padding-inline-start: 1.9rem; }
li { margin-bottom: .3rem; }
ol li { margin-bottom: .55rem; padding-inline-start: .25rem; }
li::marker { color: var(--calm); font-weight: 700; }
ol em, .topic em { font-style: normal; font-size: .85rem; color: var(--soft); }
a { color: var(--calm); }
figure { flex: none; width: 5.75rem; margin: 0; text-align: center; }
svg { display: block; width: 100%; height: auto; }
.body { fill: #dbe4e7; stroke: #7d8f98; stroke-width: 1.5; }
.spine { fill: none; stroke: #7d8f98; stroke-width: 2; stroke-dasharray: 3 8; stroke-linecap: round; }
.lit { fill: #c0402d; stroke: #6d1d11; stroke-width: 1.5; }
figcaption { margin-top: .3rem; font-size: .8rem; line-height: 1.25; color: var(--soft); }
.answers { display: flex; gap: 1rem; align-items: center; margin-top: 1rem; padding: 1rem 1.25rem;
  background: var(--tint); border-radius: .35rem; }
.answers section { flex: 1; min-width: 0; margin: 0; }
.answers ul { list-style: none; padding: 0; margin: 0; }
.help { padding: .9rem 1.25rem; border: 1.5px solid var(--help); border-inline-start-width: .45rem;
  border-radius: .35rem; }
.help h2, .urgent_care h1, .emergency h1 { color: var(--help); }
.help ul { margin: 0; }
main > p strong { color: var(--help); }
.urgent_care, .emergency { border-top-color: var(--help); }
.note hr { height: 2.1rem; margin: 0; border: 0; border-bottom: 1px solid #7d8f98; }
.origins, .origins h2 { color: var(--soft); }
.origins { font-size: .85rem; line-height: 1.4; }
@media (max-width: 34rem) {
  main { margin: 0; padding: 1.25rem 1rem; border-radius: 0; box-shadow: none; }
  h1 { font-size: 1.45rem; }
  figure { width: 5rem; }
  .answers { padding: .75rem .9rem; }
}
@page { margin: 12mm 15mm; }
@media print {
  html { background: none; font-size: 10.5pt; }
  body { line-height: 1.36; }
  main { max-width: none; margin: 0; padding: .5rem 0 0; border-radius: 0; box-shadow: none; }
  h1 { font-size: 1.5rem; margin-bottom: .4rem; }
  h2, h3 { break-after: avoid; }
  li, .answers, .help, .note { break-inside: avoid; }
  section { margin-top: .8rem; }
  .answers { padding: .45rem .9rem; border: 1px solid var(--line); print-color-adjust: exact; }
  figure { width: 3.7rem; }
  figcaption { font-size: .7rem; }
  ol br { display: none; }
  ol em { display: inline-block; }
  .origins { font-size: .78rem; line-height: 1.3; }
  .note hr { height: 1.9rem; }
  .help { padding: .55rem .9rem; }
  li, ol li { margin-bottom: .2rem; }
  a { color: inherit; text-decoration: none; }
}
"""
# That a browser would refuse what the page never has: a script, a request.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_page(parts: Iterable[PagePart], name: str, phrases: Phrases, kind: str = "", figure: str = "") -> str:
    """Return parts as a page under the name of the table; a figure stands beside the answers."""
    to_html = MarkdownIt("commonmark", {"html": False})
    to_html.add_render_rule("hr", lambda *_: '<hr aria-hidden="true">\n')
    sections, title = "", ""
    for part in parts:
        rendered = to_html.render(part.markdown)
        if part.kind == "action":
            title = heading_text(to_html, part.markdown)
            sections += rendered
        elif part.kind == "answers":
            sections += f'<div class="answers">\n<section>\n{rendered}</section>\n{figure}</div>\n'
        else:
            sections += f'<section class="{part.kind}">\n{rendered}</section>\n'
    above = "" if title == name else f'<p class="name">{escape(name)}</p>\n'
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(phrases.language_tag)}" dir="{direction(phrases)}">\n<head>\n'
        f'<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<main class="{kind}">\n{above}{sections}</main>\n</body>\n</html>\n'
    )


def heading_text(to_html: MarkdownIt, markdown: str) -> str:
    """Return the text of the first heading."""
    heading = next((token for token in to_html.parse(markdown) if token.type == "inline"), None)
    return "".join(part.content for part in heading.children or ()) if heading else ""
