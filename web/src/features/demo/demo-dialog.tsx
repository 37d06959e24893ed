// Before the invented company comes or goes: what that means, and what stays.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { fillDemo, removeDemo } from '../../api/demo.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { t } from '../../i18n/i18n.ts';
import { FormDialog } from '../../records/form/form-dialog.tsx';
import { useSend } from '../../records/form/use-send.ts';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './demo.module.css';

export function DemoDialog({ deed, onClose }: { deed: 'fill' | 'remove'; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { send, busy, refusal } = useSend();
  const submit = async () => {
    await (deed === 'fill' ? fillDemo() : removeDemo());
    toast(t(`demo.${deed}.begun`), 'good', undefined, {
      label: t('demo.follow'),
      run: () => void navigate({ to: '/notifications', search: { tab: 'jobs' } }),
    });
    void client.invalidateQueries({ queryKey: keys.demo });
    onClose();
  };
  const lines = deed === 'fill' ? (['what', 'who', 'back'] as const) : (['what', 'stays', 'members'] as const);
  return (
    <FormDialog
      size="small"
      title={t(`demo.${deed}.title`)}
      refusals={refusal ? [sentence(refusal)] : []}
      deed={t(`demo.${deed}.do`)}
      look={deed === 'fill' ? 'primary' : 'danger'}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(submit)}
    >
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{t(`demo.${deed}.${line}` as 'demo.fill.what')}</li>
        ))}
      </ul>
    </FormDialog>
  );
}
