// The one place that plugs features into the generic record screens.
import { lazy } from 'react';
import { moreWords } from '../i18n/i18n.ts';
import { plugEmptyOffer, plugVerbDialog } from '../records/slots.ts';

export function wire() {
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
