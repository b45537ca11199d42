"""Checks what is handed out, by the tools that will read it: `python3 check_formats.py NOTEBOOK_PROGRAM FILE...`

Runs the notebooks to all forms, in a folder of its own, and looks at the PDFs by poppler, at the Jupyter
notebooks by nbformat and nbconvert, at the Markdown by pandoc. Needs PyPI's nbformat and nbconvert, and the
packages pandoc, poppler-utils and chromium. Exits with 1 where something is wrong.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import nbformat
from nbconvert import HTMLExporter


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout


def pdf(file, size):
    facts = dict(line.split(":", 1) for line in run("pdfinfo", file).splitlines() if ":" in line)
    facts = {name: value.strip() for name, value in facts.items()}
    if facts.get("Tagged") != "yes":
        yield "is not tagged"
    if size not in facts["Page size"]:
        yield f"is printed on {facts['Page size']}, not on {size}"
    if "CreationDate" in facts:
        yield "tells the day on which it was printed"
    for line in run("pdffonts", file).splitlines()[2:]:
        # Name, type and encoding may hold blanks: "emb sub uni object ID" are the last five words.
        if line.split()[-5] != "yes":
            yield f"has a font that is not embedded: {line}"
    text = run("pdftotext", "-layout", file, "-")
    pages = int(facts["Pages"])
    if not all(re.search(rf"^\s*{page} / {pages}\s*$", text, re.M) for page in range(1, pages + 1)):
        yield "has pages without a number"
    if "Equations and verdicts" not in text and "A gallery" not in text:
        yield "lacks the table of equations"
    # The outline and the targets of links are there; what is beside the page is named relative to it.
    data = file.read_bytes()
    if b"/Outlines" not in data:
        yield "has no outline"
    if b"file://" in data:
        yield "names files of the machine on which it was printed"
    # Pictures at 1.8 dots a CSS pixel at least.
    for line in run("pdfimages", "-list", file).splitlines()[2:]:
        if int(line.split()[12]) < 170:
            yield f"has a coarse picture: {line}"
    # Nothing stands beyond the margins: 17 mm, with a hair of antialiasing.
    for page in re.findall(r'<page width="([\d.]+)"[^>]*>(.*?)</page>', run("pdftotext", "-bbox", file, "-"), re.S):
        rights = [float(value) for value in re.findall(r'xMax="([\d.]+)"', page[1])]
        if rights and max(rights) > float(page[0]) - 30:
            yield f"has text that reaches {max(rights):.0f} of {page[0]} points"


def jupyter(file):
    notebook = nbformat.read(file, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        yield "is not of version 4.5"
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            image = output.get("data", {}).get("image/png")
            if image and "text/html" not in output["data"] and not output["metadata"]["image/png"]["alt"]:
                yield f"has a figure without words in {cell.id}"
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    for target in set(re.findall(r'href="#((?:eq|fig|sec|note)-[^"]+)"', page)):
        if f'id="{target}"' not in page:
            yield f"refers to {target}, which is not there"


def markdown(file):
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        run("pandoc", "-s", "--mathjax", file, "-o", page)
        html = page.read_text()
        for target in set(re.findall(r'href="#((?:eq|fig|sec)-[^"]+)"', html)):
            if f'id="{target}"' not in html:
                yield f"refers to {target}, which is not there"
        for source in re.findall(r'<img[^>]* src="([^"]+)"', html):
            if not (file.parent / source).is_file():
                yield f"shows {source}, which is not there"
        for image in re.findall(r"<img[^>]*>", html):
            if not re.search(r'alt="[^"]+"', image):
                yield f"has a figure without words: {image[:80]}"
        for mark in ("{#eq-", "@eq-", "[!NOTE]", "{swift}"):
            if mark in html:
                yield f"shows {mark} to its readers"
        run("pandoc", file, f"--resource-path={file.parent}", "-o", f"{folder}/page.docx")
        run("pandoc", "-s", file, "-o", f"{folder}/page.tex")


def main():
    program, *notebooks = sys.argv[1:]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for notebook, (paper, size) in zip(notebooks, [("a4", "A4"), ("letter", "letter")] * len(notebooks)):
            run(program, notebook, "--to", "pdf,ipynb,md", "--paper", paper, "-o", folder + "/", "--quiet")
            stem = pathlib.Path(folder) / pathlib.Path(notebook).stem
            for check, ending in ((lambda file: pdf(file, size), "pdf"), (jupyter, "ipynb"), (markdown, "md")):
                file = stem.with_suffix("." + ending)
                complaints = list(check(file))
                print(f"{file.name}: {'good' if not complaints else ''}")
                for complaint in complaints:
                    print(f"  {complaint}")
                failed = failed or bool(complaints)
    sys.exit(1 if failed else 0)


main()
