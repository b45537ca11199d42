"""Writes a notebook with the live preview open in a browser: `python3 check_preview.py NOTEBOOK [PICTURES]`

NOTEBOOK is the program; PICTURES a folder for screenshots. Needs PyPI's playwright (and chromium). Exits with 1
at the first thing that is not as a writer expects it.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import expect, sync_playwright


def cell(code):
    return f"```swift\n{code}\n```\n\n"


PROSE = "\n\n".join(
    f"Paragraph {number} has some words and a formula, $x_{{{number}}}$, and so takes a place of its own." for number in range(60))
FOLDED = cell('//| fold: true\nlet folded = 7')
PLOT = cell("Figure().line([0, 1, 2], [0, 1, 4])")


def text(above="one", value="2 * 3", middle='print("middle")', last='print("last")'):
    return (
        "---\ntitle: Live\n---\n\n## First\n\n" + cell(f'print("{above}")') + FOLDED + PLOT + PROSE
        + f"\n\nThe value is `{{swift}} {value}`.\n\n" + cell(middle) + PROSE + "\n\n" + cell(last))


class Desk:
    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="flowbook-"))
        self.file = self.folder / "a.md"
        self.port = "0"

    def save(self, content):
        draft = self.folder / ".a.draft"
        draft.write_text(content)
        draft.rename(self.file)

    def start(self):
        self.server = subprocess.Popen(
            [self.program, "serve", str(self.file), "--port", self.port], stdout=subprocess.PIPE, text=True)
        self.address = self.server.stdout.readline().strip()
        self.port = self.address.split(":")[2].split("/")[0]

    def end(self):
        self.server.send_signal(signal.SIGINT)
        assert self.server.wait(20) == 0, "Ctrl-C ends the server in good order"


def up_to_date(page):
    expect(page.locator(".live-status")).to_have_text("Up to date", timeout=60_000)


def top_of(page, selector):
    return page.locator(selector).bounding_box()["y"]


def check(desk, browser, picture):
    page = browser.new_context(viewport={"width": 1000, "height": 800}).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(desk.address)
    up_to_date(page)
    picture(page, "1-up-to-date")

    # The reader opens a fold, prefers the dark, and looks at the middle.
    page.locator("summary", has_text="Code").first.click()
    page.get_by_role("button", name="Dark").click()
    page.evaluate("document.querySelector('#cell\\\\.4').scrollIntoView({block: 'center', behavior: 'instant'})")
    page.evaluate("document.querySelector('#cell\\\\.4').mine = 'kept'")
    place = top_of(page, "#cell\\.4")

    # An edit far above, which makes the page longer.
    desk.save(text(above="one\\ntwo\\nthree\\nfour\\nfive"))
    expect(page.locator("#cell\\.1 pre.output")).to_contain_text("five", timeout=20_000)
    up_to_date(page)
    assert abs(top_of(page, "#cell\\.4") - place) < 2, "what is looked at stays where it is"
    paragraphs = page.evaluate("Array.from(document.querySelectorAll('main > p')).map(p => (p.textContent.match(/^Paragraph (\\d+)/) || [])[1])")
    numbers = [int(number) for number in paragraphs if number]
    assert numbers == list(range(60)) * 2, "the text stands in its order"
    assert page.locator("details.fold[open]").count() == 1, "the fold stays open"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark", "the theme stays"
    assert page.get_by_role("button", name="Light").count() == 1, "the theme's button stays"
    media = page.evaluate("Array.from(document.querySelectorAll('#cell\\\\.3 source')).map(source => source.media)")
    assert media and all(value == "screen" for value in media), f"the figure is dark, too: {media}"
    assert page.evaluate("document.querySelector('#cell\\\\.4').mine") == "kept", "it is the same element"
    picture(page, "2-after-an-edit-above")

    # A value in the text.
    desk.save(text(above="one\\ntwo\\nthree\\nfour\\nfive", value="2 * 4"))
    expect(page.locator(".value", has_text="8")).to_be_visible(timeout=20_000)

    # An error of a cell, beside it, with line and column; what is below is stale, and remains.
    desk.save(text(middle='let n: Int = "text"'))
    problem = page.locator("#cell\\.4 .problem.error")
    expect(problem).to_contain_text("a.md:", timeout=20_000)
    expect(page.locator(".live-status")).to_contain_text("Cell 4 failed")
    expect(page.locator("#cell\\.5")).to_have_attribute("data-live", "stale")
    expect(page.locator("#cell\\.5 pre.output")).to_contain_text("last")
    picture(page, "3-a-cell-failed")

    # A mistake in the text leaves the page.
    desk.save(text() + "$\\frac{1$\n")
    expect(page.locator(".live-problem")).to_contain_text("a.md:", timeout=20_000)
    expect(page.locator(".live-status")).to_contain_text("as it was before")
    expect(page.locator("#cell\\.5 pre.output")).to_contain_text("last")
    picture(page, "4-a-formula-failed")

    # A long cell tells how far it has come, and the button stops it.
    desk.save(text(middle='progress(0.4, "loss 0.3")\nwhile true {}'))
    expect(page.locator("#cell\\.4")).to_have_attribute("data-live", "running", timeout=20_000)
    expect(page.locator(".live-clock")).to_contain_text("loss 0.3")
    expect(page.locator("#cell\\.4 .live-state")).to_contain_text("running")
    picture(page, "5-a-cell-runs")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#cell\\.4")).to_have_attribute("data-live", "failed", timeout=10_000)
    expect(page.locator("#cell\\.1")).to_have_attribute("data-live", "done")
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    picture(page, "6-stopped")

    # Ten tabs of one browser.
    desk.save(text())
    up_to_date(page)
    tabs = [page.context.new_page() for _ in range(9)]
    for tab in tabs:
        tab.goto(desk.address)
        up_to_date(tab)
    desk.save(text(last='print("for all")'))
    for tab in tabs + [page]:
        expect(tab.locator("#cell\\.5 pre.output")).to_contain_text("for all", timeout=20_000)
    for tab in tabs:
        tab.close()

    # The server ends, and comes back under the same address.
    desk.end()
    expect(page.locator(".live-status")).to_contain_text("has ended", timeout=10_000)
    desk.start()
    up_to_date(page)
    page.get_by_role("button", name="Restart").click()
    up_to_date(page)
    desk.save(text(last='print("after all")'))
    expect(page.locator("#cell\\.5 pre.output")).to_contain_text("after all", timeout=20_000)

    # From the save to the sight of it.
    waits = []
    for number in range(5):
        page.evaluate("""(wanted) => { window.seen = new Promise((resolve) => {
          const look = () => document.querySelector('#cell\\\\.5').textContent.includes(wanted)
            ? resolve(Date.now()) : requestAnimationFrame(look);
          look(); }); }""", f"time {number}\n")
        start = time.time()
        desk.save(text(last=f'print("time {number}")'))
        waits.append(page.evaluate("window.seen") / 1000 - start)
    print("from the save of the last cell to the page:", ", ".join(f"{wait:.3f} s" for wait in sorted(waits)))

    # The index, and two notebooks side by side.
    (desk.folder / "b.md").write_text("# Another\n\n" + cell("print(1)"))
    page.goto(desk.address.rsplit("/", 1)[0] + "/")
    expect(page.get_by_role("link", name="Another")).to_be_visible()
    expect(page.locator(".live-bar")).to_be_hidden()
    picture(page, "7-index")
    page.locator(".live-beside").first.select_option(index=1)
    expect(page.frame_locator("iframe >> nth=1").locator("h1")).to_have_text("Another", timeout=20_000)
    up_to_date(page.frame_locator("iframe >> nth=1"))
    picture(page, "8-side-by-side")
    assert not errors, errors


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None

    def picture(page, name):
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=pictures / f"{name}.png")

    desk = Desk(program)
    desk.save(text())
    desk.start()
    try:
        with sync_playwright() as playwright:
            chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            check(desk, browser, picture)
            browser.close()
        desk.end()
    finally:
        if desk.server.poll() is None:
            desk.server.kill()
        shutil.rmtree(desk.folder)
    print("the live preview works in a browser")


main()
