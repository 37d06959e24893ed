// Parts of a list that its rows need not wait for.
import { lazy } from 'react';
import { moreWords } from '../../i18n/i18n.ts';

export const BulkBar = lazy(() =>
  Promise.all([import('./bulk-bar.tsx'), moreWords('bulk')]).then(([room]) => ({ default: room.BulkBar })),
);
export const PasteDialog = lazy(() =>
  Promise.all([import('./paste-dialog.tsx'), moreWords('bulk')]).then(([room]) => ({ default: room.PasteDialog })),
);
export const CreateDialog = lazy(() =>
  import('../form/create-dialog.tsx').then((room) => ({ default: room.CreateDialog })),
);
export const JumpForm = lazy(() => import('./jump-form.tsx').then((room) => ({ default: room.JumpForm })));
export const ListTools = lazy(() => import('./list-tools.tsx').then((room) => ({ default: room.ListTools })));
export const ListMenu = lazy(() =>
  import('../../actions/action-menu.tsx').then((room) => ({ default: room.ActionMenu })),
);
