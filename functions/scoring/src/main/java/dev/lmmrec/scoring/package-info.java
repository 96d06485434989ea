/**
 * Function 3 of 3: a request comes in over HTTP, ranked items with their reasons go out. This package holds the wiring.
 */
package dev.lmmrec.scoring;
