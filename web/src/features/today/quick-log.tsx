// Writing down from anywhere: where one just was is offered first, which also serves without a line.
import { LogDialog } from './log-dialog.tsx';
import { useDays } from './use-days.ts';
import type { About, Subject } from './use-log.ts';

export type Recent = { object: string; id: string; name: string };

const subjects: Subject[] = ['account', 'deal', 'lead'];
const offered_max = 6;

export function QuickLog({ kind, recent, onClose }: { kind: string; recent: Recent[]; onClose: () => void }) {
  const { days } = useDays();
  const offered = recent
    .flatMap(({ object, id, name }): About[] => {
      const subject = subjects.find((one) => one === object);
      return subject ? [{ object: subject, id: { id, name } }] : [];
    })
    .slice(0, offered_max);
  return <LogDialog kind={kind} offered={offered} days={days} onClose={onClose} />;
}
