/** A small function and its zip, for tests that run the real runtime. */
package dev.lmmrec.local.probe;
