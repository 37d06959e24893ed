// Copies a text. Where the browser lets nobody write to the clipboard – over plain HTTP –, it says so: the text can still be selected.
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';

export function CopyButton({ label, text }: { label: string; text: string }) {
  const [state, setState] = useState<'copied' | 'not_copied' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('not_copied');
    }
  };
  return (
    <Button onPress={() => void copy()}>
      <Copy size={14} aria-hidden="true" />
      <span aria-live="polite">{state ? t(`settings.${state}`) : label}</span>
    </Button>
  );
}
