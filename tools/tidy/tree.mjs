// tree – the files under version control (and the new ones not ignored), read once for all rules.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { withoutCommentsAndStrings } from './cpp.mjs';

const textKinds = new Set(['.cpp', '.h', '.mjs', '.js', '.cjs', '.ts', '.tsx', '.css', '.html', '.md', '.txt', '.cmake', '.json', '.yaml', '.yml',
    '.story', '.sh', '.svg', '.sql', '.toml', '.in', '']);

// A file as the rules see it: path from the root, text, lines; `code` is C++ with comments and strings blanked, same lines.
export function fileOf(path, text) {
    const file = { path, text, lines: text.split('\n'), kind: extname(path) };
    let code;
    Object.defineProperty(file, 'code', { get: () => (code ??= withoutCommentsAndStrings(text)) });
    return file;
}

export function treeOf(texts) {
    const files = Object.entries(texts).map(([path, text]) => fileOf(path, text));
    return { files, paths: new Set(files.map((f) => f.path)), find: (path) => files.find((f) => f.path === path) };
}

export function readTree(root) {
    const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
    const texts = {};
    for (const path of listed.stdout.split('\0').filter(Boolean)) {
        const full = join(root, path);
        if (!textKinds.has(extname(path)) || !existsSync(full) || !statSync(full).isFile()) continue;
        texts[path] = readFileSync(full, 'utf8');
    }
    return treeOf(texts);
}

export const isCpp = (file) => file.kind === '.cpp' || file.kind === '.h';
export const isTest = (file) => /_test\.cpp$/.test(file.path);
export const floorOf = (path) => /^src\/([a-z_]+)\//.exec(path)?.[1];
export const lineAt = (text, index) => text.slice(0, index).split('\n').length;
