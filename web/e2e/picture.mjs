// Two pictures of one screen, and where they differ. A browser's patch release draws an edge a little harder or a pixel further: each
// pixel may be anything its neighbours in the other picture are. What was moved by more, came or went stands out, tile by tile.
import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const shade_max = 8;
const tile_px = 32;
const tile_pixels_max = 8;
const colours_max = 256;
// Squared, in steps of four shades.
const alike = 3;

export const read = (bytes) => PNG.sync.read(bytes);
export const write = (picture) => PNG.sync.write(picture);

// A colour in 18 bits: six of each shade.
const colourAt = (data, at) => ((data[at] >> 2) << 12) | ((data[at + 1] >> 2) << 6) | (data[at + 2] >> 2);
const distance = (one, other) =>
  ((one >> 12) - (other >> 12)) ** 2 +
  (((one >> 6) & 63) - ((other >> 6) & 63)) ** 2 +
  ((one & 63) - (other & 63)) ** 2;

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

// In at most 256 colours: shades the eye cannot tell apart count as one, and of the rest those stay that are most frequent and unlike one
// another. The same picture always becomes the same.
function reduced(bytes) {
  const { width, height, data } = read(bytes);
  const counts = new Uint32Array(1 << 18);
  const whole = new Uint32Array(1 << 18);
  for (let at = 0; at < data.length; at += 4) {
    const colour = colourAt(data, at);
    // What a flat surface has throughout is kept as it is.
    if (counts[colour] === 0 || at % 64 === 0) whole[colour] = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts[colour] += 1;
  }
  const ranked = [...counts.keys()]
    .filter((colour) => counts[colour] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  const palette = [];
  for (const colour of ranked)
    if (palette.length < colours_max && palette.every((one) => distance(one, colour) >= alike)) palette.push(colour);
  const places = new Uint8Array(1 << 18);
  for (const colour of ranked) {
    let nearest = 0;
    for (let place = 1; place < palette.length; place += 1)
      if (distance(palette[place], colour) < distance(palette[nearest], colour)) nearest = place;
    places[colour] = nearest;
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = places[colourAt(data, (y * width + x) * 4)];
  return { width, height, colours: palette.map((colour) => whole[colour]), rows };
}

// Such a picture as a PNG: a third of what the browser writes.
export function pack(bytes) {
  const { width, height, colours, rows } = reduced(bytes);
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// What is read of the PNG, without writing it.
export function packed(bytes) {
  const { width, height, colours, rows } = reduced(bytes);
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.writeUIntBE(colours[rows[y * (width + 1) + 1 + x]], (y * width + x) * 4, 3);
  return { width, height, data };
}

const isNear = (one, other, at) =>
  Math.abs(one.data[at] - other.data[at]) <= shade_max &&
  Math.abs(one.data[at + 1] - other.data[at + 1]) <= shade_max &&
  Math.abs(one.data[at + 2] - other.data[at + 2]) <= shade_max;

// Whether the pixel of `one` lies between the lightest and the darkest around the same place of `other`.
function isBetween(one, other, x, y) {
  const { width, height, data } = other;
  for (let channel = 0; channel < 3; channel += 1) {
    let least = 255;
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1)
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
        const shade = data[(row * width + column) * 4 + channel];
        if (shade < least) least = shade;
        if (shade > most) most = shade;
      }
    const shade = one.data[(y * width + x) * 4 + channel];
    if (shade < least - shade_max || shade > most + shade_max) return false;
  }
  return true;
}

// The tiles in which too much differs, and a picture of them: the one that was expected, pale, what differs in red.
export function compare(expected, actual) {
  const { width, height } = expected;
  if (expected.data.equals(actual.data)) return { tiles: [] };
  const diff = new PNG({ width, height });
  const counts = new Map();
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const differs =
        !isNear(expected, actual, at) && !(isBetween(expected, actual, x, y) && isBetween(actual, expected, x, y));
      for (let channel = 0; channel < 3; channel += 1)
        diff.data[at + channel] = differs ? (channel === 0 ? 220 : 0) : 191 + expected.data[at + channel] / 4;
      diff.data[at + 3] = 255;
      if (!differs) continue;
      const tile = `${x - (x % tile_px)},${y - (y % tile_px)}`;
      counts.set(tile, (counts.get(tile) ?? 0) + 1);
    }
  const tiles = [...counts].filter(([, count]) => count > tile_pixels_max).map(([tile]) => tile);
  return { tiles, diff };
}
