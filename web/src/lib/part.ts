// A part of the app that loads when it is needed, or before, once there is time. One that is there already is drawn at once:
// React holds back whatever had to wait, for 300 ms, however short the wait was.
import { type ComponentType, createElement, type FunctionComponent, lazy, useState } from 'react';

export function part<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let there: ComponentType<Props> | undefined;
  const fetched = () =>
    load().then((component) => {
      there = component;
      return { default: component };
    });
  const Later = lazy(fetched) as unknown as ComponentType<Props>;
  const Part: FunctionComponent<Props> = (props) => {
    const [Shown] = useState<ComponentType<Props>>(() => there ?? Later);
    return createElement(Shown, props);
  };
  return { Part, fetch: () => void fetched().catch(() => {}) };
}
