// All saved plans one may see: taken, renamed, given up.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { act, changeRecord, deleteRecord, fewQuery } from '../../api/records.ts';
import { useSession } from '../../api/session.ts';
import type { RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Empty, Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './import.module.css';
import { plans, take } from './take-plan.ts';
import type { ImportState } from './use-import.ts';

export function PlanList({ state, onClose }: { state: ImportState; onClose: () => void }) {
  const found = useQuery(fewQuery(plans, '', 200, 'name'));
  const rows = found.data?.data ?? [];
  return (
    <Dialog title={t('import.plans')} onClose={onClose} footer={<Button onPress={onClose}>{t('common.close')}</Button>}>
      {found.isError ? <Notice tone="bad">{sentence(found.error)}</Notice> : null}
      {found.isPending ? <Skeleton /> : null}
      {found.isSuccess && rows.length === 0 ? (
        <Empty title={t('import.plans_none')}>{t('import.plans_none_help')}</Empty>
      ) : null}
      <ul className={styles.plans} aria-label={t('import.plans')}>
        {rows.map((one) => (
          <PlanRow key={one.id} one={one} state={state} onClose={onClose} />
        ))}
      </ul>
    </Dialog>
  );
}

type RowProps = { one: RecordData; state: ImportState; onClose: () => void };

function PlanRow({ one, state, onClose }: RowProps) {
  const client = useQueryClient();
  const { member } = useSession();
  const name = String(one.name);
  const [typed, setTyped] = useState<string | null>(null);
  const isMine = one.owner?.id === member.id;
  const run = async (work: Promise<unknown>) => {
    try {
      await work;
      await client.invalidateQueries({ queryKey: keys.lists(plans) });
    } catch (error) {
      toast(sentence(error), 'bad');
    }
  };
  const rename = async () => {
    const next = typed?.trim();
    setTyped(null);
    if (next && next !== name) await run(changeRecord(plans, one.id, one.version, { name: next }));
  };
  const remove = () =>
    run(
      deleteRecord(plans, one.id, one.version).then(() => {
        if (state.saved?.id === one.id) state.change(() => ({ saved: null }));
        state.change((old) => ({ fits: old.fits.filter((fit) => fit.id !== one.id) }));
        toast(t('import.plan_removed', { name }), 'good', {
          label: t('common.undo'),
          run: () => void run(act(plans, one.id, 'restore', {})),
        });
      }),
    );
  if (typed !== null)
    return (
      <li>
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            void rename();
          }}
        >
          <TextInput aria-label={t('import.plan_name')} value={typed} onChange={setTyped} autoFocus />
          <Button compact type="submit" isDisabled={typed.trim() === ''}>
            {t('common.save')}
          </Button>
          <Button compact look="quiet" onPress={() => setTyped(null)}>
            {t('common.cancel')}
          </Button>
        </form>
      </li>
    );
  return (
    <li className={styles.line}>
      <span className={styles.planName}>
        {name}
        <span className={styles.about}> {isMine ? t('import.plan_mine') : one.owner?.name}</span>
      </span>
      <span className={styles.push} />
      <Button
        compact
        isDisabled={state.files.length === 0}
        aria-label={t('import.plan_take', { name })}
        onPress={() => void take(state, { id: one.id, name }).then(onClose)}
      >
        {t('import.plan_use')}
      </Button>
      {isMine ? (
        <>
          <Button
            compact
            look="quiet"
            aria-label={t('import.plan_rename_named', { name })}
            onPress={() => setTyped(name)}
          >
            {t('import.plan_rename')}
          </Button>
          <IconButton compact label={t('import.plan_remove', { name })} onPress={() => void remove()}>
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        </>
      ) : null}
    </li>
  );
}
