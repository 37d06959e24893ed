// places – the project names no machine of ours: no path of a build box, no package mirror. It must build anywhere.
const place = /(?:^|[\s"'`=(:])([/](?:work|home|root|Users)[/][\w.-]+)/;
const mirror = /https?:[/][/](?:registry|deb|security|mirrors?)\.[\w.-]+/;
const skipped = /\.(svg|csv)$/;

export default {
    name: 'places',
    check: ({ files }) => files.filter((f) => !skipped.test(f.path)).flatMap((file) => file.lines.flatMap((line, i) => {
        const found = place.exec(line)?.[1] ?? mirror.exec(line)?.[0];
        return found ? [{ path: file.path, line: i + 1, word: found, what: `names a place: ${found}`, cure: 'write it relative to the project, or take it from the environment' }] : [];
    })),
};
