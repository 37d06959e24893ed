// Which process, and in which order the cards lie.
import type { Board } from '../../api/board.ts';
import type { ObjectDef } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import type { MessageId } from '../../i18n/ids.ts';
import { Select } from '../../ui/field/select.tsx';
import styles from './board.module.css';
import { sortsOf } from './board-model.ts';

const names: { [sort: string]: MessageId } = {
  '-amount': 'board.sort.amount',
  '-stage_entered_at': 'board.sort.newest',
  stage_entered_at: 'board.sort.longest',
  next_step_on: 'board.sort.next_step',
  expected_on: 'board.sort.expected',
};

type Props = {
  object: ObjectDef;
  board: Board | undefined;
  sort: string;
  onSort: (sort: string) => void;
  onProcess: (process: string) => void;
};

export function BoardTools({ object, board, sort, onSort, onProcess }: Props) {
  const offered = sortsOf(object);
  // The order of the list one came from stays until another is chosen.
  const sorts = offered.includes(sort) ? offered : [sort, ...offered];
  return (
    <div className={styles.tools}>
      {board && board.processes.length > 1 ? (
        <Select
          aria-label={t('board.process')}
          options={board.processes.map(({ id, name }) => ({ key: id, label: name }))}
          value={board.process.id}
          onChange={(key) => key && onProcess(key)}
        />
      ) : null}
      <Select
        aria-label={t('board.sort')}
        options={sorts.map((key) => ({ key, label: t(names[key] ?? 'board.sort.list') }))}
        value={sort}
        onChange={(key) => key && onSort(key)}
      />
    </div>
  );
}
