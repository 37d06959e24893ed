// The one-time link by which a member sets a password.
import { t } from '../../../i18n/i18n.ts';
import { ShownOnceDialog } from '../shown-once-dialog.tsx';
import type { InvitationLink } from './people-api.ts';

type Props = { name: string; email: string; invitation: InvitationLink; onClose: () => void };

export function LinkDialog({ name, email, invitation: { link, days, isMailed }, onClose }: Props) {
  return (
    <ShownOnceDialog
      title={t('settings.member.link_title', { name })}
      label={t('settings.member.link')}
      copy={t('settings.member.copy')}
      text={link}
      help={isMailed ? t('settings.member.mailed_help', { email, days }) : t('settings.member.link_help', { days })}
      onClose={onClose}
    />
  );
}
