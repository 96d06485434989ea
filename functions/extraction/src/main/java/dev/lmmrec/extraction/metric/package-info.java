/**
 * Figures for CloudWatch: lines of the embedded metric format, and what a batch of reviews tells of extraction as a
 * whole. Knows nothing of who extracts or what it costs.
 */
package dev.lmmrec.extraction.metric;
