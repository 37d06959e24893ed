// places – the project speaks of itself alone: no path of a build box, no package mirror, no paper that is not in the tree.
const finders = [
    { what: 'a place on a machine', pattern: /(?:^|[\s"'`=(:])([/](?:work|home|root|Users)[/][\w.-]+)/, cure: 'write it relative to the project, or take it from the environment' },
    { what: 'a package mirror', pattern: /(https?:[/][/](?:registry|deb|security|mirrors?)\.[\w.-]+)/, cure: "leave the choice of mirror to the machine's own settings" },
    { what: 'a paper that is not in the tree', pattern: /\b((?:ARCHITECTURE|DECISIONS|FIELD|INTEROP|PERFORMANCE|PRODUCT|QUALITY|STYLE|TEMPLATES|WEB)(?:\.md)?(?: §| D\d)|wire[.]md)/,
        cure: 'say it in a few words, or refer to docs/ (laws are cited as D1 … D31)' },
];
const skipped = /\.(svg|csv)$/;

export default {
    name: 'places',
    check: ({ files }) => files.filter((f) => !skipped.test(f.path)).flatMap((file) => file.lines.flatMap((line, i) =>
        finders.flatMap(({ what, pattern, cure }) => {
            const found = pattern.exec(line)?.[1];
            return found ? [{ path: file.path, line: i + 1, word: found, what: `names ${what}: ${found}`, cure }] : [];
        }))),
};
