import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endSecondFactor, renewRecovery, secondFactorQuery } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Part } from './part.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { RecoveryDialog } from './recovery-dialog.tsx';
import styles from './security.module.css';
import { SecondFactorDialog } from './second-factor-dialog.tsx';

// So few recovery codes are soon none.
const few = 2;

export function SecondFactorPart() {
  const client = useQueryClient();
  const { data, error } = useQuery(secondFactorQuery);
  const [dialog, setDialog] = useState<'begin' | 'end' | 'renew' | null>(null);
  const close = () => setDialog(null);
  const end = async (password: string) => {
    await endSecondFactor(client, password);
    toast(t('settings.factor.ended'), 'good');
    close();
  };
  return (
    <Part
      title={
        <>
          {t('settings.factor')}
          {data ? (
            <Tag tone={data.on ? 'good' : 'plain'}>{t(data.on ? 'settings.factor.on' : 'settings.factor.off')}</Tag>
          ) : null}
        </>
      }
      help={t('settings.factor_help')}
      deed={
        data ? (
          <Button look={data.on ? 'plain' : 'primary'} onPress={() => setDialog(data.on ? 'end' : 'begin')}>
            {t(data.on ? 'settings.factor.end' : 'settings.factor.begin')}
          </Button>
        ) : null
      }
    >
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {data || error ? null : <Skeleton lines={2} />}
      {data?.on ? <RecoveryLeft left={data.recovery_left} onRenew={() => setDialog('renew')} /> : null}
      {dialog === 'begin' ? <SecondFactorDialog onClose={close} /> : null}
      {dialog === 'renew' ? <RenewDialog onClose={close} /> : null}
      {dialog === 'end' ? (
        <PasswordDialog
          title={t('settings.factor.end')}
          help={t('settings.factor.end_help')}
          deed={t('settings.factor.end')}
          look="danger"
          onClose={close}
          onSend={end}
        />
      ) : null}
    </Part>
  );
}

function RecoveryLeft({ left, onRenew }: { left: number; onRenew: () => void }) {
  return (
    <div className={styles.left}>
      {left > few ? (
        <p className={styles.quiet}>{t('settings.factor.left', { shown: count(left) })}</p>
      ) : (
        <Notice tone="warn">{t('settings.factor.few', { count: left, shown: count(left) })}</Notice>
      )}
      <Button onPress={onRenew}>{t('settings.factor.renew')}</Button>
    </div>
  );
}

function RenewDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { send, busy, refusal } = useSend();
  const end = () => {
    toast(t('settings.factor.renewed'), 'good');
    onClose();
  };
  if (codes) return <RecoveryDialog codes={codes} onClose={end} />;
  return (
    <FormDialog
      title={t('settings.factor.renew')}
      size="small"
      refusals={refusal ? [sentence(refusal)] : []}
      deed={t('settings.factor.renew')}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(async () => setCodes(await renewRecovery(client)))}
    >
      <p>{t('settings.factor.renew_help')}</p>
    </FormDialog>
  );
}
