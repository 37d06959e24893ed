import type { ReactNode, Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField, type TextFieldProps } from 'react-aria-components/TextField';
import { classes } from '../classes.ts';
import styles from './field.module.css';

export type FieldFrame = { label?: string; help?: string; error?: string };

type Props = Omit<TextFieldProps, 'className' | 'children' | 'style'> &
  FieldFrame & {
    placeholder?: string;
    long?: boolean;
    rows?: number;
    number?: boolean;
    inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
  };

export function TextInput({ label, help, error, placeholder, long, rows, number, inputRef, ...rest }: Props) {
  return (
    <TextField {...rest} isInvalid={!!error} validationBehavior="aria" className={styles.field}>
      <FieldLabel label={label} required={rest.isRequired} />
      {long ? (
        <TextArea ref={inputRef} className={styles.input} placeholder={placeholder} rows={rows} />
      ) : (
        <Input ref={inputRef} className={classes(styles.input, number && styles.number)} placeholder={placeholder} />
      )}
      <FieldTail help={help} error={error} />
    </TextField>
  );
}

export const Star = () => (
  <span className={styles.star} aria-hidden="true">
    *
  </span>
);

export function FieldLabel({ label, required }: { label?: ReactNode; required?: boolean }) {
  if (!label) return null;
  return (
    <Label className={styles.label}>
      {label}
      {required ? <Star /> : null}
    </Label>
  );
}

export function FieldTail({ help, error }: { help?: string; error?: string }) {
  return (
    <>
      {help && !error ? (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      ) : null}
      <FieldError className={styles.error}>{error}</FieldError>
    </>
  );
}
