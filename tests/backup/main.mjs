// tests/backup/run <binary> [words of a test's name] – "never lose", from outside: everything that was answered is in what is restored, and
// nothing is ever half there, whatever is killed, full or failing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminEmail, House } from '../served/house.mjs';

const [binary, only = ''] = process.argv.slice(2);
if (!binary) {
    console.error('tests/backup/run <binary> [words of a test\'s name]');
    process.exit(2);
}

const began = '2026-03-02T01:00:00Z';
const seed = Number(process.env.SHANGDAO_SEED ?? Date.now() % 1_000_000);
let state = seed;
const random = (below) => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor(state / 65_536) % below; };

// A house, and a directory beside it for its backups; both go at the end.
async function inHouse(options, work) {
    const place = mkdtempSync(join(tmpdir(), 'backups-'));
    let house;
    try {
        house = await House.open(binary, began, typeof options === 'function' ? options(join(place, 'B')) : options);
        await work(house, join(place, 'B'), (name) => join(place, name));
    } finally {
        await house?.close();
        rmSync(place, { recursive: true, force: true });
    }
}

// The names of the accounts in a data directory, read beside everything of ours.
const namesIn = (data) => new Set(execFileSync('sqlite3', ['-readonly', join(data, 'orgs/main/data.sqlite'), 'SELECT name FROM o_account'], { encoding: 'utf8' }).split('\n').filter(Boolean));

// So many writers, each adding accounts one after another until it is told to stop. `answered`: names that were answered 201; `unknown`: of requests that
// broke; `times`: ms of each answer.
function writers(house, count, prefix = '') {
    const load = { answered: new Set(), unknown: new Set(), refused: 0, times: [], stopped: false };
    house.token(adminEmail);
    const one = async (writer) => {
        for (let i = 0; !load.stopped; ++i) {
            const name = `客户 ${prefix}${writer}-${i}`, from = performance.now();
            try {
                const answer = await house.call(adminEmail, 'POST', '/accounts', { name });
                if (answer.status === 201) load.answered.add(name);
                else { ++load.refused; load.unknown.add(name); }
                load.times.push(performance.now() - from);
            } catch (error) {
                load.unknown.add(name);
                load.error = error.code;
                if (error.code === 'ECONNREFUSED') return;
            }
        }
    };
    load.ended = Promise.all(Array.from({ length: count }, (_, writer) => one(writer)));
    load.stop = async () => { load.stopped = true; await load.ended; };
    load.until = async (answers) => { while (load.answered.size < answers) await new Promise((go) => setImmediate(go)); };
    return load;
}

const p99 = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)]?.toFixed(1);
const done = async (house, words, options) => {
    const said = await house.beside(words, options).ended;
    assert.equal(said.code, 0, `${words.join(' ')}: ${said.error}`);
    return said;
};
const lost = (answered, there) => [...answered].filter((name) => !there.has(name));

// Nothing half: what stands in the place is proved, and a data directory is a whole one or none.
async function nothingHalf(house, place) {
    const verified = await house.beside(['verify', place]).ended;
    if (existsSync(place)) assert.ok(verified.code === 0 || /no complete backup/.test(verified.error), verified.error);
}

const tests = {
    'backups beside eight writers, each restored: all that was answered before is in it, and it is sound': () => inHouse({}, async (house, place, beside) => {
        const load = writers(house, 8);
        await load.until(200);
        load.times.length = 0;
        await load.until(600);
        const calm = p99(load.times);
        load.times.length = 0;
        for (let i = 0; i < 5; ++i) {
            const before = new Set(load.answered);
            await done(house, ['backup', '--data', house.data, '--to', place]);
            const asked = load.answered.size;
            await done(house, ['restore', place, '--data', beside(`D${i}`)]);
            const check = await done(house, ['check', '--data', beside(`D${i}`)]);
            assert.match(check.out, / 0 findings/);
            const there = namesIn(beside(`D${i}`));
            assert.deepEqual(lost(before, there), []);
            assert.ok(there.size <= asked + 8 + 1, 'what was not asked for yet is not in it');
        }
        console.log(`     p99 of a write: ${calm} ms alone, ${p99(load.times)} ms beside backups, restores and checks; ${load.answered.size} answered`);
        await load.stop();
        assert.equal(load.refused, 0);
        await done(house, ['verify', place]);
        await done(house, ['audit', 'verify', '--data', house.data]);
    }),

    'a backup and a restore killed at any call that changes the disk leave nothing half, and the next one is whole': () => inHouse({}, async (house, place, beside) => {
        await house.call(adminEmail, 'POST', '/accounts', { name: '华兴机械' });
        const killedAt = (calls, nth) => ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:signal=SIGKILL:when=${nth}`];
        let killed = 0;
        for (let nth = 1, ended = false; !ended; nth += nth < 12 ? 1 : 9) {
            const said = await house.beside(['backup', '--data', house.data, '--to', place], { through: killedAt('rename,fsync,mkdir,unlink,unlinkat,write,pwrite64', nth) }).ended;
            ended = said.code === 0;
            killed += !ended;
            await nothingHalf(house, place);
        }
        await done(house, ['backup', '--data', house.data, '--to', place]);
        assert.ok(!readdirSync(join(place, 'backups')).includes('partial'));
        for (let nth = 1, ended = false; !ended; nth += nth < 12 ? 1 : 4) {
            const data = beside('D2');
            const said = await house.beside(['restore', place, '--data', data], { through: killedAt('rename,fsync,mkdir,write', nth) }).ended;
            ended = said.code === 0;
            killed += !ended;
            if (existsSync(data)) {
                await done(house, ['check', '--data', data]);
                rmSync(data, { recursive: true });
            }
        }
        await done(house, ['restore', place, '--data', beside('D3')]);
        console.log(`     killed ${killed} times`);
        assert.ok(killed > 20, `only ${killed}`);
    }),

    'who was erased after a backup is erased again, before the first request, in whatever is restored from it': () => inHouse({}, async (house, place, beside) => {
        const contact = (await house.call(adminEmail, 'POST', '/contacts', { name: 'Zinnoberrot', mobile: '13700031234', remarks: 'zinnoberrote Schuhe' })).body.id;
        await done(house, ['backup', '--data', house.data, '--to', place]);
        const [first] = readdirSync(join(place, 'backups'));
        const begun = await house.call(adminEmail, 'POST', `/contacts/${contact}/erase`, { reason: 'asked for it' });
        for (let state = ''; state !== 'done';) state = (await house.call(adminEmail, 'GET', `/jobs/${begun.body.job}`)).body.state;
        await done(house, ['backup', '--data', house.data, '--to', place]);
        const [, day, hour, minute, second] = /^(\d{8})T(\d\d)(\d\d)([\d.]+)Z$/.exec(first);
        const until = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${hour}:${minute}:${second}Z`;
        await done(house, ['restore', place, '--data', beside('D2'), '--until', until]);
        const file = join(beside('D2'), 'orgs/main/data.sqlite');
        const names = () => execFileSync('sqlite3', ['-readonly', file, 'SELECT name FROM o_contact'], { encoding: 'utf8' }).trim();
        assert.equal(names(), 'Zinnoberrot', 'the older backup was restored');
        const served = house.beside(['serve', '--data', beside('D2'), '--listen', '127.0.0.1:0']);
        await new Promise((listens, fails) => {
            served.process.stdout.on('data', (bytes) => { if (/listening on/.test(bytes)) listens(); });
            void served.ended.then((said) => fails(new Error(said.error)));
        });
        assert.equal(names(), `已抹除 / Erased ${contact}`);
        served.process.kill('SIGTERM');
        await served.ended;
        assert.ok(!readFileSync(file).includes('innoberro'));
        await done(house, ['check', '--data', beside('D2')]);
    }),

    'a disk that is full at any write of a backup is said, leaves nothing half, and the next one is whole': () => inHouse({}, async (house, place) => {
        await done(house, ['backup', '--data', house.data, '--to', place]);
        const names = () => readdirSync(join(place, 'backups')).join();
        let failed = 0;
        for (const [call, from, to, step] of [['pwrite64', 1, 400, 57], ['write', 2, 4, 1]]) {
            for (let nth = from; nth <= to; nth += step) {
                const before = names();
                const said = await house.beside(['backup', '--data', house.data, '--to', place],
                    { through: ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:error=ENOSPC:when=${nth}`] }).ended;
                if (said.code === 0) continue;
                ++failed;
                assert.equal(said.code, 1, said.error);
                assert.match(said.error, /is full; nothing incomplete was left behind/);
                assert.equal(names(), before);
                await done(house, ['verify', place]);
            }
        }
        console.log(`     full ${failed} times`);
        assert.ok(failed >= 6, `only ${failed}`);
        await done(house, ['backup', '--data', house.data, '--to', place]);
    }),

    'a machine that is lost while people write: what was answered a moment before is in the place, to any moment': () => inHouse((place) => ({ serve: ['--ship-to', place, '--ship-seconds', '1'] }), async (house, place, beside) => {
        const behind = () => house.counted('shangdao_ship_behind_seconds');
        const load = writers(house, 4);
        await load.until(300);
        house.setTime('2026-03-02T01:00:10Z');
        const first = new Set(load.answered);
        await load.until(500);
        await load.stop();
        house.setTime('2026-03-02T01:00:20Z');
        while (await behind() > 0);
        while (!existsSync(join(place, 'backups')) || readdirSync(join(place, 'backups')).every((name) => !name.endsWith('Z')));
        await house.kill();
        rmSync(house.data, { recursive: true });
        await done(house, ['verify', place]);
        await done(house, ['restore', place, '--data', house.data]);
        await done(house, ['check', '--data', house.data]);
        assert.deepEqual(lost(load.answered, namesIn(house.data)), []);
        await done(house, ['restore', place, '--data', beside('D2'), '--until', '2026-03-02T01:00:09Z']);
        await done(house, ['check', '--data', beside('D2')]);
        const early = namesIn(beside('D2'));
        assert.deepEqual(lost(first, early), []);
        assert.ok(early.size < namesIn(house.data).size);
        await house.reopen();
        assert.equal((await house.call(adminEmail, 'POST', '/accounts', { name: '重新开始' })).status, 201);
    }),

    'asked to end under load, a server answers each request it took, and what it did not answer it did not do': () => inHouse({}, async (house) => {
        for (let round = 0; round < 6; ++round) {
            const load = writers(house, 16, `${round}-`);
            await load.until(100 + random(200));
            const from = performance.now();
            assert.equal(await house.terminate(), 0);
            assert.ok(performance.now() - from < 10_000);
            await load.ended;
            const there = namesIn(house.data);
            assert.deepEqual(lost(load.answered, there), []);
            assert.deepEqual([...load.unknown].filter((name) => there.has(name) && !load.answered.has(name)), [], `round ${round}: done and not answered`);
            await done(house, ['check', '--data', house.data]);
            await house.reopen();
        }
    }),

    'a disk whose fsync fails ends the server, and what was answered is there when it is started again': () => inHouse({}, async (house) => {
        house.token(adminEmail);
        for (const nth of [3, 10, 40]) {
            await house.terminate();
            house.through = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync', '-e', `inject=fdatasync:error=EIO:when=${nth}+`];
            await house.reopen();
            const load = writers(house, 4, `${nth}-`);
            assert.equal(await house.ended(), 1);
            await load.stop();
            house.through = [];
            await house.reopen();
            assert.deepEqual(lost(load.answered, namesIn(house.data)), []);
            const check = await done(house, ['check', '--data', house.data]);
            assert.match(check.out, / 0 findings/);
        }
    }),
};

console.log(`seed: SHANGDAO_SEED=${seed}`);
let passed = 0, failed = 0;
for (const [name, test] of Object.entries(tests)) {
    if (!name.includes(only)) continue;
    const wrong = await test().then(() => null, (error) => error.stack);
    console.log(wrong ? `failed   ${name}\n     ${wrong}` : `ok       ${name}`);
    if (wrong) ++failed;
    else ++passed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || passed === 0 ? 1 : 0;
