// A language nobody speaks: English with accents, in brackets, two fifths longer. Where it is cut off or runs out of its box, German
// would too. It takes the place of English in a build of its own: SHANGDAO_PSEUDO=1 vite build --outDir dist-pseudo.
const plain = 'abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ';
const marked = 'áƀçðéƒğĥíĵķļɱñóþŕšţúṽŵẋýžÁƁÇÐÉƑĞĤÍĴĶĻṀÑÓÞŔŠŢÚṼŴẊÝŽ';
const longer = 0.4;
const word = 'éxtrá ';

const accented = (text) => text.replace(/[A-Za-z]/g, (letter) => marked[plain.indexOf(letter)] ?? letter);
const padding = (length) =>
  word
    .repeat(Math.ceil(length / word.length))
    .slice(0, length)
    .trimEnd();
export const pseudoText = (text) => {
  const more = padding(Math.ceil(text.trim().length * longer));
  return text.trim() === '' ? text : `[${accented(text)}${more.length > 3 ? ' ' : ''}${more}]`;
};

const letters = (tokens) => tokens.reduce((sum, token) => sum + (typeof token === 'string' ? token.length : 6), 0);

// Of a message compiled by Lingui: names and kinds of its values stay, the words of each choice change.
function accentedTokens(tokens) {
  return tokens.map((token) => {
    if (typeof token === 'string') return accented(token);
    const [name, type, more] = token;
    if (typeof more !== 'object') return token;
    const choices = Object.fromEntries(
      Object.entries(more).map(([choice, words]) => [choice, Array.isArray(words) ? accentedTokens(words) : words]),
    );
    return [name, type, choices];
  });
}

export const pseudoMessage = (tokens) => [
  '[',
  ...accentedTokens(tokens),
  ` ${padding(Math.ceil(letters(tokens) * longer))}]`,
];
