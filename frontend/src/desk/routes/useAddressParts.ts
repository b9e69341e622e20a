import { useSearchParams } from 'react-router';

/** What the address asks, and a way to change parts of it; null takes a part out. Going back leaves the page. */
export function useAddressParts() {
  const [search, setSearch] = useSearchParams();
  const change = (parts: Record<string, string | null>) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        for (const [name, value] of Object.entries(parts)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return { search, change };
}
