const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of the first day of `date` (YYYY, YYYY-MM or YYYY-MM-DD). */
export function firstDay(date: string): number {
  const [year, month, day] = parts(date);
  return Date.UTC(year, (month ?? 1) - 1, day ?? 1) / DAY_MS;
}

/** Days since 1970-01-01 of the last day of `date` (YYYY, YYYY-MM or YYYY-MM-DD). */
export function lastDay(date: string): number {
  const [year, month, day] = parts(date);
  if (day !== undefined) return firstDay(date);
  return (month === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1)) / DAY_MS - 1;
}

/** Days since 1970-01-01 of this day, UTC. */
export function currentDay(): number {
  return Math.floor(Date.now() / DAY_MS);
}

function parts(date: string): readonly [number, number | undefined, number | undefined] {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(date))
    throw new RangeError(`${date} is no date: write YYYY, YYYY-MM or YYYY-MM-DD`);
  const [year, month, day] = date.split("-").map(Number);
  return [year!, month, day];
}
