import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { TextInput } from '../../ui/field/text-input.tsx';

type Props = {
  value: string;
  onChange: (password: string) => void;
  label?: string;
  error?: string;
  autoFocus?: boolean;
};

// The password of whoever is signed in. A browser that fills it in looks for the name it belongs to.
export function PasswordInput({ label, ...rest }: Props) {
  const { email } = useSession().member;
  return (
    <>
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <TextInput
        {...rest}
        label={label ?? t('auth.own_password')}
        type="password"
        autoComplete="current-password"
        isRequired
      />
    </>
  );
}
