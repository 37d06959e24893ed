import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { pseudoMessage, pseudoText } from '../../scripts/pseudo.mjs';

test('the pseudo-language is longer by two fifths and keeps values and choices', () => {
  expect(pseudoText('Save')).toBe('[Šáṽééx]');
  expect(pseudoText('Add a condition').length).toBeGreaterThanOrEqual(Math.ceil('Add a condition'.length * 1.4));
  expect(pseudoText('')).toBe('');
  const message = pseudoMessage(compileMessage('{count, plural, one {# row} other {# rows}} of {name}') as never);
  expect(JSON.stringify(message)).toContain('"count","plural"');
  expect(JSON.stringify(message)).toContain('["name"]');
  expect(JSON.stringify(message)).toContain('ŕóŵš');
});
