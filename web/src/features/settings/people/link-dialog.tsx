// The one-time link by which a member sets a password.
import { t } from '../../../i18n/i18n.ts';
import { ShownOnceDialog } from '../shown-once-dialog.tsx';

type Props = { name: string; link: string; days: number; onClose: () => void };

export function LinkDialog({ name, link, days, onClose }: Props) {
  return (
    <ShownOnceDialog
      title={t('settings.member.link_title', { name })}
      label={t('settings.member.link')}
      copy={t('settings.member.copy')}
      text={link}
      help={t('settings.member.link_help', { days })}
      onClose={onClose}
    />
  );
}
