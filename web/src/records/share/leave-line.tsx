// Whoever was given it may give it back; what he may no longer see then, he cannot undo, so it is asked first.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { isProblem, sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { endShare, type Share } from '../../api/shares.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './share.module.css';

type Props = { object: ObjectDef; record: RecordData; share: Share; onLeft: () => void };

export function LeaveLine({ object, record, share, onLeft }: Props) {
  const client = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const giveBack = async () => {
    await endShare(client, object.plural, record.id, share.grantee.id);
    toast(t('share.left'), 'good');
    void client.invalidateQueries({ queryKey: keys.lists(object.plural) });
    // Asked past the cache: the page is not to fall over before it is left.
    const isSeen = await get(`/${object.plural}/${record.id}`).then(
      () => true,
      (error: unknown) => !isProblem(error, 404),
    );
    if (isSeen) await client.invalidateQueries({ queryKey: keys.record(object.plural, record.id) });
    else onLeft();
  };
  const leave = async () => {
    try {
      await giveBack();
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <div className={styles.leave}>
      {refusal ? <Notice tone="bad">{sentence(refusal)}</Notice> : null}
      {isAsked ? (
        <>
          <span role="status">{t('share.leave_ask')}</span>
          <Button onPress={() => setAsked(false)}>{t('common.cancel')}</Button>
          <Button look="danger" autoFocus onPress={() => void leave()}>
            {t('share.leave')}
          </Button>
        </>
      ) : (
        <Button onPress={() => setAsked(true)}>{t('share.leave')}</Button>
      )}
    </div>
  );
}
