"""Somebody at a keyboard: Tab, Enter, Space and letters; every stop on the way must be seen."""

from playwright.sync_api import Page

MANY = 150

# Where the focus is, and whether a person sees it there: an outline, on the screen, under nothing.
WHERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {tag: 'BODY', told: []};
  const label = e.labels && e.labels[0], told = [];
  const outlined = [e, label].filter(Boolean).some(x => {
    const style = getComputedStyle(x);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const said = (e.ariaLabel || e.textContent || (label || {}).textContent || e.name || '').trim();
  const name = `${document.title.split(' · ')[0]}: ${e.tagName} « ${said.slice(0, 50)} »`;
  if (!outlined) told.push(`${name} has no outline`);
  if (e.tabIndex > 0) told.push(`${name} jumps the order`);
  const box = e.getBoundingClientRect();
  // The middle of what the screen shows of it.
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const seen = document.elementFromPoint(x, y);
  const own = seen && (e.contains(seen) || seen.contains(e) || (label && label.contains(seen)));
  if (!own) told.push(`${name} is under something or off the screen`);
  return {tag: e.tagName, form: e.form ? e.form.action : '', x: box.x, y: box.y + scrollY, name, told};
}"""


class Keys:
    """The keyboard of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.stops = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, selector: str) -> None:
        """Go on with Tab until the focus is on what ``selector`` finds."""
        before = None
        for _ in range(MANY):
            self.press("Tab")
            here = self.page.evaluate(WHERE)
            self.stops += 1
            self.wrong += [told for told in here["told"] if told not in self.wrong]
            self._in_order(before, here)
            if self.page.locator(f":is({selector}):focus").count():
                return
            before = here
        raise AssertionError(f"no Tab leads to {selector} on {self.page.url}")

    def _in_order(self, before, here) -> None:
        """In a form one goes down the page, or along a line."""
        together = before and here.get("form") and before.get("form") == here["form"]
        if together and here["y"] < before["y"] - 60 and here["x"] <= before["x"]:
            self.wrong.append(f"from {before['name']} up to {here['name']}")

    def fill(self, name: str, text: str) -> None:
        """Write into the field ``name``, the next one so called."""
        self.tab_to(f"[name='{name}']")
        self.write(text)

    def follow(self, selector: str) -> None:
        """Enter on a link or a button, and wait for the page that it opens."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def skip(self) -> None:
        """The first key of a page, and what it is for."""
        self.press("Tab")
        assert self.page.locator("a.rk-skip:focus").count() == 1
        self.press("Enter")
        assert self.page.locator("main:focus").count() == 1

    def first_fault(self) -> str:
        """From the summary of a refused form, which has the focus, to the field it names first."""
        assert self.page.locator("#erreurs:focus").count() == 1
        self.press("Tab", "Enter")
        return self.page.evaluate("document.activeElement.id")
