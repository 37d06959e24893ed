// The first steps with their words, which only those need who have not put them away.
import { lazy, Suspense } from 'react';
import { moreWords } from '../../i18n/i18n.ts';

const StepsPanel = lazy(async () => {
  const [room] = await Promise.all([import('./steps-panel.tsx'), moreWords('steps')]);
  return { default: room.StepsPanel };
});

export const FirstSteps = () => (
  <Suspense fallback={null}>
    <StepsPanel />
  </Suspense>
);
