// A runner that cannot fail proves nothing: stories with one thing wrong in each must be reported at that very line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playStory } from './play.mjs';

const opening = ['story  A story with one thing wrong', 'on 2026-03-02  李雷', '  opens  deal 华兴一期  account 华兴机械  amount 5 CNY'];

// Each: what is wrong, the lines after the opening, and what must be said of which line of the file.
const wrongs = [
    ['a wrong cell', ['expect deal 华兴一期', '  amount', '  6.00 CNY'], 6, '5.00 CNY'],
    ['a row too few', ['expect deals', '  name'], 5, '华兴一期'],
    ['a row too many', ['expect deals', '  name', '  华兴一期', '  华兴二期'], 7, '华兴二期'],
    ['a wrong count', ['expect count of deals', '  2'], 5, 'got: 1'],
    ['a refusal that does not come', ['  wins  华兴一期  refused: loss_reason required'], 4, 'got: done'],
    ['another refusal', ['  loses  华兴一期  refused: amount required'], 4, 'loss_reason required'],
    ['a refusal nobody expected', ['  loses  华兴一期'], 4, 'loss_reason required'],
    ['a twin that is not named', ['  creates  account 独一无二  duplicates: 华兴机械'], 4, 'duplicates: 华兴机械'],
    ['a hit that is not there', ['expect search 华兴', '  account 华兴机械', '  deal 华兴二期'], 6, 'deal 华兴一期'],
    ['an unknown word', ['  sells  华兴一期'], 4, 'no verb "sells"'],
];

async function report(binary, lines, line, said) {
    const folder = mkdtempSync(join(tmpdir(), 'story-'));
    try {
        const file = join(folder, 'wrong.story');
        writeFileSync(file, [...opening, ...lines, ''].join('\n'));
        const { verdict, why = '' } = await playStory(binary, file);
        return verdict === 'failed' && why.startsWith(`${file}:${line}\n`) && why.includes(said) ? null : `expected: failed at line ${line}, saying "${said}"\n     got: ${verdict} ${why}`;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

export function selfTest(binary) {
    return wrongs.map(([name, lines, line, said]) => ({
        name: 'self_test',
        run: async () => {
            const why = await report(binary, lines, line, said);
            return { title: `the runner reports ${name}`, verdict: why ? 'failed' : 'passed', why };
        },
    }));
}
