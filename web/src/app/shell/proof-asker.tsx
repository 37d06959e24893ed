// Some changes ask again who makes them. Whatever was sent waits meanwhile, and its form keeps what was typed.
import { Suspense, useEffect, useState } from 'react';
import { onProof } from '../../api/client.ts';
import { moreWords } from '../../i18n/i18n.ts';
import { part } from '../../lib/part.ts';

const { Part: ProofDialog } = part(() =>
  Promise.all([import('./proof-dialog.tsx'), moreWords('door')]).then(([room]) => room.ProofDialog),
);

export function ProofAsker() {
  const [answer, setAnswer] = useState<((given: boolean) => void) | null>(null);
  useEffect(() => onProof(() => new Promise((given) => setAnswer(() => given))), []);
  if (!answer) return null;
  const end = (given: boolean) => {
    setAnswer(null);
    answer(given);
  };
  return (
    <Suspense fallback={null}>
      <ProofDialog onClose={() => end(false)} onGiven={() => end(true)} />
    </Suspense>
  );
}
