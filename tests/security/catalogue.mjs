// The table of README.md holds every row of the catalogue, and the cases that it names are there.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = new URL('.', import.meta.url).pathname, root = join(here, '../..');
const rows = [['I', 10], ['A', 23], ['S', 12, 'a'], ['F', 6], ['X', 5], ['P', 10], ['E', 6]].flatMap(([letter, count, more = '']) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}${more}`));

export const catalogue = () => {
    const told = [...readFileSync(join(here, 'README.md'), 'utf8').matchAll(/^\| ([IASFXPE]\d+a?) \| .* \| (.*) \|$/gm)];
    const ours = readdirSync(here).filter((name) => name.endsWith('.mjs') && name !== 'catalogue.mjs').map((name) => readFileSync(join(here, name), 'utf8')).join('\n');
    return {
        'catalogue: every row has its proof, or says what has to exist first': () => {
            assert.deepEqual(told.map(([, row]) => row), rows);
            for (const [, row, proof] of told) assert.match(proof, /“|^not yet: \w/, row);
        },
        'catalogue: every case that is named is there': () => {
            for (const [, row, proof] of told)
                for (const [, path, named] of proof.matchAll(/(?:`([^`]+)` )?“([^”]+)”/g)) {
                    if (path) assert.ok(existsSync(join(root, path)), `${row}: there is no ${path}`);
                    assert.ok((path ? readFileSync(join(root, path), 'utf8') : ours).includes(named), `${row}: ${path ?? 'no file here'} has no “${named}”`);
                }
        },
    };
};
