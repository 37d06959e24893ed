// tests/sight/run <binary> – whoever may see 3 of 100 records hears of three in every way to the data, and a hidden field answers like
// a name nobody gave.
// With SIGHT_SELF_TEST=1 an administrator asks instead, who sees all: most checks must then fail, and the suite ends well.
import { Asker } from './ask.mjs';
import { testHidden } from './hidden.mjs';
import { testImports } from './imports.mjs';
import { testShoulder } from './shoulder.mjs';
import { testBulk, testFiles, testNaming, testPlaces, testReads, testStream } from './unseen.mjs';
import { admin, boss, clerk, mark, organisation, others, rep, secretAmount, secretMobile, secretPhone } from './world.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
    console.error('tests/sight/run <binary>');
    process.exit(2);
}
const selfTest = process.env.SIGHT_SELF_TEST === '1';
const as = (email) => (selfTest ? admin : email);

let passed = 0, failed = 0;
async function test(name, check) {
    const wrong = await Promise.resolve().then(check).catch((error) => error.stack);
    if (wrong && !selfTest) console.log(`failed   ${name}\n     ${wrong.slice(0, 900)}`);
    if (!wrong && (selfTest || process.env.SIGHT_VERBOSE)) console.log(`passed   ${name}`);
    if (wrong) ++failed;
    else ++passed;
}

// No byte of what was answered holds a secret, unless the request itself had named it.
function betrayal(answers, secrets) {
    for (const { asked, said } of answers)
        for (const secret of secrets)
            if (said.includes(secret) && !asked.includes(secret)) return `${asked.slice(0, 300)}\n     holds ${secret}: …${said.slice(Math.max(0, said.indexOf(secret) - 100), said.indexOf(secret) + 60)}`;
    return null;
}

async function own(large) {
    await large.done(admin, 'POST', '/deals/export', { format: 'csv' });
    const { job } = await large.done(admin, 'POST', '/accounts/export', { format: 'csv' });
    const unseen = Object.fromEntries(['account', 'contact', 'deal', 'lead', 'note', 'view', 'preference'].map((kind) => [`${kind}s`, large.ids[`${kind}_40`]]));
    return { ...unseen, activities: large.ids.activity_40, jobs: job, attachments: large.ids.attachment_5 };
}

const large = await organisation(binary, true), small = await organisation(binary, false);
try {
    const mine = Object.keys(large.ids).filter((name) => !/_\d/.test(name));
    const unseen = await own(large);
    const members = [];
    for (const [name, email] of [['the rep', rep], ['his manager', boss]]) {
        const askers = { name, large: new Asker(large.house, as(email)), small: new Asker(small.house, email) };
        members.push(askers);
        await testReads(test, large, small, askers);
        await testFiles(test, large, small, askers);
    }
    const [{ large: asker }, manager] = members;
    await testNaming(test, large, asker, unseen);
    await testImports(test, large, small, manager);
    await testPlaces(test, large, members);
    await testShoulder(test, large, small, as, betrayal);
    for (const askers of members) await testStream(test, large, askers, mine.filter((one) => one !== 'beyond'));
    await testBulk(test, large, asker);
    const strangers = Object.entries(large.ids).filter(([name]) => /_\d/.test(name)).map(([, id]) => id);
    const numbers = Array.from({ length: others }, (_, i) => i);
    const secrets = [...strangers, '66600999', 'Qzx999w', ...numbers.flatMap((i) => [mark(i), mark(i).toLowerCase(), secretPhone(i), secretMobile(i), secretAmount(i).slice(0, 8)])];
    for (const [name, kept] of [['rep', asker.kept], ['manager', manager.large.kept]])
        await test(`no byte of ${kept.length} answers to the ${name} tells of a record that is not seen`, () => betrayal(kept, secrets));
    await testHidden(test, large, new Asker(large.house, as(clerk)), betrayal);
} finally {
    await Promise.all([large.house.close(), small.house.close()]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = selfTest ? Number(failed < passed) : Number(failed > 0);
