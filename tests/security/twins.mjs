// The bugs to plant still have their place in the source; whether they are found, twins/run tells.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planted, twins } from './twins/table.mjs';

const root = new URL('../../', import.meta.url).pathname;

export const fitting = () => ({
    'twins: every bug to plant has its one place, and its test is there': () => {
        assert.ok(twins.length >= 30);
        assert.equal(new Set(twins.map(({ name }) => name)).size, twins.length);
        for (const twin of twins) {
            assert.doesNotThrow(() => planted(twin, readFileSync(join(root, twin.file), 'utf8')));
            if (twin.suite) assert.ok(existsSync(join(root, 'tests', twin.suite, 'run')), twin.name);
        }
    },
});
