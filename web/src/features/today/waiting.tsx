// 等我审批: what others cannot go on with until this member says yes or no. Nothing is shown where nothing waits.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { waitingQuery } from '../../api/approvals.ts';
import { useCatalogue } from '../../api/describe.ts';
import { moreWords } from '../../i18n/i18n.ts';

const WaitingList = lazy(async () => {
  const [room] = await Promise.all([import('./waiting-list.tsx'), moreWords('approval')]);
  return { default: room.WaitingList };
});

export function WaitingPanel() {
  const approvals = useCatalogue().object('approval');
  const { data: page } = useQuery({ ...waitingQuery, enabled: !!approvals });
  // What was decided last is still said when nothing waits any more.
  const [isDue, setDue] = useState(false);
  if (!isDue && page && page.data.length > 0) setDue(true);
  return isDue ? (
    <Suspense fallback={null}>
      <WaitingList page={page} />
    </Suspense>
  ) : null;
}
