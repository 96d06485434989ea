/**
 * Measures as lines of the embedded metric format, of which CloudWatch makes metrics. What is measured is said
 * elsewhere.
 */
package dev.lmmrec.core.metric;
