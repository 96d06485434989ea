/** Which items got their first profile lately: what a running artefact may not know yet. Ids alone, no texts. */
package dev.lmmrec.core.arrival;
