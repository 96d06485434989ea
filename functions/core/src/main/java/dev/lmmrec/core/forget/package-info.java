/**
 * Taking a user or a review out of everything that is kept: its rows, what profiles say by it, and what may still be on
 * its way. Knows tables, no function and no artefact.
 */
package dev.lmmrec.core.forget;
