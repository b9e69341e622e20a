/** Values as an address has them; what it does not say, or says in another form, is not asked. */
export const listOf = (search: URLSearchParams, name: string) => search.getAll(name).filter((value) => value !== '');
export const flagOf = (search: URLSearchParams, name: string) => {
  const value = search.get(name);
  return value === '1' ? true : value === '0' ? false : null;
};
export const numberOf = (search: URLSearchParams, name: string) => {
  const text = search.get(name);
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};
export const oneOf = <Value extends string>(allowed: readonly Value[], value: string | null): Value | null =>
  allowed.find((candidate) => candidate === value) ?? null;

export const dayOf = (search: URLSearchParams, name: string) => {
  const text = search.get(name) ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
};
