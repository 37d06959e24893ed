// /settings/security: how one signs in, where one is signed in, and which programs come in one's name.
import { knocksQuery } from '../../../api/access.ts';
import { t } from '../../../i18n/i18n.ts';
import { Head } from '../head.tsx';
import { DevicesPart } from './devices.tsx';
import { IdentitiesPart } from './identities.tsx';
import { PasswordPart } from './password.tsx';
import { SecondFactorPart } from './second-factor.tsx';
import { SignInsPart } from './sign-ins.tsx';
import { TokensPart } from './tokens.tsx';

export function SecuritySection() {
  return (
    <>
      <Head title={t('settings.security')} help={t('settings.security_help')} />
      <PasswordPart />
      <SecondFactorPart />
      <IdentitiesPart />
      <DevicesPart />
      <SignInsPart query={knocksQuery} help={t('settings.sign_ins_help')} />
      <TokensPart />
    </>
  );
}
