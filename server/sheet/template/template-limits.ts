// Bounds of every label, whatever its template says. They are apart from the schema, so that a drawing thread starts
// without zod.

/** Below this, phones begin to lose symbols on plain paper (GS1 General Specifications §5.12.3.1). */
export const MODULE_MIN_MM = 0.396;
/** Capitals of 0.9 mm (Decree 37/2026 art. 37.3) over the font's capital height of 0.74 em, rounded up. */
export const TEXT_MIN_MM = 1.22;
/** Light modules that every side of a symbol keeps (ISO/IEC 18004 §9.1). */
export const QUIET_MODULES = 4;
