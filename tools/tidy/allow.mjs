// allow – exceptions, each with its reason, in allow.txt:  <rule> <path> <word or *>  # reason
// An exception nobody needs any more is a finding itself, so the list can only shrink.

const file = 'tools/tidy/allow.txt';

export function parseAllowances(text) {
    return text.split('\n').flatMap((line, i) => {
        if (!line.trim() || line.startsWith('#')) return [];
        const [, rule, path, word, reason] = /^(\S+)\s+(\S+)\s+(\S+)\s+#\s*(.+)$/.exec(line) ?? [];
        return [{ rule, path, word, reason, line: i + 1, used: false }];
    });
}

export const readAllowances = (tree) => parseAllowances(tree.find(file)?.text ?? '');

export function judge(results, allowances) {
    const findings = [];
    let broken = 0;
    for (const { rule, findings: raw } of results) {
        const kept = raw.filter((f) => {
            const pass = allowances.find((a) => a.rule === rule.name && a.path === f.path && (a.word === '*' || a.word === f.word));
            if (pass) pass.used = true;
            return !pass;
        });
        findings.push(...kept.map((f) => ({ rule: rule.name, ...f })));
        if (kept.length > 0) ++broken;
    }
    const stale = allowances.filter((a) => !a.used || !a.reason);
    findings.push(...stale.map((a) => ({ rule: 'allow', path: file, line: a.line, what: a.reason ? `nothing needs the exception for ${a.path} any more` : 'an exception without a reason',
        cure: a.reason ? 'delete the line' : 'write <rule> <path> <word or *>  # reason' })));
    if (stale.length > 0) ++broken;
    return { findings, broken, checks: results.length + 1 };
}
