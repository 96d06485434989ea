/**
 * A profile, the third noun: what is known of one user or one item, merged over reviews; the merge, which is a pure
 * function of the reviews' rows; and the table that keeps profiles.
 */
package dev.lmmrec.core.profile;
