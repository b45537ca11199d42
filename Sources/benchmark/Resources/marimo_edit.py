"""Edits the last cell of a marimo notebook under its live preview, as often as a line comes in: each time, the
seconds from the save to the new output, as its own page would be told.

Arguments: a folder, the Python source with `# %%` lines."""
import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

from websockets.sync.client import connect

SESSION = "s_bench1"
folder = pathlib.Path(sys.argv[1]) / "marimo"
folder.mkdir(exist_ok=True)
file = folder / "preview.py"


def source(edit):
    cells = pathlib.Path(sys.argv[2]).read_text().split("# %%\n")[1:]
    text = "import marimo\n\napp = marimo.App()\n"
    for cell, taken, given in zip(cells, ("", "np, weights"), ("np, weights", "")):
        body = "".join(f"    {line}\n" for line in cell.strip().splitlines())
        text += f"\n\n@app.cell\ndef _({taken}):\n{body}    return {given}\n"
    return text.replace("edit 0", f"edit {edit}")


def save(text):
    draft = folder / ".draft"
    draft.write_text(text)
    draft.rename(file)


save(source(0))
(folder / "pyproject.toml").write_text('[tool.marimo.runtime]\nwatcher_on_save = "autorun"\n')
server = subprocess.Popen(
    [sys.executable, "-m", "marimo", "-q", "edit", "--watch", "--headless", "--no-token", "--port", "27183", file.name],
    cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    page = ""
    for _ in range(300):
        try:
            page = urllib.request.urlopen("http://127.0.0.1:27183").read().decode()
            break
        except OSError:
            time.sleep(0.1)
    token = re.search(r'"serverToken":\s*"([^"]*)"', page).group(1)
    with connect(f"ws://127.0.0.1:27183/ws?session_id={SESSION}", max_size=None) as socket:

        def wait(edit):
            while True:
                message = socket.recv(timeout=60)
                if json.loads(message)["op"] == "cell-op" and f"edit {edit} " in str(message) and "stdout" in str(message):
                    return time.perf_counter()

        urllib.request.urlopen(urllib.request.Request(
            "http://127.0.0.1:27183/api/kernel/instantiate",
            data=json.dumps({"objectIds": [], "values": [], "autoRun": True}).encode(),
            headers={
                "Content-Type": "application/json", "Marimo-Session-Id": SESSION, "Marimo-Server-Token": token,
            }))
        wait(0)
        for number, _ in enumerate(sys.stdin, 1):
            text = source(number)
            start = time.perf_counter()
            save(text)
            print(wait(number) - start, flush=True)
finally:
    server.terminate()
    server.wait()
