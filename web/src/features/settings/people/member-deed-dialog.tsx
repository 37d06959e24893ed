// What an administrator takes from a member and cannot give back, asked first.
import { endSecondFactorOf, endSessionsOf, unlockCodesOf } from '../../../api/access.ts';
import { t } from '../../../i18n/i18n.ts';
import { AskDialog } from '../../../records/form/ask-dialog.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import type { Member } from './people-api.ts';

const deeds = { sessions: endSessionsOf, code_lock: unlockCodesOf, second_factor: endSecondFactorOf };
export type MemberDeed = keyof typeof deeds;

type Props = { member: Member; deed: MemberDeed; onClose: () => void };

export function MemberDeedDialog({ member, deed, onClose }: Props) {
  const name = String(member.name);
  const take = async () => {
    await deeds[deed](member.id);
    toast(t(`settings.member.${deed}_taken`, { name }), 'good');
  };
  return (
    <AskDialog
      title={t(`settings.member.${deed}_title`, { name })}
      deed={t(`settings.member.${deed}`)}
      look="danger"
      onClose={onClose}
      onSend={take}
    >
      <p>{t(`settings.member.${deed}_help`)}</p>
    </AskDialog>
  );
}
