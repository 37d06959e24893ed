// Stories that need nobody but themselves, two at a time; `words` choose by name. Says which failed, closes with "N passed, N failed".
export async function playInLanes(tables, words) {
    const stories = Object.entries(Object.assign({}, ...tables)).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
    let passed = 0, failed = 0;
    async function lane() {
        for (let story = stories.shift(); story; story = stories.shift()) {
            const [name, test] = story;
            const wrong = await test().then(() => null, (error) => error.stack.slice(0, 2_000));
            if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
            if (wrong) ++failed;
            else ++passed;
        }
    }
    await Promise.all([lane(), lane()]);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
}
