"""A browser as a judge: what Chromium finds in pages, by its own tree, XPath and Range."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_HARNESS = """<!doctype html><meta charset=utf-8><body><script>
const PAGES = %d, RANGES = %d;
let state = 12345;
const random = n => { state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff; return Math.floor(state / 65536) %% n; };
function step(node) {
  const same = [...node.parentNode.childNodes].filter(n => n.nodeName === node.nodeName && n.nodeType === node.nodeType);
  const at = same.indexOf(node) + 1;
  if (node.nodeType === 3 || node.nodeType === 4) return `text()[${at}]`;
  const isHtml = node.namespaceURI === "http://www.w3.org/1999/xhtml";
  const isPlain = /^[a-zA-Z][\\w-]*$/.test(node.nodeName);
  return isHtml && isPlain ? `${node.nodeName.toLowerCase()}[${at}]` : `*[name()='${node.nodeName}'][${at}]`;
}
function path(node) { let made = ""; for (; node.parentNode; node = node.parentNode) made = "/" + step(node) + made; return made; }
function judged(page) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_ALL), texts = [], elements = [];
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    if (n.nodeType === 3 || n.nodeType === 4) texts.push(n);
    if (n.nodeType === 1) elements.push(n);
  }
  const paths = new Map([...texts, ...elements].map(n => [n, path(n)]));
  const wrong = [...paths].filter(([n, p]) => page.evaluate(p, page, null, 9, null).singleNodeValue !== n && !p.includes("name()='")).length;
  const spot = () => {
    const isText = texts.length && random(4);
    const node = isText ? texts[random(texts.length)] : elements[random(elements.length)];
    let at = random((isText ? node.data.length : node.childNodes.length) + 1);
    if (isText && (node.data.charCodeAt(at) & 0xfc00) === 0xdc00) at -= 1;
    return [node, at];
  };
  const ranges = [];
  for (let i = 0; i < RANGES; i++) {
    let a = spot(), b = spot();
    const range = page.createRange();
    range.setStart(...a); range.setEnd(...b);
    if (range.startContainer !== a[0] || range.startOffset !== a[1]) { [a, b] = [b, a]; range.setStart(...a); range.setEnd(...b); }
    ranges.push([paths.get(a[0]), a[1], paths.get(b[0]), b[1], range.toString()]);
  }
  return { texts: texts.map(n => [paths.get(n), n.data]), ranges, wrong, elements: elements.map(n => paths.get(n)) };
}
function load(address) {
  return new Promise(done => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-same-origin";
    frame.onload = () => done(frame);
    frame.src = address;
    document.body.append(frame);
  });
}
(async () => {
  const found = [];
  for (let page = 0; page < PAGES; page++) {
    const frame = await load(`page${page}`);
    found.push(judged(frame.contentDocument));
    frame.remove();
  }
  const out = document.createElement("pre");
  out.id = "found";
  out.textContent = JSON.stringify(found).replace(/[^ -~]/g, c => "\\\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  document.body.append(out);
})();
</script>"""


def judged(pages: Sequence[bytes], folder: Path, ranges: int = 40) -> list[dict[str, Any]]:
    """Of each page its text nodes as (path, data) and ranges as (path, offset, path, offset, words); scripts are off."""
    assert CHROMIUM is not None
    (folder / "harness.html").write_text(_HARNESS % (len(pages), ranges), encoding="utf-8")
    for at, page in enumerate(pages):
        (folder / f"page{at}").write_bytes(page)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000"]
            address = f"http://127.0.0.1:{server.server_port}/harness.html"
            profile = f"--user-data-dir={folder / 'profile'}"
            made = subprocess.run(
                [*command, profile, "--dump-dom", address], capture_output=True, timeout=120, check=True
            )
        finally:
            server.shutdown()
            thread.join()
    found = re.search('<pre id="found">(.*)</pre>', made.stdout.decode(), re.DOTALL)
    assert found, made.stdout.decode()[-500:]
    return json.loads(html.unescape(found[1]))


class _Pages(SimpleHTTPRequestHandler):
    """Says of pages what they are and leaves their encoding to them."""

    def guess_type(self, path: object) -> str:
        return "text/html"

    def log_message(self, format: str, *args: object) -> None:
        pass
