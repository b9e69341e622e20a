export type FileLimits = {
  count: number;
  sizeBytes: number;
  /** MIME types or endings, as `<input accept>` takes them: `image/*`, `.xlsx`. */
  accept: readonly string[];
};

export type Unfit = { file: File; why: 'tooMany' | 'tooLarge' | 'wrongKind' | 'empty' };

function isAccepted({ name, type }: File, accept: readonly string[]): boolean {
  return accept.some((each) => {
    if (each.startsWith('.')) return name.toLowerCase().endsWith(each.toLowerCase());
    return each.endsWith('/*') ? type.startsWith(each.slice(0, -1)) : type === each;
  });
}

/** Which of the chosen files can be sent, and why the others cannot, before a byte of them is. */
export function sortFiles(
  files: readonly File[],
  limits: FileLimits,
  present: number,
): { fit: File[]; unfit: Unfit[] } {
  const fit: File[] = [];
  const unfit: Unfit[] = [];
  for (const file of files) {
    if (!isAccepted(file, limits.accept)) unfit.push({ file, why: 'wrongKind' });
    else if (file.size === 0) unfit.push({ file, why: 'empty' });
    else if (file.size > limits.sizeBytes) unfit.push({ file, why: 'tooLarge' });
    else if (present + fit.length >= limits.count) unfit.push({ file, why: 'tooMany' });
    else fit.push(file);
  }
  return { fit, unfit };
}
