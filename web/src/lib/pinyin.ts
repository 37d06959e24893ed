// Teaches lib/match.ts how characters are read, all readings, each as it is typed (lü as lv and as lu). The table weighs 18 kB:
// it comes with the palette, once nothing else is to be done, and serves every list that matches from then on.
import { readBy } from './match.ts';
import table from './readings.gen.json';

const readings = new Map<string, string[]>();
for (const [reading, characters] of Object.entries(table as { [reading: string]: string }))
  for (const one of characters) readings.set(one, [...(readings.get(one) ?? []), reading]);

readBy((character) => readings.get(character) ?? []);
