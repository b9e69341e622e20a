import { type ComponentType, lazy } from 'react';

/** A page that is loaded when it is opened, by its name: there are no default exports here. */
export function lazyNamed<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }));
}
