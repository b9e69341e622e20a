/**
 * Functions that libraries of ours call and that are younger than the oldest browsers the build is made for (Chrome 87,
 * Safari 14). The build lowers syntax and adds no functions; what else is young, ESLint keeps out of our sources.
 */

type Owner = Record<string, unknown>;

function add(owner: object, name: string, value: (...what: never[]) => unknown): void {
  if (typeof (owner as Owner)[name] === 'function') return;
  Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  const place = Math.trunc(index) || 0;
  return this[place < 0 ? this.length + place : place];
}

/** Adds what is missing to a world: that of a page or of a worker. */
export function addMissing(world: {
  Array: ArrayConstructor;
  Object: ObjectConstructor;
  String: StringConstructor;
}): void {
  add(world.Array.prototype, 'at', at);
  add(world.String.prototype, 'replaceAll', function (this: string, sought: string, put: string) {
    return this.split(sought).join(put);
  });
  add(world.Object, 'hasOwn', (owner: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(owner, name));
}

addMissing(globalThis);
