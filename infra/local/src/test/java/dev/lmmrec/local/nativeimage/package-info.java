/**
 * What native executables of the functions must be told at build time, worked out from the built zips, against what the
 * zips' metadata says.
 */
package dev.lmmrec.local.nativeimage;
