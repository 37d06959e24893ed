// The dialog of a gate that is not met, with its words and those of what may be asked for there, once somebody meets one.
import { lazy } from 'react';
import { moreWords } from '../../i18n/i18n.ts';

export const GateDialog = lazy(async () => {
  const [room] = await Promise.all([import('./gate-dialog.tsx'), moreWords('approval')]);
  return { default: room.GateDialog };
});
