// What an administrator takes from a member and cannot give back, asked first.
import { endSecondFactorOf, endSessionsOf } from '../../../api/access.ts';
import { t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { toast } from '../../../ui/toast/toast.tsx';
import type { Member } from './people-api.ts';

const deeds = { sessions: endSessionsOf, second_factor: endSecondFactorOf };
export type MemberDeed = keyof typeof deeds;

type Props = { member: Member; deed: MemberDeed; onClose: () => void };

export function MemberDeedDialog({ member, deed, onClose }: Props) {
  const name = String(member.name);
  const { send, busy, errors, rest } = useSend();
  const take = async () => {
    await deeds[deed](member.id);
    toast(t(`settings.member.${deed}_taken`, { name }), 'good');
    onClose();
  };
  return (
    <FormDialog
      title={t(`settings.member.${deed}_title`, { name })}
      size="small"
      refusals={[...rest, ...Object.values(errors)]}
      deed={t(`settings.member.${deed}`)}
      look="danger"
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(take)}
    >
      <p>{t(`settings.member.${deed}_help`)}</p>
    </FormDialog>
  );
}
