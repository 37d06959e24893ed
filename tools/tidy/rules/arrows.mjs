// arrows – includes point downwards only; inside sales only to the left; foreign libraries stay behind our own headers.
import { floorOf, isCpp } from '../tree.mjs';

const floors = [['base'], ['record'], ['formula'], ['store', 'column', 'exchange'], ['engine'], ['sales'], ['serve'], ['app']];
const rooms = ['org', 'customer', 'strategy', 'process', 'analysis', 'capability', 'model'];

const rankOf = (floor) => floors.findIndex((same) => same.includes(floor));
const roomOf = (path) => rooms.indexOf(/^(?:src\/)?sales\/([a-z_]+)\//.exec(path)?.[1]);

// Where a library's headers may be included.
const fences = [
    { header: /^boost\/(asio|beast)[/.]/, where: /^src\/serve\/edge/, home: 'src/serve/edge*' },
    { header: /^sqlite3\.h$/, where: /^src\/store\/sqlite\//, home: 'src/store/sqlite/' },
    { header: /^libpq/, where: /^src\/store\/postgres\//, home: 'src/store/postgres/' },
    { header: /^curl\//, where: /^src\/serve\/out\//, home: 'src/serve/out/' },
    { header: /^spdlog\//, where: /^src\/base\/log[a-z_]*\.cpp$/, home: 'src/base/log.cpp' },
    { header: /^Eigen\//, where: /^src\/[a-z/_]+\.cpp$/, home: 'a .cpp file, behind a header of ours' },
    { header: /^openssl\//, where: /^src\/(serve\/edge|[a-z/_]+\.cpp$)/, home: 'src/serve/edge* or a .cpp file, behind a header of ours' },
    { header: /^(regex|format)$/, where: /^$/, home: 'nowhere: re2 for patterns, fmt for formatting' },
];

function judgeOwn(file, target, paths) {
    const [from, to] = [floorOf(file.path), floorOf(`src/${target}`)];
    if (!to || rankOf(to) < 0) return { what: `includes "${target}", which is not under a floor of src/`, cure: 'write the path from src/, as in "base/result.h"' };
    if (!paths.has(`src/${target}`)) return { what: `includes "${target}", which does not exist`, cure: 'write the path from src/' };
    if (from === to) {
        const [own, other] = [roomOf(file.path), roomOf(target)];
        if (from !== 'sales' || own < 0 || other < 0 || other <= own) return null;
        return { what: `room ${rooms[own]} includes "${target}" of ${rooms[other]}, which lies to its right`,
            cure: `publish an event in ${rooms[own]} and listen in ${rooms[other]}, or name the object in a definition (names are no arrows)` };
    }
    if (rankOf(to) < rankOf(from)) return null;
    return { what: `${from} includes "${target}" of ${to}, which is not below it`,
        cure: `move what you need down to ${from} or lower, or pass it in as a port that ${to} implements (order: ${floors.map((f) => f.join('|')).join(' < ')})` };
}

function judgeForeign(file, header) {
    const fence = fences.find((f) => f.header.test(header));
    if (!fence || fence.where.test(file.path)) return null;
    return { what: `includes <${header}>`, cure: `this header belongs in ${fence.home}` };
}

export default {
    name: 'arrows',
    check: ({ files, paths }) => files.filter((f) => isCpp(f) && rankOf(floorOf(f.path)) >= 0).flatMap((file) =>
        file.lines.flatMap((line, i) => {
            const include = /^\s*#\s*include\s+(["<])([^">]+)[">]/.exec(line);
            if (!include) return [];
            const verdict = include[1] === '"' ? judgeOwn(file, include[2], paths) : judgeForeign(file, include[2]);
            return verdict ? [{ path: file.path, line: i + 1, word: include[2], ...verdict }] : [];
        })),
};
