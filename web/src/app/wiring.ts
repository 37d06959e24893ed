// The one place that plugs features into the generic record screens.
import { lazy } from 'react';
import { plugVerbDialog } from '../records/slots.ts';

export function wire() {
  plugVerbDialog(
    'lead',
    'convert',
    lazy(() => import('../features/process/convert-dialog.tsx').then((room) => ({ default: room.ConvertDialog }))),
  );
}
