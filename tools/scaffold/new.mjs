// new – lays the folder of a new object: ./dev new object <room>/<name> [plural] [中文 English]
// It writes files that compile and pass, and says which two lines are left to a person: the glossary's and the room's.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = process.env.SCAFFOLD_ROOT ?? join(here, '..', '..');
const rooms = ['org', 'customer', 'strategy', 'process', 'analysis', 'capability', 'model'];
const usage = 'usage: ./dev new object <room>/<name> [plural] [中文 English]\n  rooms: ' + rooms.join(' ');

function stop(text) {
    console.error(text);
    process.exit(1);
}

const plural = (name) => (/[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`);
const spaced = (name) => name.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
const camel = (name) => name.split('_').map((part) => part[0].toUpperCase() + part.slice(1)).join('');

const [kind, path, pluralGiven, zh, ...english] = process.argv.slice(2);
const [room, name] = (path ?? '').split('/');
if (kind !== 'object' || !rooms.includes(room) || !/^[a-z][a-z_]*[a-z]$/.test(name ?? '')) stop(usage);

const folder = join(root, 'src', 'sales', room, name);
if (existsSync(folder)) stop(`${folder} is there already`);

const words = { room, name, Name: camel(name), plural: pluralGiven ?? plural(name), zh: zh ?? spaced(name), en: english.join(' ') || spaced(name) };
words.ens = spaced(words.plural);

mkdirSync(folder, { recursive: true });
for (const [template, file] of [['object.h', `${name}.h`], ['object_object.cpp', `${name}_object.cpp`], ['object_rules.cpp', `${name}_rules.cpp`], ['object_test.cpp', `${name}_test.cpp`], ['object_sample.json', `${name}_sample.json`]]) {
    const text = readFileSync(join(here, 'object', `${template}.in`), 'utf8').replace(/\{(room|name|Name|plural|zh|en|ens)\}/g, (_, word) => words[word]);
    writeFileSync(join(folder, file), text);
    console.log(`src/sales/${room}/${name}/${file}`);
}
console.log(`\nNext: a row in docs/glossary.md   | ${words.zh} | ${words.en} | \`${name}\` \`${words.plural}\` |
      a line in src/sales/${room}/objects.cpp: &${words.Name}::def, and check_${name} among its rules
      what it is for, in the head of ${name}.h, and a story in tests/stories`);
