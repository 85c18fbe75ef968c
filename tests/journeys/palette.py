"""A screenshot as a PNG of at most 256 colours: Chromium reads it, the standard library writes it."""

import base64
import struct
import zlib

from playwright.sync_api import Browser

# The colours most often met, each to four bits a channel; every pixel takes the nearest of them.
_COUNT = """async source => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const {width, height} = image, canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  const pixels = new Uint32Array(brush.getImageData(0, 0, width, height).data.buffer);
  const met = new Map(), cells = new Map();
  for (const p of pixels) met.set(p, (met.get(p) || 0) + 1);
  for (const [p, n] of [...met].sort((a, b) => b[1] - a[1])) {
    const cell = p & 0xf0f0f0;
    if (cells.has(cell)) cells.get(cell)[1] += n; else cells.set(cell, [p, n]);
  }
  const kept = [...cells.values()].sort((a, b) => b[1] - a[1]).slice(0, 256).map(c => c[0]);
  const apart = (a, b) => [0, 8, 16].reduce((s, k) => s + ((a >> k & 255) - (b >> k & 255)) ** 2, 0);
  const near = new Map([...met.keys()].map(p => [p,
    kept.reduce((best, c, i) => apart(c, p) < apart(kept[best], p) ? i : best, 0)]));
  let text = '';
  for (const p of pixels) text += String.fromCharCode(near.get(p));
  return {width, height, colours: kept.map(c => [c & 255, c >> 8 & 255, c >> 16 & 255]),
          indices: btoa(text)};
}"""


def reduced(png: bytes, browser: Browser) -> bytes:
    """The same picture with a palette."""
    page = browser.new_page()
    found = page.evaluate(_COUNT, "data:image/png;base64," + base64.b64encode(png).decode())
    page.close()
    width, height = found["width"], found["height"]
    indices = base64.b64decode(found["indices"])
    rows = (b"\0" + indices[y * width : (y + 1) * width] for y in range(height))
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": bytes(channel for colour in found["colours"] for channel in colour),
        b"IDAT": zlib.compress(b"".join(rows), 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, held) for name, held in parts.items())


def _chunk(name: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
