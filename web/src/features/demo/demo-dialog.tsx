// Before the invented company comes or goes: what that means, and what stays.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { fillDemo, removeDemo } from '../../api/demo.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './demo.module.css';

export function DemoDialog({ deed, onClose }: { deed: 'fill' | 'remove'; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await (deed === 'fill' ? fillDemo() : removeDemo());
      toast(t(`demo.${deed}.begun`), 'good', undefined, {
        label: t('demo.follow'),
        run: () => void navigate({ to: '/notifications', search: { tab: 'jobs' } }),
      });
      void client.invalidateQueries({ queryKey: keys.demo });
      onClose();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  const lines = deed === 'fill' ? (['what', 'who', 'back'] as const) : (['what', 'stays', 'members'] as const);
  return (
    <Dialog
      size="small"
      title={t(`demo.${deed}.title`)}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look={deed === 'fill' ? 'primary' : 'danger'} isDisabled={busy}>
            {t(`demo.${deed}.do`)}
          </Button>
        </>
      }
    >
      {refusal ? <Notice tone="bad">{sentence(refusal)}</Notice> : null}
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{t(`demo.${deed}.${line}` as 'demo.fill.what')}</li>
        ))}
      </ul>
    </Dialog>
  );
}
