/**
 * What tells who or where somebody is, found in a review and blotted out before anything else reads or keeps it. Knows
 * nothing of motivations.
 */
package dev.lmmrec.extraction.privacy;
