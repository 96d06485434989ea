/** Reviews with the motives that a labeller found in them, as files hold them. */
package dev.lmmrec.reading.label;
