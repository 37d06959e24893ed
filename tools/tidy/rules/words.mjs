// words – the machinery knows no sales word: not in a name, a comment or a string.
//
// Not on the list, on purpose: stage (objects may be staged; the stage engine itself lives in sales/process), owner, member,
// team (machinery's own, D27), activity, product, order, quote (CSV quotes its fields), contract (what a header is).
import { floorOf, isCpp } from '../tree.mjs';
import { wordsOf } from '../cpp.mjs';

const machinery = new Set(['base', 'record', 'formula', 'store', 'column', 'exchange', 'engine']);

const english = ['account', 'campaign', 'commission', 'contact', 'customer', 'deal', 'funnel', 'lead', 'negotiation', 'opportunity', 'pipeline', 'prospect', 'quota',
    'quotation', 'sales', 'salesperson', 'seller', 'upsell'];
const chinese = ['商机', '线索', '客户', '联系人', '销售', '赢单', '输单', '公海', '回款', '报价', '合同', '漏斗', '撞单', '提成'];

const plural = (word) => (word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`);
const known = new Map(english.flatMap((word) => [[word, word], [plural(word), word]]));

const finding = (file, line, word) => ({ path: file.path, line, word, what: `the sales word "${word}" in ${floorOf(file.path)}/`,
    cure: 'say it without the business (record, owner, boat, harbour, voyage …), or move the thing to its room in sales/' });

export default {
    name: 'words',
    check: ({ files }) => files.filter((f) => isCpp(f) && machinery.has(floorOf(f.path))).flatMap((file) =>
        file.lines.flatMap((line, i) => [
            ...wordsOf(line).filter(({ word }) => known.has(word)).map(({ word }) => finding(file, i + 1, known.get(word))),
            ...chinese.filter((word) => line.includes(word)).map((word) => finding(file, i + 1, word)),
        ])),
};
