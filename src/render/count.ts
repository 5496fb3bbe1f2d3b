// Numbers, counted things and spans of time as people read them; the same in every locale (law 9).

/** Thousands apart: `20,000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 page`, `12 pages`; the plural is made with an s unless given. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** `45 s`, `20 min`, `3 h 10 min`: as exact as it is worth knowing. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const left = minutes % 60;
  return `${grouped(Math.floor(minutes / 60))} h${left === 0 ? '' : ` ${left} min`}`;
}
