"""Walks a site from link to link as one person, and measures what the browser shows.

A page is opened once per person and route: ``/achats/<id>`` is one route. It is loaded once and
measured at both widths, since only style sheets depend on the width. A route that two persons have
looked at is only fetched for those who come after: that it opens, and where it leads.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, Page

from tests.journeys.site import AXE, HEIGHTS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KINDS = ("status", "axe", "measure", "console")
MOST = 90
EYES = 2
"""How many persons' browsers draw a route."""
_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#]*)')
_KINDS = r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[A-Z2-9]{8,9}|cac\.[a-z.-]+?\.v\d+"
_ID = re.compile(rf"/({_KINDS})(?=/|\.json$|$)")

# What a page must be at any width, read in one go. A box that hides what it cannot hold keeps the
# page from scrolling: what is cut off is looked for in the boxes too.
MEASURE = """width => {
  const root = document.documentElement, told = [];
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.rk-hidden');
  const name = e => e.tagName.toLowerCase() + '.' + e.className + ' « '
    + (e.textContent || e.name || '').trim().slice(0, 40) + ' »';
  if (root.scrollWidth > root.clientWidth)
    told.push(`${root.scrollWidth - root.clientWidth} px too wide`);
  for (const e of document.querySelectorAll('body *'))
    if (/hidden|clip/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
        && e.clientWidth > 1 && seen(e) && !e.closest('svg'))
      told.push(`cut off by ${e.scrollWidth - e.clientWidth} px: ${name(e)}`);
  // A table on a desk shows all its columns; quotes are as many as were asked for.
  if (width > 1000)
    for (const e of document.querySelectorAll('.rk-scroll'))
      if (e.scrollWidth > e.clientWidth && !e.querySelector('.rk-chosen'))
        told.push(`${e.scrollWidth - e.clientWidth} px to scroll in « ${e.ariaLabel} »`);
  if (root.lang !== 'fr') told.push(`lang=${root.lang}`);
  if (document.title.replace(/ ·.*/, '').trim() === '') told.push('no title');
  const heads = [...document.querySelectorAll('h1')].filter(seen).length;
  if (heads !== 1) told.push(`${heads} h1`);
  if (width < 500)
    for (const e of document.querySelectorAll('button, input, select, textarea, summary, .rk-btn')) {
      if (!seen(e) || e.type === 'hidden') continue;
      const target = (/radio|checkbox/.test(e.type) && e.labels[0]) || e;
      const box = target.getBoundingClientRect();
      if (Math.min(box.width, box.height) < 43.5)
        told.push(`${Math.round(box.width)} × ${Math.round(box.height)} px to touch: ${name(target)}`);
    }
  return told;
}"""
LINKS = """() => [...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])"""


def route(address: str) -> str:
    """The route of an address: its path, any id written ``<id>``."""
    return _ID.sub("/<id>", urlsplit(address).path)


@dataclass
class Looking:
    """What was seen so far by everybody: routes, by whom, and what is wrong with each."""

    documents: frozenset[str] = frozenset()
    met: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    judged: set[tuple[str, int]] = field(default_factory=set)

    def is_a_file(self, address: str) -> bool:
        """Whether what is there is fetched, not opened: its name ends so, or it is known."""
        here = route(address)
        return "." in here.rpartition("/")[2] or here in self.documents

    def tell(self, kind: str, where: str, told: list[str]) -> None:
        self.wrong[kind] += [f"{where}: {one}" for one in told]


class Walk:
    """One person's walk, in one browser."""

    def __init__(self, looking: Looking, context: BrowserContext, who: str, place: int = 0) -> None:
        self.looking, self.who, self.place = looking, who, place
        self.context = context
        self.page: Page = context.new_page()
        self.home = self.here = ""
        self._complaints: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def _said(self, message) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(message.text)

    def walk(self, *starts: str) -> int:
        """Follow every link from ``starts``; the number of pages looked at."""
        todo, known, looked = deque(starts), {route(start) for start in starts}, 0
        while todo and looked < MOST:
            address = todo.popleft()
            if self.looking.is_a_file(address):
                self._fetch(address)
                continue
            links = self.look(address)
            looked += 1
            known.add(self.here)
            for link in self._chosen(links, known):
                todo.append(link)
        return looked

    def _chosen(self, links: list[str], known: set[str]) -> Iterator[str]:
        """One address of each new route: not the same one for everybody, so that more is seen."""
        new: dict[str, list[str]] = {}
        for link in links:
            if link.startswith(self.home) and route(link) not in known:
                new.setdefault(route(link), []).append(link)
        known.update(new)
        for found in new.values():
            yield found[self.place % len(found)]

    def look(self, address: str) -> list[str]:
        """Measure a page at both widths; the addresses that it leads to."""
        if len(self.looking.met.get(route(address), ())) >= EYES:
            return self._open(address)
        answer = self.page.goto(address)
        self.home = "{0.scheme}://{0.netloc}/".format(urlsplit(self.page.url))
        here = self.here = route(self.page.url)
        where = f"{here} as {self.who}"
        self.looking.met.setdefault(here, []).append(self.who)
        if answer.status != 200:
            self.looking.tell("status", where, [f"{answer.status} at {self.page.url}"])
            self._complaints.clear()
            return []
        links: list[str] = self.page.evaluate(LINKS)
        # The width that the window has from the page before comes first.
        for measure in (self._measure, self._judge):
            for width in sorted(HEIGHTS, key=lambda width: width != self.width):
                measure(here, where, width)
        self.looking.tell("console", where, self._complaints)
        self._complaints.clear()
        return links

    def _open(self, address: str) -> list[str]:
        """That a page opens, without drawing it; the addresses that it leads to."""
        answer = self.context.request.get(address)
        here = self.here = route(answer.url)
        self.looking.met.setdefault(here, []).append(self.who)
        if answer.status != 200:
            told = [f"{answer.status} at {answer.url}"]
            self.looking.tell("status", f"{here} as {self.who}", told)
            return []
        return [urljoin(answer.url, unescape(h)) for h in _HREF.findall(answer.text()) if h]

    @property
    def width(self) -> int:
        """Of the window, in CSS pixels."""
        size = self.page.viewport_size
        return size["width"] if size else 0

    def _at(self, width: int) -> None:
        if width != self.width:
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    def _measure(self, here: str, where: str, width: int) -> None:
        self._at(width)
        told = self.page.evaluate(MEASURE, width)
        self.looking.tell("measure", f"{where}, {width} px", told)

    def _judge(self, here: str, where: str, width: int) -> None:
        if (here, width) not in self.looking.judged:
            self._at(width)
            self.looking.judged.add((here, width))
            self.looking.tell("axe", f"{where}, {width} px", violations(self.page))

    def _fetch(self, address: str) -> None:
        answer = self.context.request.get(address)
        kind = answer.headers.get("content-type", "")
        self.looking.met.setdefault(route(address), []).append(self.who)
        if answer.status != 200 or kind.startswith("text/html"):
            told = [f"{answer.status} {kind}"]
            self.looking.tell("status", f"{route(address)} as {self.who}", told)


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [f"{v['id']}: {n['target']}" for v in found["violations"] for n in v["nodes"]]
