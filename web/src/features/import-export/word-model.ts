// The words of a column and what becomes of them.
import type { Field, Id } from '../../api/types.ts';
import type { PlanField } from './import-model.ts';

// A column and the file it stands in.
export type ColumnPlace = {
  heading: string;
  file: Id | undefined;
  sheet: string;
  encoding: string;
  delimiter: string;
  empty: string[];
};

// `value` is what the field reads the word as; null where it cannot.
export type ColumnWord = { word: string; rows: number; value: unknown };
export type ColumnWords = { words: ColumnWord[]; empty: number; more: boolean };

// What a word of the file becomes: '' is nothing, null leaves it as it is.
export function changeValue(values: PlanField['values'], from: string, to: string | null): PlanField['values'] {
  const others = Object.fromEntries(Object.entries(values).filter(([word]) => !alike(word, from)));
  return to === null ? others : { ...others, [from]: to };
}

// The server compares words without case, width and outer space.
const plain = (word: string): string => word.normalize('NFKC').trim().toLowerCase();
export const alike = (one: string, other: string): boolean => plain(one) === plain(other);

export const valueOf = (values: PlanField['values'], word: string): string | undefined =>
  Object.entries(values).find(([from]) => alike(from, word))?.[1];

// The words a person maps: those already mapped, then those seen in the file.
export const mappable = (field: PlanField, seen: string[]): string[] => [
  ...seen,
  ...Object.keys(field.values).filter((from) => !seen.some((word) => alike(word, from))),
];

// What a word comes to, by the plan and the server's reading of it; the unknown ones are what a person has to decide.
export type WordFate = 'mapped' | 'empty' | 'known' | 'unknown';
export function fateOf(
  field: PlanField,
  empty: string[],
  { word, value }: Pick<ColumnWord, 'word' | 'value'>,
): WordFate {
  const to = valueOf(field.values, word);
  if (to !== undefined) return to === '' ? 'empty' : 'mapped';
  if (empty.some((one) => alike(one, word))) return 'empty';
  return value === null || value === undefined ? 'unknown' : 'known';
}

// A choice as the plan names it: its key, or a label of it.
export const choiceNamed = (field: Field, word: string): string | null =>
  field.choices?.find((one) => [one.key, one.label.zh, one.label.en].includes(word))?.key ?? null;
