// writer – one door to the writer: only engine (and store itself, with the proofs of tests/faults) hands units to a store, so rights, ledger and gates hold on every path.
import { floorOf, isCpp, lineAt } from '../tree.mjs';

const call = /\bstore\w*(?:\(\))?\s*(?:\.|->)\s*(submit|write|rehearse)\s*\(/gi;

export default {
    name: 'writer',
    check: ({ files }) => files.filter((f) => isCpp(f) && !['engine', 'store'].includes(floorOf(f.path)) && !f.path.startsWith('tests/faults/')).flatMap((file) =>
        [...file.code.matchAll(call)].map((m) => ({ path: file.path, line: lineAt(file.code, m.index), word: m[1], what: `a second caller of the writer: ${m[0].trim()}…)`,
            cure: "call the engine's verb for it (src/engine); what has no verb yet gets one there" }))),
};
