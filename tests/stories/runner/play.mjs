// Plays one story in a house of its own: the cast first, then block by block.
import { join } from 'node:path';
import { House } from '../../served/house.mjs';
import { hasData } from './imports.mjs';
import { atTime, readStory, readWords, StoryError } from './language.mjs';
import { read } from './readings.mjs';
import { Scene } from './scene.mjs';
import { play } from './steps.mjs';

const tests = join(import.meta.dirname, '../..');
const cast = join(tests, 'cast/cast.story');

async function runBlocks(scene, blocks) {
    for (const block of blocks) {
        try {
            await runBlock(scene, block);
        } catch (error) {
            if (error instanceof StoryError) error.line ??= block.line;
            throw error;
        }
    }
}

async function runBlock(scene, block) {
    if (block.kind === 'on') {
        scene.moveTo(block.at);
        scene.member = block.member;
        for (const step of block.steps) await play(scene, step);
    } else if (block.kind === 'expect') {
        const before = scene.at;
        if (block.options.on) scene.moveTo(atTime(block.options.on));
        await read(scene, block);
        scene.moveTo(before);
    }
}

// → {title, verdict: 'passed' | 'failed' | 'skipped', why}
export async function playStory(binary, file) {
    let house, at = file, title = file;
    try {
        const blocks = readStory(file);
        title = blocks[0].title;
        const missing = blocks.find((block) => block.kind === 'needs' && !hasData(block.data));
        if (missing) return { title, verdict: 'skipped', why: `tests/data/${missing.data} is not there` };
        at = cast;
        const castBlocks = readStory(cast);
        house = await House.open(binary, castBlocks.find((block) => block.kind === 'on').at);
        const scene = new Scene(house, readWords(join(tests, 'stories/words.txt')));
        await scene.learn();
        await runBlocks(scene, castBlocks);
        scene.member = 'admin';
        at = file;
        await runBlocks(scene, blocks);
        return { title, verdict: 'passed' };
    } catch (error) {
        const why = error instanceof StoryError ? `${at}:${error.line ?? 1}\n     ${error.message}` : `${at}\n     ${error.stack}\n${house?.log ?? ''}`;
        return { title, verdict: 'failed', why };
    } finally {
        await house?.close();
    }
}
