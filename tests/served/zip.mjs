// ZIP files (XLSX): their parts, unpacked and joined, read by the central directory; and parts put together.
import { crc32, inflateRawSync } from 'node:zlib';

export function unpacked(bytes) {
    const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0) throw new Error('no ZIP file');
    const parts = [];
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; --left) {
        const [method, size, name, extra, comment, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((i) => bytes.readUInt16LE(at + i)), bytes.readUInt32LE(at + 42)];
        const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const packed = bytes.subarray(start, start + size);
        parts.push(`${bytes.subarray(at + 46, at + 46 + name)}\n${method === 0 ? packed : inflateRawSync(packed)}`);
        at += 46 + name + extra + comment;
    }
    return parts.join('\n');
}

// The same the other way: parts by name, kept as they are.
export function packed(parts) {
    const locals = [], entries = [];
    let at = 0;
    for (const [name, text] of Object.entries(parts)) {
        const [title, bytes] = [Buffer.from(name), Buffer.from(text)];
        const facts = Buffer.alloc(26);
        facts.writeUInt16LE(20, 0);
        [crc32(bytes), bytes.length, bytes.length].forEach((value, i) => facts.writeUInt32LE(value, 10 + 4 * i));
        facts.writeUInt16LE(title.length, 22);
        locals.push(Buffer.from('PK\x03\x04', 'latin1'), facts, title, bytes);
        const place = Buffer.alloc(14);
        place.writeUInt32LE(at, 10);
        entries.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, title);
        at += 30 + title.length + bytes.length;
    }
    const list = Buffer.concat(entries), end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    for (const i of [8, 10]) end.writeUInt16LE(Object.keys(parts).length, i);
    end.writeUInt32LE(list.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...locals, list, end]);
}
