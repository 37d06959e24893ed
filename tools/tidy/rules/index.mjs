// The rules, in the order in which they are reported.
import arrows from './arrows.mjs';
import banned from './banned.mjs';
import codes from './codes.mjs';
import glossary from './glossary.mjs';
import heads from './heads.mjs';
import places from './places.mjs';
import sizes from './sizes.mjs';
import white from './white.mjs';
import words from './words.mjs';
import writer from './writer.mjs';

export const rules = [arrows, writer, words, glossary, codes, banned, sizes, heads, places, white];
