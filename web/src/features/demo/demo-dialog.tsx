// Before the invented company comes or goes: what that means, and what stays.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { fillDemo, removeDemo } from '../../api/demo.ts';
import { keys } from '../../api/query-keys.ts';
import { t } from '../../i18n/i18n.ts';
import { AskDialog } from '../../records/form/ask-dialog.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './demo.module.css';

export function DemoDialog({ deed, onClose }: { deed: 'fill' | 'remove'; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const submit = async () => {
    await (deed === 'fill' ? fillDemo() : removeDemo());
    toast(t(`demo.${deed}.begun`), 'good', undefined, {
      label: t('demo.follow'),
      run: () => void navigate({ to: '/notifications', search: { tab: 'jobs' } }),
    });
    void client.invalidateQueries({ queryKey: keys.demo });
  };
  const lines = deed === 'fill' ? (['what', 'who', 'back'] as const) : (['what', 'stays', 'members'] as const);
  return (
    <AskDialog
      title={t(`demo.${deed}.title`)}
      deed={t(`demo.${deed}.do`)}
      look={deed === 'fill' ? 'primary' : 'danger'}
      onClose={onClose}
      onSend={submit}
    >
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{t(`demo.${deed}.${line}` as 'demo.fill.what')}</li>
        ))}
      </ul>
    </AskDialog>
  );
}
