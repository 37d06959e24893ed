// The one place that plugs features into the generic record screens.
import { lazy } from 'react';
import { moreWords } from '../i18n/i18n.ts';
import { plugEmptyOffer, plugVerbDialog } from '../records/slots.ts';

const DecisionDialog = lazy(async () => {
  const [room] = await Promise.all([import('../records/approval/decision-dialog.tsx'), moreWords('approval')]);
  return { default: room.DecisionDialog };
});

export function wire() {
  for (const verb of ['grant', 'refuse', 'withdraw']) plugVerbDialog('approval', verb, DecisionDialog);
  plugEmptyOffer(
    lazy(async () => {
      const [room] = await Promise.all([import('../features/demo/demo-offer.tsx'), moreWords('demo')]);
      return { default: room.DemoOffer };
    }),
  );
  plugVerbDialog(
    'lead',
    'convert',
    lazy(() => import('../features/process/convert-dialog.tsx').then((room) => ({ default: room.ConvertDialog }))),
  );
}
