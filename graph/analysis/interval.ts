/** A figure that is known only between two bounds, both inclusive; equal where it is exact. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
