/**
 * Why an item suits a user: how much each of a user's motives counts, and which statements of an item answer them. Pure
 * functions of profiles, so that what is measured after training is what is served.
 */
package dev.lmmrec.core.reason;
