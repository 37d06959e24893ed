// The few words the kit says itself; the app hands them in, so that ui/ knows no catalogue.
import { createContext, use } from 'react';

export type UiWords = {
  close: string;
  clear: string;
  choose: string;
  nothing: string;
  loading: string;
  required: string;
};

const Words = createContext<UiWords>({ close: '', clear: '', choose: '', nothing: '', loading: '', required: '' });
export const UiWordsProvider = Words;
export const useUiWords = () => use(Words);
