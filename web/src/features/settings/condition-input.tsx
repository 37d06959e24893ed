// A condition in the language of rules, checked by the server while it is typed.
import { useQuery } from '@tanstack/react-query';
import { isProblem } from '../../api/problem.ts';
import { formulaQuery } from '../../api/records.ts';
import type { ObjectDef } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { TextInput } from '../../ui/field/text-input.tsx';

type Props = {
  object: ObjectDef;
  label: string;
  help: string;
  value: string;
  error?: string;
  isRequired?: boolean;
  onChange: (text: string) => void;
};

export function ConditionInput({ object, label, help, value, error, isRequired, onChange }: Props) {
  const typed = value.trim();
  const rested = useRested(typed, 300);
  const check = useQuery({ ...formulaQuery(object.name, rested), enabled: rested !== '' });
  const refused =
    rested === typed && typed !== '' && isProblem(check.error)
      ? (check.error.items[0]?.say ?? check.error.message)
      : undefined;
  return (
    <TextInput
      label={label}
      help={help}
      error={refused ?? error}
      isRequired={isRequired}
      placeholder={t('settings.condition_example')}
      value={value}
      onChange={onChange}
    />
  );
}
