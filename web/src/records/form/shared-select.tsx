import { t } from '../../i18n/i18n.ts';
import { Select } from '../../ui/field/select.tsx';

type Props = { label: string; value: string; onChange: (shared: string) => void; error?: string };

// Who else may use a view or a plan.
export function SharedSelect({ onChange, ...rest }: Props) {
  return (
    <Select
      {...rest}
      onChange={(key) => onChange(key ?? 'me')}
      options={(['me', 'team', 'all'] as const).map((key) => ({ key, label: t(`views.shared.${key}`) }))}
    />
  );
}
