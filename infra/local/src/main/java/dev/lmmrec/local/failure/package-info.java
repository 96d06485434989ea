/**
 * How the local deployment says what it cannot do and what to do about it. Every other package may know this one; it
 * knows none of them.
 */
package dev.lmmrec.local.failure;
