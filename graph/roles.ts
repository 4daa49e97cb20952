/** What a caller may do, each including those before it. */
export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** True where `role` includes what `least` may do; nobody's role (null) includes nothing. */
export function includesRole(role: Role | null, least: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** The greatest role that a list names, or null where it names none. */
export function greatestRole(names: readonly unknown[]): Role | null {
  return ROLES.findLast((role) => names.includes(role)) ?? null;
}
