// The parts of a ZIP file (XLSX), unpacked and joined: read by its central directory.
import { inflateRawSync } from 'node:zlib';

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
