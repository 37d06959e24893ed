// The rules tried on small trees: what each refuses, and what it lets pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, parseAllowances } from './allow.mjs';
import { functions, withoutCommentsAndStrings, wordsOf } from './cpp.mjs';
import { rules } from './rules/index.mjs';
import { fileOf, treeOf } from './tree.mjs';

const head = '// Boat – what sails; for the tests of tidy.\n';
const found = (rule, texts) => rules.find((r) => r.name === rule).check(treeOf(texts)).map((f) => `${f.path}:${f.line ?? 0}:${f.word}`);
const include = (target) => `${head}#include ${target}\n`;

test('comments, strings and characters are blanked and lines keep their number', () => {
    const code = withoutCommentsAndStrings('int a = 1\'000; // new\nauto s = "delete x"; /* a\nb */ char c = \'"\'; R"(system()\n)";\n');
    assert.equal(code.split('\n').length, 5);
    assert.ok(!/new|delete|system/.test(code));
    assert.ok(code.includes("1'000"));
});

test('identifiers fall apart into words', () => {
    assert.deepEqual(wordsOf('HTTPServer next_dealStage2 misleading').map((w) => w.word), ['http', 'server', 'next', 'deal', 'stage', 'misleading']);
});

test('functions are found by their braces', () => {
    const file = fileOf('src/base/a.cpp', 'namespace x {\nint f()\n{\n    if (a) {\n    }\n}\nstruct S {\n    int g()\n    {\n        return 1;\n    }\n};\n}\n');
    assert.deepEqual(functions(file).map((f) => f.length), [2, 1]);
});

test('an include may point down but not up or aside', () => {
    const tree = { 'src/base/b.h': head, 'src/engine/e.h': head, 'src/exchange/x.h': head, 'src/store/ok.cpp': include('"base/b.h"'), 'src/store/up.cpp': include('"engine/e.h"'),
        'src/store/aside.cpp': include('"exchange/x.h"'), 'src/store/gone.cpp': include('"base/none.h"'), 'src/store/near.cpp': include('"b.h"') };
    assert.deepEqual(found('arrows', tree), ['src/store/up.cpp:2:engine/e.h', 'src/store/aside.cpp:2:exchange/x.h', 'src/store/gone.cpp:2:base/none.h', 'src/store/near.cpp:2:b.h']);
});

test('a room may look to the left alone', () => {
    const tree = { 'src/sales/org/o.h': head, 'src/sales/process/p.h': include('"sales/org/o.h"'), 'src/sales/org/bad.cpp': include('"sales/process/p.h"'),
        'src/sales/rooms.cpp': include('"sales/process/p.h"') };
    assert.deepEqual(found('arrows', tree), ['src/sales/org/bad.cpp:2:sales/process/p.h']);
});

test('foreign libraries stay behind their fence', () => {
    const tree = { 'src/serve/edge.cpp': include('<boost/beast/http.hpp>'), 'src/serve/routes.cpp': include('<boost/asio.hpp>'), 'src/base/pattern.cpp': include('<regex>'),
        'src/serve/json.cpp': include('<boost/json.hpp>'), 'src/engine/db.cpp': include('<sqlite3.h>') };
    assert.deepEqual(found('arrows', tree), ['src/serve/routes.cpp:2:boost/asio.hpp', 'src/base/pattern.cpp:2:regex', 'src/engine/db.cpp:2:sqlite3.h']);
});

test('only engine hands units to the store', () => {
    const call = `${head}void f() { store_->submit(a, b); }\n`;
    assert.deepEqual(found('writer', { 'src/engine/a.cpp': call, 'src/store/b.cpp': call, 'src/serve/c.cpp': call, 'src/sales/org/d.cpp': `${head}// store.write(x)\n` }), ['src/serve/c.cpp:2:submit']);
});

test('a sales word is found in names, comments and strings of the machinery and nowhere else', () => {
    const tree = { 'src/engine/a.h': `${head}struct DealList {};\n// leads\nauto s = "客户";\n`, 'src/sales/org/b.h': `${head}struct Deal {};\n`, 'src/base/c.h': `${head}// misleading, ideal, accountable\n` };
    assert.deepEqual(found('words', tree), ['src/engine/a.h:2:deal', 'src/engine/a.h:3:lead', 'src/engine/a.h:4:客户']);
});

test('a defined name must stand in the glossary in both languages', () => {
    const book = '| 中文 | English | code |\n|---|---|---|\n| 金额 | Amount | `amount` |\n| | Half | `half` |\n';
    const tree = { 'docs/glossary.md': book, 'src/sales/process/deal/deal_object.cpp': `${head}{.name = "amount"}, {.name = "amuont"},\n`, 'src/engine/other.cpp': `${head}{.name = "free"}\n` };
    assert.deepEqual(found('glossary', tree), ['docs/glossary.md:4:half', 'src/sales/process/deal/deal_object.cpp:2:amuont']);
});

test('a code without a sentence is found once, comments excepted', () => {
    const tree = { 'src/serve/problem_table.cpp': `${head}    {"required", 422, {"缺", "missing"}},\n`,
        'src/record/a.cpp': `${head}return refuse("required", "x");\nreturn refuse("odd");\n// refuse("told")\nProblem{.code = "strange"}; Problem{"odd"};\n` };
    assert.deepEqual(found('codes', tree), ['src/record/a.cpp:3:odd', 'src/record/a.cpp:5:strange']);
});

test('banned calls are found in code and not in comments, strings or deleted functions', () => {
    const body = ['auto* a = new Boat;', 'delete a;', 'Boat(const Boat&) = delete;', 'popen("ls", "r");', '// new boat, system("x")', 'error.system();', 'std::system(cmd);', 'sprintf(b, "");'];
    assert.deepEqual(found('banned', { 'src/base/a.cpp': `${head}${body.join('\n')}\n` }).map((f) => f.split(':').slice(1).join(':')), ['2:new', '3:delete', '9:sprintf', '8:system', '5:popen']);
});

test('a test neither sleeps nor skips', () => {
    assert.deepEqual(found('banned', { 'src/base/a_test.cpp': 'std::this_thread::sleep_for(1s);\nGTEST_SKIP();\n', 'src/base/b.cpp': `${head}std::this_thread::sleep_for(1s);\n` }),
        ['src/base/a_test.cpp:1:sleep', 'src/base/a_test.cpp:2:skipped test']);
});

test('unfinished words are found in any prose', () => {
    const word = 'TO' + 'DO';
    assert.deepEqual(found('banned', { 'docs/a.md': `fine\n${word}: later\n` }), [`docs/a.md:2:${word}`]);
});

test('files over 500 and functions over 60 lines are too long, tables in tests excepted', () => {
    const body = (n) => `void f()\n{\n${'    g();\n'.repeat(n)}}\n`;
    assert.deepEqual(found('sizes', { 'src/base/a.cpp': head + body(61), 'src/base/b.cpp': head + body(60), 'src/base/c_test.cpp': body(70).replace('void f()', 'TEST("x")'), 'web/src/d.ts': '\n'.repeat(501) }),
        ['src/base/a.cpp:2:function', 'web/src/d.ts:0:file']);
});

test('headers and lone sources need a head; a source beside its header and a test do not', () => {
    const bare = '#include <string>\n';
    assert.deepEqual(found('heads', { 'src/base/a.h': bare, 'src/base/b.h': head, 'src/base/b.cpp': bare, 'src/base/c.cpp': bare, 'src/base/d_test.cpp': bare }), ['src/base/a.h:1:head', 'src/base/c.cpp:1:head']);
});

test('places of a machine and papers from elsewhere are found', () => {
    const home = ['', 'home', 'li', 'x'].join('/');
    assert.equal(found('places', { 'docs/a.md': `see ${home}\nsee docs/home/x\n`, 'x.txt': `${'https:'}//${'registry.example'}.org/\n`, 'y.h': `// as ${'QUALITY'} §3 says; STYLE of D3\n` }).length, 3);
});

test('white space at the end of a line, tabs and carriage returns are found, data files excepted', () => {
    assert.deepEqual(found('white', { 'a.md': 'x \n\ty\nz\r\nw', 'tests/data/b.txt': 'x \n', 'c.md': 'ok\n' }), ['a.md:1:white', 'a.md:2:white', 'a.md:3:white', 'a.md:4:white']);
});

test('an exception needs a reason and a use', () => {
    const results = [{ rule: { name: 'words' }, findings: [{ path: 'a.h', line: 1, word: 'deal', what: '', cure: '' }] }];
    const list = '# list\nwords a.h deal  # a name of the outside world\n';
    assert.equal(judge(results, parseAllowances(list)).findings.length, 0);
    assert.equal(judge(results, parseAllowances('words a.h deal\n')).findings.length, 2);
    assert.deepEqual(judge([], parseAllowances(list)).findings.map((f) => f.line), [2]);
});
